import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { DoorPlate } from '../ui/door-plate.tsx'
import { Page } from '../ui/page.tsx'
import { Wall } from '../ui/wall.tsx'

export function CollectIncident({ screen }: ScreenProps<'collectIncident'>) {
  const { snapshot, text, send } = useKiosk()
  const { helpPhone } = snapshot.kiosk
  return (
    <Page
      className="door"
      tone="alert"
      mark={<DoorPlate compartment={screen.compartment} />}
      title={text('collectIncident.title', { number: screen.compartment })}
      lead={text('collectIncident.lead', { phone: helpPhone })}
      actions={
        <Button
          kind="primary"
          testId="finish"
          onPress={() => send({ path: 'collection.finish', input: {} })}
        >
          {text('collectIncident.finish')}
        </Button>
      }
    >
      <Wall compartment={screen.compartment} alert />
    </Page>
  )
}
