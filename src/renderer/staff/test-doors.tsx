import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'

export function TestDoors({ screen }: ScreenProps<'testDoors'>) {
  const { text } = useKiosk()
  return (
    <Page className="staff" title={text('testDoors.title')} problem={screen.problem}>
      <h2>{text('testDoors.empty')}</h2>
      <Choices compartments={screen.empty} />
      <h2>{text('testDoors.held')}</h2>
      <p>{text('testDoors.heldLead')}</p>
      <Choices compartments={screen.held} />
    </Page>
  )
}

function Choices({ compartments }: { readonly compartments: readonly number[] }) {
  const { text, send } = useKiosk()
  if (compartments.length === 0) return <p className="note">{text('testDoors.nothing')}</p>
  return (
    <div className="door-choices">
      {compartments.map((compartment) => (
        <Button
          key={compartment}
          testId={`open-${compartment}`}
          onPress={() => send({ path: 'technician.openCompartment', input: { compartment } })}
        >
          {compartment}
        </Button>
      ))}
    </div>
  )
}
