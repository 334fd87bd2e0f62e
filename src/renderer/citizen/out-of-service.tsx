import { useKiosk } from '../api/kiosk-context.ts'
import { HelpCard } from '../ui/help-card.tsx'
import { Page } from '../ui/page.tsx'
import { StatePicture } from '../ui/state-picture.tsx'
import { reasonsText } from './reasons-text.ts'

export function OutOfService() {
  const { snapshot, text } = useKiosk()
  const reasons = [...new Set(snapshot.services.flatMap((service) => service.reasons))]
  return (
    <Page tone="alert" title={text('outOfService.title')} lead={text('outOfService.lead')}>
      {reasons.length > 0 && <p className="note">{reasonsText(text, reasons)}</p>}
      <StatePicture scene="paused" />
      <HelpCard />
    </Page>
  )
}
