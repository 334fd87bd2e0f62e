import type { ReasonCode } from '../../contract/faults.ts'
import { type Supply, type SupplyView, supplies } from '../../contract/supplies.ts'
import { lowReason, supplyState } from '../domain/supply-state.ts'
import type { StoreContext } from './store-context.ts'

/** Pieces of bags, millimetres of paper. */
export type SupplyLimits = Readonly<
  Record<Supply, { readonly capacity: number; readonly lowAt: number }>
>

export interface SupplyRepository {
  supplies(): readonly SupplyView[]
  /** An officer filled it up: it holds its capacity again. */
  fillSupply(supply: Supply, staffId: string): void
  /** Paper that went through the printer, in millimetres. */
  usePaper(usedMm: number): void
  /** Within the transaction of a journey: one bag left the stock. */
  takeBag(): void
}

export function supplyRepository(context: StoreContext, limits: SupplyLimits): SupplyRepository {
  const { db, transact, clock, audit, enqueue } = context
  const leftOf = db
    .prepare<[string], number>('SELECT left_units FROM supply WHERE supply = ?')
    .pluck()
  const fill = db.prepare<[Supply, number, string, string]>(
    `INSERT INTO supply (supply, left_units, filled_at, staff_id) VALUES (?, ?, ?, ?)
     ON CONFLICT (supply) DO UPDATE SET left_units = excluded.left_units,
       filled_at = excluded.filled_at, staff_id = excluded.staff_id`,
  )
  const take = db.prepare<[number, string]>(
    'UPDATE supply SET left_units = max(0, left_units - ?) WHERE supply = ?',
  )
  const view = (supply: Supply): SupplyView => ({
    supply,
    left: leftOf.get(supply) ?? null,
    ...limits[supply],
  })

  /** The province is told when a limit is crossed, in the transaction that crosses it, so that somebody comes. */
  function use(supply: Supply, units: number): void {
    const before = supplyState(view(supply))
    take.run(units, supply)
    const after = supplyState(view(supply))
    if (after === before || after === 'good' || after === 'uncounted') return
    tell(supply, lowReason(supply, after), 'needsAttendant')
  }

  function tell(supply: Supply, reason: ReasonCode, state: 'needsAttendant' | 'online'): void {
    const at = clock.now().toISOString()
    enqueue({ kind: 'fault', lane: 'kiosk', body: { device: supply, reason, state, at } })
  }

  return {
    supplies: () => supplies.map(view),
    fillSupply(supply, staffId) {
      transact('commit:fillSupply', () => {
        const before = supplyState(view(supply))
        const { capacity } = limits[supply]
        fill.run(supply, capacity, clock.now().toISOString(), staffId)
        if (before === 'low' || before === 'empty')
          tell(supply, lowReason(supply, before), 'online')
        audit('supply.filled', { supply, staffId, left: capacity })
      })
    },
    usePaper(usedMm) {
      transact('commit:usePaper', () => use('paper', Math.ceil(usedMm)))
    },
    takeBag: () => use('bags', 1),
  }
}
