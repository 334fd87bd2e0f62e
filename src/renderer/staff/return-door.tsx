import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { DoorPage } from '../ui/door-page.tsx'

/** A result that nobody may collect here any more. */
export function ReturnDoor({ screen }: ScreenProps<'returnDoor'>) {
  const { text, send } = useKiosk()
  return (
    <DoorPage
      journey="return"
      door={screen.door}
      code={screen.dossierCode}
      actions={
        <>
          {screen.inRound && (
            <Button
              testId="stop-round"
              onPress={() => send({ path: 'officer.stopRound', input: {} })}
            >
              {text('staff.emptyDoor.stop')}
            </Button>
          )}
          {!screen.gone && (
            <Button
              testId="nothing-inside"
              onPress={() => send({ path: 'officer.nothingInside', input: {} })}
            >
              {text('staff.returnDoor.gone')}
            </Button>
          )}
        </>
      }
    >
      <p className="note">
        {text(screen.gone ? 'staff.returnDoor.goneNoted' : 'staff.returnDoor.counter')}
      </p>
    </DoorPage>
  )
}
