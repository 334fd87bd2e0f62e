import type { Database } from 'better-sqlite3'
import type { OutboxRow, OutboxStore } from '../sync/ports.ts'

/** How much waits for the province, and since when; also over a connection that may only read. */
export function outboxTotals(db: Database): Pick<OutboxStore, 'counts' | 'oldestOpenAt'> {
  const byState = db.prepare<[], { state: OutboxRow['state']; count: number }>(
    'SELECT state, count(*) AS count FROM outbox GROUP BY state',
  )
  const oldest = db
    .prepare<[], string>(
      `SELECT created_at FROM outbox WHERE state IN ('pending', 'sending', 'parked')
       ORDER BY sequence LIMIT 1`,
    )
    .pluck()
  return {
    counts() {
      const counts = { pending: 0, sending: 0, acknowledged: 0, parked: 0, deliveredByHand: 0 }
      for (const row of byState.all()) counts[row.state] = row.count
      return counts
    },
    oldestOpenAt: () => oldest.get() ?? null,
  }
}
