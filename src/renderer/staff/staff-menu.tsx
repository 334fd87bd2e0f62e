import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { SupplyRow } from './supply-row.tsx'

export function StaffMenu({ screen }: ScreenProps<'staffMenu'>) {
  const { text, send } = useKiosk()
  return (
    <Page
      className="staff"
      title={text('staff.menu.title', { name: screen.displayName })}
      problem={screen.problem}
    >
      <div className="choices">
        <Button
          testId="start-emptying"
          onPress={() => send({ path: 'officer.startEmptying', input: {} })}
        >
          <strong>{text('staff.menu.empty')}</strong>
          <span>{text('staff.menu.emptyCount', { count: screen.bagsToEmpty })}</span>
        </Button>
        <Button
          testId="start-stocking"
          onPress={() => send({ path: 'officer.startStocking', input: {} })}
        >
          <strong>{text('staff.menu.stock')}</strong>
          <span>{text('staff.menu.stockCount', { count: screen.resultsToStock })}</span>
        </Button>
        <Button
          testId="start-off-list"
          onPress={() => send({ path: 'officer.startOffList', input: {} })}
        >
          <strong>{text('staff.menu.offList')}</strong>
          <span>{text('staff.menu.offListLead')}</span>
        </Button>
      </div>
      <section className="supplies">
        <h2>{text('staff.supply.title')}</h2>
        {screen.supplies.map((supply) => (
          <SupplyRow key={supply.supply} {...supply} />
        ))}
      </section>
    </Page>
  )
}
