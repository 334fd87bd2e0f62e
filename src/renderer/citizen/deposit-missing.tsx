import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { DoorPlate } from '../ui/door-plate.tsx'
import { Page } from '../ui/page.tsx'
import { Wall } from '../ui/wall.tsx'

export function DepositMissing({ screen }: ScreenProps<'depositMissing'>) {
  const { text, send } = useKiosk()
  const answer = (inside: boolean) => send({ path: 'intake.answerMissing', input: { inside } })
  return (
    <Page
      className="door"
      tone="alert"
      mark={<DoorPlate compartment={screen.compartment} />}
      title={text('depositMissing.title', { number: screen.compartment })}
      lead={text('depositMissing.lead')}
      actions={
        <>
          <Button className="answer" testId="missing-outside" onPress={() => answer(false)}>
            {text('depositMissing.no')}
          </Button>
          <Button className="answer" testId="missing-inside" onPress={() => answer(true)}>
            {text('depositMissing.yes')}
          </Button>
        </>
      }
    >
      <Wall compartment={screen.compartment} alert />
    </Page>
  )
}
