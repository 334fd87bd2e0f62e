import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { SlipCard } from '../ui/slip-card.tsx'

export function SlipFailed({ screen }: ScreenProps<'slipFailed'>) {
  const { text, send } = useKiosk()
  const finish = (
    <Button
      kind={screen.canPrintAgain ? 'secondary' : 'primary'}
      testId="finish"
      onPress={() => send({ path: 'intake.finish', input: {} })}
    >
      {text('slipFailed.finish')}
    </Button>
  )
  return (
    <Page
      tone="alert"
      title={text('slipFailed.title')}
      lead={text('slipFailed.lead')}
      actions={
        <>
          {finish}
          {screen.canPrintAgain && (
            <Button
              kind="primary"
              testId="print-again"
              onPress={() => send({ path: 'intake.printAgain', input: {} })}
            >
              {text('slipFailed.again')}
            </Button>
          )}
        </>
      }
    >
      <SlipCard slip={screen.slip} />
      {screen.smsQueued && <p className="note">{text('slipFailed.sms')}</p>}
    </Page>
  )
}
