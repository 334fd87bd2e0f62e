import type { SupplyView } from '../../contract/supplies.ts'
import { useKiosk } from '../api/kiosk-context.ts'
import { Button } from '../ui/button.tsx'

/** How much is left of one supply, and the one touch that says that it has been filled up. */
export function SupplyRow({ supply, left, capacity, lowAt }: SupplyView) {
  const { text, send } = useKiosk()
  const level = left === null ? 'uncounted' : left === 0 ? 'empty' : left <= lowAt ? 'low' : 'good'
  // Paper is counted in millimetres and read in metres.
  const shown = (units: number) => (supply === 'paper' ? Math.floor(units / 1_000) : units)
  const amount =
    left === null
      ? text('staff.supply.uncounted')
      : text(`staff.supply.${supply}Left`, { left: shown(left), capacity: shown(capacity) })
  return (
    <div className="supply" data-level={level} data-testid={`supply-${supply}`}>
      <div className="supply-words">
        <strong>{text(`staff.supply.${supply}`)}</strong>
        <span>
          {amount}
          {level === 'low' || level === 'empty' ? (
            <em className="supply-alarm">{text(`staff.supply.${level}`)}</em>
          ) : null}
        </span>
        <meter min={0} max={capacity} low={lowAt + 1} value={left ?? 0} aria-hidden />
      </div>
      <Button
        testId={`fill-${supply}`}
        onPress={() => send({ path: 'officer.fillSupply', input: { supply } })}
      >
        {text('staff.supply.fill')}
      </Button>
    </div>
  )
}
