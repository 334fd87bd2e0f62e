import { useKiosk } from '../api/kiosk-context.ts'
import { Page } from '../ui/page.tsx'
import { ReaderPicture } from '../ui/reader-picture.tsx'

export function TestCode() {
  const { text } = useKiosk()
  return (
    <Page title={text('testCode.title')} lead={text('testCode.lead')}>
      <ReaderPicture held="code" />
    </Page>
  )
}
