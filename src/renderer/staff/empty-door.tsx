import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { DoorPage } from '../ui/door-page.tsx'

export function EmptyDoor({ screen }: ScreenProps<'emptyDoor'>) {
  const { text, send } = useKiosk()
  const { bagCode, bagSettled } = screen
  return (
    <DoorPage
      journey="empty"
      door={screen.door}
      code={bagCode}
      problem={screen.problem}
      actions={
        bagSettled ? undefined : (
          <Button
            testId="bag-missing"
            onPress={() => send({ path: 'officer.bagMissing', input: {} })}
          >
            {text('staff.emptyDoor.missing')}
          </Button>
        )
      }
    >
      <p className="note" data-testid={bagSettled ? 'bag-settled' : 'bag-open'}>
        {text(bagSettled ? 'staff.emptyDoor.settled' : 'staff.emptyDoor.scan', { code: bagCode })}
      </p>
    </DoorPage>
  )
}
