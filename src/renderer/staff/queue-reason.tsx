import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'

export function QueueReason({ screen }: ScreenProps<'queueReason'>) {
  const { text, send } = useKiosk()
  return (
    <Page
      className="staff"
      title={text(`queueReason.title.${screen.action}`, { sequence: screen.sequence })}
      lead={text('queueReason.lead')}
    >
      <div className="choices">
        {screen.reasons.map((reason) => (
          <Button
            key={reason}
            testId={`reason-${reason}`}
            onPress={() => send({ path: 'operator.giveReason', input: { reason } })}
          >
            {text(`queueReason.${reason}`)}
          </Button>
        ))}
      </div>
    </Page>
  )
}
