import { notKeptAnswer } from '../../contract/screens/operator.ts'
import type { QueueStore } from '../flows/staff/queue-port.ts'
import { queueReading } from './queue-reading.ts'
import { dossierReconciler } from './reconcile-dossier.ts'
import type { StoreContext } from './store-context.ts'

/** The outbox in a person's hands. */
export function queueRepository(
  context: StoreContext,
): Omit<QueueStore, 'counts' | 'oldestOpenAt'> {
  const { db, transact, audit } = context
  const reading = queueReading(db)
  const retry = db.prepare<[string]>(
    `UPDATE outbox SET next_attempt_at_ms = 0 WHERE key = ? AND state = 'pending'`,
  )
  const retryAll = db.prepare<[]>(
    `UPDATE outbox SET next_attempt_at_ms = 0 WHERE state = 'pending'`,
  )
  const park = db.prepare<[string, string]>(
    `UPDATE outbox SET state = 'parked', answer = ? WHERE key = ? AND state = 'pending'`,
  )
  // There is nothing left to send.
  const release = db.prepare<[string]>(
    `UPDATE outbox SET state = 'pending', next_attempt_at_ms = 0
     WHERE key = ? AND state = 'parked' AND answer IS NOT '${notKeptAnswer}'`,
  )
  const deliver = db.prepare<[string, string, string]>(
    `UPDATE outbox SET state = 'deliveredByHand', answer = ?, acknowledged_at = ?
     WHERE key = ? AND state IN ('pending', 'parked')`,
  )
  const laneOf = db.prepare<[string], string>('SELECT lane FROM outbox WHERE key = ?').pluck()
  const reconcile = dossierReconciler(context)
  const sequenceOf = (key: string) => reading.message(key)?.row.sequence ?? null
  return {
    ...reading,
    retryNow(key, staffId) {
      transact('commit:retryMessages', () => {
        const { changes } = key === undefined ? retryAll.run() : retry.run(key)
        const sequence = key === undefined ? null : sequenceOf(key)
        audit('message.retried', { staffId, sequence, messages: changes })
      })
    },
    parkByHand: (key, reason, staffId) =>
      transact('commit:parkByHand', () => {
        if (park.run(`BY_HAND:${reason}`, key).changes === 0) return false
        audit('message.parkedByHand', { staffId, sequence: sequenceOf(key), reason })
        return true
      }),
    releaseParked: (key, reason, staffId) =>
      transact('commit:releaseParked', () => {
        if (release.run(key).changes === 0) return false
        audit('message.released', { staffId, sequence: sequenceOf(key), reason })
        return true
      }),
    deliverByHand: (key, { officialCode, staffId, secondStaffId }) =>
      transact('commit:deliverByHand', () => {
        const at = context.clock.now().toISOString()
        if (deliver.run(`BY_HAND:${officialCode}`, at, key).changes === 0) return false
        const sequence = sequenceOf(key)
        audit('message.deliveredByHand', { staffId, secondStaffId, sequence, officialCode })
        reconcile(laneOf.get(key) ?? '')
        return true
      }),
  }
}
