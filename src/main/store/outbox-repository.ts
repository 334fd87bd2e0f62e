import type { OutboxRow, OutboxStore } from '../sync/ports.ts'
import { outboxTotals } from './outbox-totals.ts'
import { dossierReconciler } from './reconcile-dossier.ts'
import { changedOne } from './store-conflict.ts'
import type { StoreContext } from './store-context.ts'

export function outboxRepository(context: StoreContext): OutboxStore {
  const { db, transact } = context
  const due = db.prepare<[number, string, number], OutboxRow>(
    `SELECT sequence, key, lane, kind, payload, body_hash AS bodyHash, state, attempts
     FROM outbox AS candidate
     WHERE state IN ('pending', 'sending') AND next_attempt_at_ms <= ?
       AND kind NOT IN (SELECT value FROM json_each(?))
       AND NOT EXISTS (
         SELECT 1 FROM outbox AS older
         WHERE older.lane = candidate.lane AND older.sequence < candidate.sequence
           AND older.state IN ('pending', 'sending', 'parked'))
     ORDER BY sequence LIMIT ?`,
  )
  const sending = db.prepare<[string]>(
    `UPDATE outbox SET state = 'sending', attempts = attempts + 1
     WHERE key = ? AND state IN ('pending', 'sending')`,
  )
  const acknowledged = db.prepare<[string, string, string]>(
    `UPDATE outbox SET state = 'acknowledged', receipt = ?, acknowledged_at = ?
     WHERE key = ? AND state = 'sending'`,
  )
  const postponed = db.prepare<[number, string, string]>(
    `UPDATE outbox SET state = 'pending', next_attempt_at_ms = ?, answer = ?
     WHERE key = ? AND state IN ('sending', 'pending')`,
  )
  // What a row waits for must not lie ahead of a clock that has lost its own record.
  const advance = db.prepare<[number]>('UPDATE kiosk SET running_ms = max(running_ms, ?)')
  const parked = db.prepare<[string, string]>(
    `UPDATE outbox SET state = 'parked', answer = ?
     WHERE key = ? AND state IN ('sending', 'pending')`,
  )
  const one = db.prepare<[string], { kind: string; lane: string; sequence: number }>(
    'SELECT kind, lane, sequence FROM outbox WHERE key = ?',
  )
  const reconcile = dossierReconciler(context)
  return {
    due: (nowMs, limit, without = []) => due.all(nowMs, JSON.stringify(without), limit),
    markSending(key) {
      transact('commit:markSending', () => changedOne(sending.run(key), 'mark sending'))
    },
    acknowledge(key, receiptJson, at) {
      transact('commit:acknowledge', () => {
        changedOne(acknowledged.run(receiptJson, at, key), 'acknowledge')
        const row = one.get(key)
        if (row !== undefined) reconcile(row.lane)
      })
    },
    postpone(key, nextAttemptAtMs, answer) {
      transact('commit:postpone', () => {
        changedOne(postponed.run(Math.ceil(nextAttemptAtMs), answer, key), 'postpone')
        advance.run(Math.floor(context.clock.runningMs()))
      })
    },
    park(key, answer) {
      transact('commit:park', () => {
        changedOne(parked.run(answer, key), 'park')
        const row = one.get(key)
        context.audit('message.parked', {
          sequence: row?.sequence ?? null,
          kind: row?.kind ?? null,
          answer,
        })
      })
    },
    ...outboxTotals(db),
  }
}
