import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Page } from '../ui/page.tsx'
import { ReaderPicture } from '../ui/reader-picture.tsx'

export function QueueSecond({ screen }: ScreenProps<'queueSecond'>) {
  const { text } = useKiosk()
  const values = { sequence: screen.sequence, code: screen.officialCode }
  return (
    <Page
      title={text('queueSecond.title')}
      lead={text('queueSecond.lead', values)}
      problem={screen.problem}
    >
      <ReaderPicture held="card" />
    </Page>
  )
}
