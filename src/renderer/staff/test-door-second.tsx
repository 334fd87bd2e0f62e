import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Page } from '../ui/page.tsx'
import { ReaderPicture } from '../ui/reader-picture.tsx'

export function TestDoorSecond({ screen }: ScreenProps<'testDoorSecond'>) {
  const { text } = useKiosk()
  const { compartment, problem } = screen
  return (
    <Page
      title={text('testDoorSecond.title')}
      lead={text('testDoorSecond.lead', { compartment })}
      problem={problem}
    >
      <ReaderPicture held="card" />
    </Page>
  )
}
