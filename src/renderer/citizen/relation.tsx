import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'

export function Relation({ screen }: ScreenProps<'relation'>) {
  const { text, send } = useKiosk()
  return (
    <Page title={text('relation.title')}>
      <div className="choices">
        {screen.choices.map((relation) => (
          <Button
            key={relation}
            testId={`relation-${relation}`}
            onPress={() => send({ path: 'intake.chooseRelation', input: { relation } })}
          >
            {text(`relation.${relation}`)}
          </Button>
        ))}
      </div>
    </Page>
  )
}
