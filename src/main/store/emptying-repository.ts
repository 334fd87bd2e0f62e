import type { DossierStore } from '../flows/store-port.ts'
import { changedOne, StoreConflict } from './store-conflict.ts'
import type { StoreContext } from './store-context.ts'

/** What an officer finds behind the door of a drop compartment. */
export function emptyingRepository(
  context: StoreContext,
): Pick<DossierStore, 'recordBagCollected' | 'recordBagMissing' | 'recordSurplus'> {
  const { db, transact, audit, enqueue } = context
  const end = db.prepare<
    [string, string | null, string, string],
    { bagCode: string; compartment: number }
  >(
    `UPDATE dossier SET state = ?, reason = coalesce(?, reason), ended_at = ?
     WHERE intake_id = ? AND state IN ('deposited', 'slipped', 'unknown')
     RETURNING bag_code AS bagCode, compartment`,
  )
  const empty = db.prepare<[string]>(
    `UPDATE compartment
     SET state = 'empty', intake_id = NULL, reason = NULL, state_before_emptying = NULL
     WHERE intake_id = ? AND state IN ('emptying', 'suspect', 'unknown')`,
  )
  return {
    recordBagCollected(intakeId, staffId, at, how = { unreadable: false }) {
      transact('commit:recordBagCollected', () => {
        const row = end.get('collected', null, at, intakeId)
        if (row === undefined) throw new StoreConflict('no bag of that number lies in the machine')
        const { bagCode, compartment } = row
        changedOne(empty.run(intakeId), 'empty compartment')
        enqueue({
          kind: 'compartmentEmptied',
          lane: intakeId,
          body: { intakeId, bagCode, compartment, emptiedAt: at, staffId },
        })
        audit('dossier.collected', { intakeId, compartment, staffId, ...how })
      })
    },
    recordSurplus({ bagCode, compartment, staffId, at }) {
      transact('commit:recordSurplus', () => {
        const body = { bagCode, compartment, at, staffId }
        enqueue({ kind: 'bagSurplus', lane: 'kiosk', body })
        audit('bag.surplus', { bagCode, compartment, staffId })
      })
    },
    recordBagMissing(intakeId, staffId, at) {
      transact('commit:recordBagMissing', () => {
        const row = end.get('disputed', 'BAG_MISSING', at, intakeId)
        if (row === undefined) throw new StoreConflict('no bag of that number lies in the machine')
        const { compartment } = row
        changedOne(empty.run(intakeId), 'empty compartment')
        enqueue({
          kind: 'bagMissing',
          lane: intakeId,
          body: { intakeId, compartment, at, staffId },
        })
        audit('dossier.bagMissing', { intakeId, compartment, staffId })
      })
    },
  }
}
