import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'

export function CollectRefused({ screen }: ScreenProps<'collectRefused'>) {
  const { text, send } = useKiosk()
  return (
    <Page
      tone="alert"
      title={text('collectRefused.title')}
      actions={
        <Button
          kind="primary"
          testId="finish"
          onPress={() => send({ path: 'collection.finish', input: {} })}
        >
          {text('collectRefused.finish')}
        </Button>
      }
    >
      <p className="note strong" data-testid={`refusal-${screen.refusal}`}>
        {text(`collectRefused.${screen.refusal}`)}
      </p>
    </Page>
  )
}
