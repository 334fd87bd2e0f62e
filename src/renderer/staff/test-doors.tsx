import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'

export function TestDoors({ screen }: ScreenProps<'testDoors'>) {
  const { text, send } = useKiosk()
  return (
    <Page
      className="staff"
      title={text('testDoors.title')}
      lead={text('testDoors.lead')}
      problem={screen.problem}
    >
      {screen.compartments.length === 0 && <p className="note">{text('testDoors.nothing')}</p>}
      <div className="door-choices">
        {screen.compartments.map((compartment) => (
          <Button
            key={compartment}
            testId={`open-${compartment}`}
            onPress={() => send({ path: 'technician.openEmpty', input: { compartment } })}
          >
            {compartment}
          </Button>
        ))}
      </div>
    </Page>
  )
}
