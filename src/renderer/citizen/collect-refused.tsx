import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { HelpCard } from '../ui/help-card.tsx'
import { Page } from '../ui/page.tsx'
import { StatePicture } from '../ui/state-picture.tsx'
import { WithVietnamese } from '../ui/vietnamese.tsx'

export function CollectRefused({ screen }: ScreenProps<'collectRefused'>) {
  const { snapshot, text, send } = useKiosk()
  const { refusal } = screen
  return (
    <Page
      tone="alert"
      title={text(`collectRefused.${refusal}.title`)}
      lead={
        <WithVietnamese
          name={snapshot.kiosk.unitName}
          sentence={text(`collectRefused.${refusal}.lead`, { unit: snapshot.kiosk.unitName })}
        />
      }
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
      <StatePicture scene="shut" />
      <div data-testid={`refusal-${refusal}`}>
        <HelpCard />
      </div>
    </Page>
  )
}
