import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { HelpCard } from '../ui/help-card.tsx'
import { Page } from '../ui/page.tsx'
import { StatePicture } from '../ui/state-picture.tsx'

export function IntakeAbandoned({ screen }: ScreenProps<'intakeAbandoned'>) {
  const { text, send } = useKiosk()
  return (
    <Page
      tone="alert"
      title={text(`intakeAbandoned.${screen.reason}.title`)}
      lead={text(`intakeAbandoned.${screen.reason}.lead`)}
      actions={
        <Button
          kind="primary"
          testId="finish"
          onPress={() => send({ path: 'intake.finish', input: {} })}
        >
          {text('intakeAbandoned.finish')}
        </Button>
      }
    >
      <StatePicture scene="bagWithYou" />
      <p className="note strong">{text('intakeAbandoned.next')}</p>
      <HelpCard />
    </Page>
  )
}
