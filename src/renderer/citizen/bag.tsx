import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Page } from '../ui/page.tsx'
import { ReaderPicture } from '../ui/reader-picture.tsx'

export function BagScreen({ screen }: ScreenProps<'bag'>) {
  const { text } = useKiosk()
  return (
    <Page title={text('bag.title')} lead={text(`bag.lead.${screen.size}`)} problem={screen.problem}>
      <ReaderPicture held="bag" />
    </Page>
  )
}
