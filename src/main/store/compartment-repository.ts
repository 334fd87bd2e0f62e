import type { CompartmentRow, CompartmentStore } from '../flows/store-port.ts'
import { changedOne, StoreConflict } from './store-conflict.ts'
import type { StoreContext } from './store-context.ts'

const columns = 'number, state, intake_id AS intakeId, result_id AS resultId, reason'

export function compartmentRepository(context: StoreContext): CompartmentStore {
  const { db, transact, audit } = context
  const all = db.prepare<[], CompartmentRow>(
    `SELECT ${columns} FROM compartment WHERE configured = 1 ORDER BY number`,
  )
  const one = db.prepare<[number], CompartmentRow>(
    `SELECT ${columns} FROM compartment WHERE number = ?`,
  )
  // `unknown` is the stronger word: only an officer takes it away.
  const mark = db.prepare<[string, string, number, string]>(
    `UPDATE compartment SET state = ?, reason = ?, state_before_emptying = NULL
     WHERE number = ? AND (state <> 'unknown' OR ? = 'unknown')`,
  )
  const unlock = db.prepare<[number]>(
    `UPDATE compartment SET state_before_emptying = state, state = 'emptying'
     WHERE number = ? AND kind = 'drop' AND state IN ('occupied', 'unknown', 'suspect')`,
  )
  const unlockReturn = db.prepare<[number]>(
    `UPDATE compartment SET state_before_emptying = state, state = 'emptying'
     WHERE number = ? AND kind = 'result' AND result_id IS NOT NULL
       AND state IN ('stocked', 'expired', 'unknown', 'suspect')`,
  )
  const unlockLook = db.prepare<[number]>(
    `UPDATE compartment SET state_before_emptying = state, state = 'emptying', reason = NULL
     WHERE number = ? AND intake_id IS NULL AND result_id IS NULL
       AND state IN ('empty', 'suspect', 'unknown')`,
  )
  const unlockWitnessed = db.prepare<[number]>(
    `UPDATE compartment SET state_before_emptying = state, state = 'emptying'
     WHERE number = ? AND state IN ('empty', 'occupied', 'stocked', 'expired', 'suspect', 'unknown')`,
  )
  const cancel = db.prepare<[number]>(
    `UPDATE compartment SET state = coalesce(state_before_emptying, 'occupied'),
       state_before_emptying = NULL
     WHERE number = ? AND state = 'emptying'`,
  )
  const release = db.prepare<[number]>(
    `UPDATE compartment SET state = 'empty', reason = NULL, state_before_emptying = NULL
     WHERE number = ? AND state IN ('suspect', 'unknown', 'emptying')
       AND intake_id IS NULL AND result_id IS NULL`,
  )
  const read = (number: number): CompartmentRow => {
    const row = one.get(number)
    if (row === undefined) throw new StoreConflict(`compartment ${number} does not exist`)
    return row
  }
  return {
    compartments: () => all.all(),
    compartment: read,
    markCompartment(number, state, reason) {
      const before = read(number)
      if (before.state === 'unknown' && state === 'suspect') return
      if (before.state === state && before.reason === reason) return
      transact('commit:markCompartment', () => {
        changedOne(mark.run(state, reason, number, state), 'mark compartment')
        audit('compartment.marked', { compartment: number, from: before.state, to: state, reason })
      })
    },
    releaseCompartment(number, staffId) {
      transact('commit:releaseCompartment', () => {
        changedOne(release.run(number), 'release compartment')
        audit('compartment.released', { compartment: number, staffId })
      })
    },
    recordEmptyingUnlock(number, staffId) {
      transact('commit:recordEmptyingUnlock', () => {
        changedOne(unlock.run(number), 'unlock for emptying')
        audit('compartment.emptyingUnlock', { compartment: number, staffId })
      })
    },
    recordLookUnlock(number, staffId) {
      transact('commit:recordLookUnlock', () => {
        changedOne(unlockLook.run(number), 'unlock for a look')
        audit('compartment.lookUnlock', { compartment: number, staffId })
      })
    },
    recordWitnessedUnlock(number, { staffId, secondStaffId }, reason) {
      transact('commit:recordWitnessedUnlock', () => {
        changedOne(unlockWitnessed.run(number), 'unlock before two persons')
        const by = { staffId, secondStaffId, ...(reason !== undefined && { reason }) }
        audit('compartment.witnessedUnlock', { compartment: number, ...by })
      })
    },
    recordReturnUnlock(number, staffId) {
      transact('commit:recordReturnUnlock', () => {
        changedOne(unlockReturn.run(number), 'unlock for a return')
        audit('result.returnUnlock', { compartment: number, staffId })
      })
    },
    cancelEmptying(number) {
      // Marked meanwhile, because the door stood open for too long: that word stands.
      const { state } = read(number)
      if (state === 'suspect' || state === 'unknown') return
      transact('commit:cancelEmptying', () => {
        changedOne(cancel.run(number), 'cancel emptying')
        audit('compartment.emptyingCancelled', { compartment: number })
      })
    },
  }
}
