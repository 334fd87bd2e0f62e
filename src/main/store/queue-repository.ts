import { z } from 'zod'
import type { QueueFilter, QueueRow } from '../../contract/screens/operator.ts'
import type { QueueMessage, QueueStore } from '../flows/staff/queue-port.ts'
import type { StoreContext } from './store-context.ts'

type RawRow = Omit<QueueRow, 'behind'> & { readonly behind: number }
type RawMessage = RawRow & Omit<QueueMessage, 'row' | 'facts'> & { readonly payload: string }

const columns = `sequence, key, kind, lane, state, attempts, created_at AS createdAt, answer,
  EXISTS (SELECT 1 FROM outbox AS older WHERE older.lane = outbox.lane
    AND older.sequence < outbox.sequence AND older.state IN ('pending', 'sending', 'parked')
    AND outbox.state IN ('pending', 'sending', 'parked')) AS behind`

const filters: Readonly<Record<QueueFilter, string>> = {
  open: `WHERE state IN ('pending', 'sending', 'parked')`,
  parked: `WHERE state = 'parked'`,
  done: `WHERE state IN ('acknowledged', 'deliveredByHand')`,
  all: '',
}
/** What waits is looked at from its oldest, what is done from its newest. */
const orders: Readonly<Record<QueueFilter, string>> = {
  open: 'sequence',
  parked: 'sequence',
  done: 'sequence DESC',
  all: 'sequence DESC',
}

const bodySchema = z.object({ body: z.record(z.string(), z.unknown()) })

/** The outbox in a person's hands. */
export function queueRepository(
  context: StoreContext,
): Omit<QueueStore, 'counts' | 'oldestOpenAt'> {
  const { db, transact, audit } = context
  const lists = mapFilters((filter) =>
    db.prepare<[number, number], RawRow>(
      `SELECT ${columns} FROM outbox ${filters[filter]} ORDER BY ${orders[filter]}
       LIMIT ? OFFSET ?`,
    ),
  )
  const counters = mapFilters((filter) =>
    db.prepare<[], number>(`SELECT count(*) FROM outbox ${filters[filter]}`).pluck(),
  )
  const one = db.prepare<[string], RawMessage>(
    `SELECT ${columns}, epoch, body_hash AS bodyHash, acknowledged_at AS acknowledgedAt, payload
     FROM outbox WHERE key = ?`,
  )
  const retry = db.prepare<[string]>(
    `UPDATE outbox SET next_attempt_at_ms = 0 WHERE key = ? AND state = 'pending'`,
  )
  const retryAll = db.prepare<[]>(
    `UPDATE outbox SET next_attempt_at_ms = 0 WHERE state = 'pending'`,
  )
  const park = db.prepare<[string, string]>(
    `UPDATE outbox SET state = 'parked', answer = ? WHERE key = ? AND state = 'pending'`,
  )
  const release = db.prepare<[string]>(
    `UPDATE outbox SET state = 'pending', next_attempt_at_ms = 0
     WHERE key = ? AND state = 'parked'`,
  )
  const deliver = db.prepare<[string, string, string]>(
    `UPDATE outbox SET state = 'deliveredByHand', answer = ?, acknowledged_at = ?
     WHERE key = ? AND state IN ('pending', 'parked')`,
  )
  const sequenceOf = (key: string) => one.get(key)?.sequence ?? null
  return {
    rows: (filter, offset, limit) => lists[filter].all(limit, offset).map(toRow),
    count: (filter) => counters[filter].get() ?? 0,
    message(key) {
      const raw = one.get(key)
      if (raw === undefined) return undefined
      const { epoch, bodyHash, acknowledgedAt, payload, ...row } = raw
      return { row: toRow(row), epoch, bodyHash, acknowledgedAt, facts: factsOf(payload) }
    },
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
        return true
      }),
  }
}

function mapFilters<T>(make: (filter: QueueFilter) => T): Readonly<Record<QueueFilter, T>> {
  return { open: make('open'), parked: make('parked'), done: make('done'), all: make('all') }
}

function toRow({ behind, ...row }: RawRow): QueueRow {
  return { ...row, behind: behind === 1 }
}

/** By the contract nothing personal stands outside what is sealed; of that only the length is told. */
function factsOf(payload: string): QueueMessage['facts'] {
  const { body } = bodySchema.parse(JSON.parse(payload))
  return Object.entries(body).map(([name, value]) => ({
    name,
    value: name.startsWith('sealed') ? `(${String(value).length})` : String(value),
  }))
}
