import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Page } from '../ui/page.tsx'
import { SlipCard } from '../ui/slip-card.tsx'

export function SlipPrinting({ screen }: ScreenProps<'slipPrinting'>) {
  const { text } = useKiosk()
  return (
    <Page title={text('slip.printing')} lead={text('slip.printingLead')}>
      <SlipCard slip={screen.slip} />
    </Page>
  )
}
