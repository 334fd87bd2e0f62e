import type { Epoch } from '../../sync/ports.ts'
import { changedOne } from '../store-conflict.ts'
import type { StoreContext } from '../store-context.ts'
import { restoredReason } from './restoration.ts'

export interface RestorationRepository {
  /** Every epoch of this database, the oldest first. */
  epochs(): readonly Epoch[]
  /** Compartments of which nobody knows since a restore. */
  unsettled(): readonly { readonly number: number; readonly kind: 'drop' | 'result' }[]
  /** Its door was seen shut and its sensor sees nothing, and on record nothing is inside: it serves again. */
  agreeEmpty(compartment: number): boolean
  /** The exact message of a deposit, and its pages, for the journal. */
  depositMessage(
    intakeId: string,
  ): { readonly message: string; readonly pages: readonly string[] } | undefined
}

export function restorationRepository(context: StoreContext): RestorationRepository {
  const { db, transact, audit } = context
  const epochs = db.prepare<[], Epoch>(
    'SELECT epoch, instance, started_at AS startedAt FROM epoch ORDER BY epoch',
  )
  const unsettled = db.prepare<[string], { number: number; kind: 'drop' | 'result' }>(
    `SELECT number, kind FROM compartment
     WHERE configured = 1 AND state IN ('unknown', 'emptying') AND reason = ? ORDER BY number`,
  )
  const isEmpty = db.prepare<[number, string]>(
    `SELECT 1 FROM compartment WHERE number = ? AND state = 'unknown' AND reason = ?
       AND intake_id IS NULL AND result_id IS NULL`,
  )
  const free = db.prepare<[number]>(
    `UPDATE compartment SET state = 'empty', reason = NULL WHERE number = ? AND state = 'unknown'
       AND intake_id IS NULL AND result_id IS NULL`,
  )
  const message = db
    .prepare<[string], string>(
      `SELECT payload FROM outbox WHERE lane = ? AND kind = 'dossierDeposited'`,
    )
    .pluck()
  const pages = db
    .prepare<[string], string>(
      'SELECT content_hash FROM page WHERE intake_id = ? ORDER BY position',
    )
    .pluck()
  return {
    epochs: () => epochs.all(),
    unsettled: () => unsettled.all(restoredReason),
    agreeEmpty(compartment) {
      if (isEmpty.get(compartment, restoredReason) === undefined) return false
      transact('commit:agreeEmpty', () => {
        changedOne(free.run(compartment), 'agree that a compartment is empty')
        audit('compartment.agreedEmpty', { compartment })
      })
      return true
    },
    depositMessage(intakeId) {
      const text = message.get(intakeId)
      return text === undefined ? undefined : { message: text, pages: pages.all(intakeId) }
    },
  }
}
