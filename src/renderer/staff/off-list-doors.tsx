import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'

/** All compartments as they hang on the wall, with what lies behind each on record. */
export function OffListDoors({ screen }: ScreenProps<'offListDoors'>) {
  const { snapshot, text, send } = useKiosk()
  const placeOf = new Map(snapshot.wall.map((cell) => [cell.compartment, cell]))
  const firstColumn = Math.min(...snapshot.wall.map((cell) => cell.column))
  const firstRow = Math.min(...snapshot.wall.map((cell) => cell.row))
  return (
    <Page
      className="staff"
      title={text('offList.title')}
      lead={text('offList.lead')}
      problem={screen.problem}
    >
      <div className="door-map">
        {screen.compartments.map(({ compartment, holds, code, isDoubtful, mayOpen }) => {
          const cell = placeOf.get(compartment)
          const style = cell && {
            gridColumn: cell.column - firstColumn + 1,
            gridRow: cell.row - firstRow + 1,
          }
          return (
            <div key={compartment} style={style}>
              <Button
                testId={`off-list-${compartment}`}
                className={holds}
                disabled={!mayOpen}
                onPress={() => send({ path: 'officer.chooseCompartment', input: { compartment } })}
              >
                <strong>{compartment}</strong>
                <span>{text(isDoubtful ? 'offList.doubtful' : `offList.holds.${holds}`)}</span>
                {code !== null && <code>{code}</code>}
              </Button>
            </div>
          )
        })}
      </div>
    </Page>
  )
}
