import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'

export function OffListReason({ screen }: ScreenProps<'offListReason'>) {
  const { text, send } = useKiosk()
  const { compartment, reasons } = screen
  return (
    <Page
      className="staff"
      title={text('offList.reasonTitle', { compartment })}
      lead={text('offList.reasonLead')}
    >
      <div className="choices">
        {reasons.map((reason) => (
          <Button
            key={reason}
            testId={`reason-${reason}`}
            onPress={() => send({ path: 'officer.giveReason', input: { reason } })}
          >
            {text(`offList.reason.${reason}`)}
          </Button>
        ))}
      </div>
    </Page>
  )
}
