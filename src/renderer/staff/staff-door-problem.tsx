import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { DoorPlate } from '../ui/door-plate.tsx'
import { Page } from '../ui/page.tsx'
import { Wall } from '../ui/wall.tsx'

export function StaffDoorProblem({ screen }: ScreenProps<'staffDoorProblem'>) {
  const { text, send } = useKiosk()
  return (
    <Page
      className="staff door"
      tone="alert"
      mark={<DoorPlate compartment={screen.compartment} />}
      title={text(`staff.problem.${screen.reason}.title`, { number: screen.compartment })}
      lead={text(`staff.problem.${screen.reason}.lead`)}
      actions={
        <Button
          kind="primary"
          testId="continue"
          onPress={() => send({ path: 'officer.continueAfterProblem', input: {} })}
        >
          {text('staff.problem.continue')}
        </Button>
      }
    >
      <Wall compartment={screen.compartment} alert />
    </Page>
  )
}
