import { useEffect } from 'react'
import { useKiosk } from '../api/kiosk-context.ts'
import { momentText } from '../i18n/moment-text.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { SlipCard } from '../ui/slip-card.tsx'
import { playSignal } from '../ui/sound.ts'
import { WithVietnamese } from '../ui/vietnamese.tsx'

/** Says that all is done; nothing has to be pressed. */
export function IntakeDone({ screen }: ScreenProps<'intakeDone'>) {
  const { snapshot, text, send } = useKiosk()
  useEffect(() => playSignal('done'), [])
  return (
    <Page
      tone="good"
      className="intake-done"
      title={text('intakeDone.title')}
      lead={text('intakeDone.lead', {
        when: momentText(text, snapshot.kiosk.officerLooksBy),
      })}
      actions={
        <>
          {screen.canAddBag && (
            <Button
              testId="another-bag"
              onPress={() => send({ path: 'intake.anotherBag', input: {} })}
            >
              {text('intakeDone.another')}
            </Button>
          )}
          <Button
            kind="primary"
            testId="finish"
            onPress={() => send({ path: 'intake.finish', input: {} })}
          >
            {text('intakeDone.finish')}
          </Button>
        </>
      }
    >
      <div className="slips">
        {screen.slips.map((slip) => (
          <SlipCard key={slip.intakeId} slip={slip} />
        ))}
      </div>
      {screen.originalLeft && (
        <p className="problem" role="alert" data-testid="original-left">
          {text('intakeDone.originalLeft')}
        </p>
      )}
      <p className="note">
        <WithVietnamese sentence={text('intakeDone.notReceipt')} />
      </p>
    </Page>
  )
}
