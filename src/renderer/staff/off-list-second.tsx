import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Page } from '../ui/page.tsx'
import { ReaderPicture } from '../ui/reader-picture.tsx'

export function OffListSecond({ screen }: ScreenProps<'offListSecond'>) {
  const { text } = useKiosk()
  const { compartment, problem } = screen
  const reason = text(`offList.reason.${screen.reason}`)
  return (
    <Page
      title={text('offList.second')}
      lead={text('offList.secondLead', { compartment, reason })}
      problem={problem}
    >
      <ReaderPicture held="card" />
    </Page>
  )
}
