import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { DoorPage } from '../ui/door-page.tsx'

/** Somebody looks: into what should be empty, or before two persons into what holds something. */
export function LookDoor({ screen }: ScreenProps<'lookDoor'>) {
  const { snapshot, text, send } = useKiosk()
  if (screen.held) return <DoorPage journey="inspect" door={screen.door} />
  if (snapshot.role !== 'officer') return <DoorPage journey="look" door={screen.door} />
  return (
    <DoorPage
      journey="look"
      door={screen.door}
      actions={
        <div className="button-pair">
          <Button
            testId="bag-surplus"
            onPress={() => send({ path: 'officer.recordSurplus', input: {} })}
          >
            {text('staff.emptyDoor.surplus')}
          </Button>
          {screen.inRound && (
            <Button
              testId="stop-round"
              onPress={() => send({ path: 'officer.stopRound', input: {} })}
            >
              {text('staff.emptyDoor.stop')}
            </Button>
          )}
        </div>
      }
    />
  )
}
