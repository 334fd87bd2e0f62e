import { createHash } from 'node:crypto'
import type { HeldInEpoch } from '../../contract/province/held.ts'
import { notKeptAnswer } from '../../contract/screens/operator.ts'
import type { SentStore } from '../sync/ports.ts'
import type { StoreContext } from './store-context.ts'
import { unlessDiskFull } from './store-fault.ts'

interface SentRow {
  readonly lane: string
  readonly payload: string
  readonly bodyHash: string
}

/** What the province has signed for, should it lose it. */
export function sentRepository({ db, transact, audit }: StoreContext): SentStore {
  const byEpoch = db.prepare<[], HeldInEpoch>(
    `SELECT epoch, count(*) AS messages FROM outbox INDEXED BY outbox_acknowledged
     WHERE state = 'acknowledged' GROUP BY epoch`,
  )
  const after = db.prepare<[number, number, number], { key: string; sequence: number }>(
    `SELECT key, sequence FROM outbox
     WHERE state = 'acknowledged' AND epoch = ? AND sequence > ? ORDER BY sequence LIMIT ?`,
  )
  const one = db.prepare<[string], SentRow>(
    `SELECT lane, payload, body_hash AS bodyHash FROM outbox
     WHERE key = ? AND state = 'acknowledged'`,
  )
  // The old receipt stays with the row: it says what was once signed for.
  const again = db.prepare<[string]>(
    `UPDATE outbox SET state = 'pending', next_attempt_at_ms = 0, attempts = 0, answer = NULL
     WHERE key = ? AND state = 'acknowledged'`,
  )
  const setAside = db.prepare<[string, string]>(
    `UPDATE outbox SET state = 'parked', answer = ? WHERE key = ? AND state = 'acknowledged'`,
  )
  const announceEpochs = db.prepare<[]>('UPDATE epoch SET registered_at = NULL')
  function putBack(keys: readonly string[]) {
    const found = { again: 0, notKept: 0 }
    for (const key of keys) {
      const row = one.get(key)
      if (row === undefined) continue
      if (createHash('sha256').update(row.payload, 'utf8').digest('hex') === row.bodyHash) {
        found.again += again.run(key).changes
      } else {
        found.notKept += setAside.run(notKeptAnswer, key).changes
      }
    }
    // It may have lost those too; one that it still knows is taken again as it was.
    announceEpochs.run()
    audit('province.wentBack', found)
    return found
  }
  return {
    acknowledgedByEpoch: () => byEpoch.all(),
    acknowledgedAfter: (epoch, sequence, limit) => after.all(epoch, sequence, limit),
    lanesOf: (keys) => [...new Set(keys.flatMap((key) => one.get(key)?.lane ?? []))],
    sendAgain(keys) {
      let found: ReturnType<SentStore['sendAgain']>
      unlessDiskFull(
        () => {
          found = transact('commit:sendAgain', () => putBack(keys))
        },
        () => undefined,
      )
      return found
    },
  }
}
