import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Page } from '../ui/page.tsx'
import { ReaderPicture } from '../ui/reader-picture.tsx'
import { Steps } from '../ui/steps.tsx'

export function BagScreen({ screen }: ScreenProps<'bag'>) {
  const { text } = useKiosk()
  const steps = [text(`bag.take.${screen.size}`), text('bag.fill'), text('bag.hold')]
  return (
    <Page title={text('bag.title')} problem={screen.problem}>
      <Steps steps={steps} />
      <ReaderPicture held="bag" />
    </Page>
  )
}
