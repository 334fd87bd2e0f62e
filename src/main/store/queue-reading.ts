import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import type { QueueFilter, QueueRow } from '../../contract/screens/operator.ts'
import type { QueueMessage, QueueStore } from '../flows/staff/queue-port.ts'

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

/** Looks into the outbox, never at what is sealed; also over a connection that may only read. */
export function queueReading(db: Database): Pick<QueueStore, 'rows' | 'count' | 'message'> {
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
  return {
    rows: (filter, offset, limit) => lists[filter].all(limit, offset).map(toRow),
    count: (filter) => counters[filter].get() ?? 0,
    message(key) {
      const raw = one.get(key)
      if (raw === undefined) return undefined
      const { epoch, bodyHash, acknowledgedAt, payload, ...row } = raw
      return { row: toRow(row), epoch, bodyHash, acknowledgedAt, facts: factsOf(payload) }
    },
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
