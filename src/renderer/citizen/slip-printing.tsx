import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Page } from '../ui/page.tsx'
import { SlipCard } from '../ui/slip-card.tsx'
import { StatePicture } from '../ui/state-picture.tsx'

export function SlipPrinting({ screen }: ScreenProps<'slipPrinting'>) {
  const { text } = useKiosk()
  return (
    <Page title={text('slip.printing')} lead={text('slip.printingLead')}>
      <StatePicture scene="slipComing" />
      <SlipCard slip={screen.slip} />
    </Page>
  )
}
