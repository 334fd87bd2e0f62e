import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { DoorPlate } from '../ui/door-plate.tsx'
import { Page } from '../ui/page.tsx'
import { Wall } from '../ui/wall.tsx'

export function CollectNotTaken({ screen }: ScreenProps<'collectNotTaken'>) {
  const { text, send } = useKiosk()
  const values = { number: screen.compartment }
  return (
    <Page
      className="door"
      tone="alert"
      mark={<DoorPlate compartment={screen.compartment} />}
      title={text(`collectNotTaken.${screen.reason}.title`, values)}
      lead={text(`collectNotTaken.${screen.reason}.lead`, values)}
      actions={
        <>
          <Button testId="finish" onPress={() => send({ path: 'collection.finish', input: {} })}>
            {text('collectNotTaken.finish')}
          </Button>
          {screen.canOpenAgain && (
            <Button
              kind="primary"
              testId="open-again"
              onPress={() => send({ path: 'collection.openAgain', input: {} })}
            >
              {text('collectNotTaken.again')}
            </Button>
          )}
        </>
      }
    >
      <Wall compartment={screen.compartment} alert />
    </Page>
  )
}
