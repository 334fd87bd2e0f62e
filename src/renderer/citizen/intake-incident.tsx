import { useKiosk } from '../api/kiosk-context.ts'
import { momentText } from '../i18n/moment-text.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Facts } from '../ui/facts.tsx'
import { HelpCard } from '../ui/help-card.tsx'
import { Page } from '../ui/page.tsx'

/** Nobody saw what happened. What is given out here is never called a slip. */
export function IntakeIncident({ screen }: ScreenProps<'intakeIncident'>) {
  const { snapshot, text, send } = useKiosk()
  return (
    <Page
      tone="alert"
      title={text('intakeIncident.title', { number: screen.compartment })}
      lead={text('intakeIncident.lead')}
      actions={
        <Button
          kind="primary"
          testId="finish"
          onPress={() => send({ path: 'intake.finish', input: {} })}
        >
          {text('intakeIncident.finish')}
        </Button>
      }
    >
      <Facts
        large
        facts={[
          [
            text('intakeIncident.code'),
            <b key="id" data-testid="intake-id">
              {screen.intakeId}
            </b>,
          ],
        ]}
      />
      <p className="note" data-testid={`note-${screen.notePrinted}`}>
        {text(`intakeIncident.${screen.notePrinted}`)}
      </p>
      <p className="note">
        {text('intakeIncident.when', { when: momentText(text, snapshot.kiosk.officerLooksBy) })}
      </p>
      <HelpCard />
    </Page>
  )
}
