import { createHash } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import type { Message, MessageKind } from '../../../src/contract/province/message.ts'
import type { EpochStore, OutboxRow, OutboxStore } from '../../../src/main/sync/ports.ts'

type MemoryRow = { -readonly [K in keyof OutboxRow]: OutboxRow[K] } & {
  nextAttemptAtMs: number
  answer: string | null
  receipt: string | null
}

export interface MemoryOutbox extends OutboxStore {
  readonly rows: readonly MemoryRow[]
  /** What was done, in order: `sending 1`, `acknowledge 1` … with sequence numbers. */
  readonly log: readonly string[]
  add(lane: string, kind?: MessageKind, body?: unknown): OutboxRow
}

/** The rules of `OutboxStore`, kept in memory and strict about who may follow whom. */
export function memoryOutbox(kioskId = 'K07'): MemoryOutbox {
  const rows: MemoryRow[] = []
  const log: string[] = []
  const change = (
    name: string,
    key: string,
    from: readonly OutboxRow['state'][],
    fields: Partial<MemoryRow>,
  ) => {
    const row = rows.find((candidate) => candidate.key === key)
    if (!row || !from.includes(row.state)) throw new Error(`${name}: ${row?.state ?? 'no row'}`)
    Object.assign(row, fields)
    log.push(`${name} ${row.sequence}`)
  }
  const open = (row: MemoryRow) => ['pending', 'sending', 'parked'].includes(row.state)
  return {
    rows,
    log,
    add(lane, kind = 'rating', body = { score: 5 }) {
      const sequence = rows.length + 1
      const key = uuidv7()
      const at = '2026-07-01T00:00:00.000Z'
      const message: Message = { key, kioskId, epoch: 1, sequence, lane, kind, at, body }
      const payload = JSON.stringify(message)
      const row: MemoryRow = {
        sequence,
        key,
        lane,
        kind,
        payload,
        bodyHash: createHash('sha256').update(payload).digest('hex'),
        state: 'pending',
        attempts: 0,
        nextAttemptAtMs: 0,
        answer: null,
        receipt: null,
      }
      rows.push(row)
      return row
    },
    due: (nowMs, limit, without = []) =>
      rows
        .filter(
          (row) =>
            (row.state === 'pending' || row.state === 'sending') &&
            row.nextAttemptAtMs <= nowMs &&
            !without.includes(row.kind) &&
            !rows.some(
              (older) => older.lane === row.lane && older.sequence < row.sequence && open(older),
            ),
        )
        .slice(0, limit)
        .map((row) => ({ ...row })),
    markSending(key) {
      const attempts = (rows.find((row) => row.key === key)?.attempts ?? 0) + 1
      change('sending', key, ['pending', 'sending'], { state: 'sending', attempts })
    },
    acknowledge: (key, receipt) =>
      change('acknowledge', key, ['sending'], { state: 'acknowledged', receipt }),
    postpone: (key, nextAttemptAtMs, answer) =>
      change('postpone', key, ['sending'], { state: 'pending', nextAttemptAtMs, answer }),
    park: (key, answer) => change('park', key, ['sending'], { state: 'parked', answer }),
    counts() {
      const counts = { pending: 0, sending: 0, acknowledged: 0, parked: 0, deliveredByHand: 0 }
      for (const row of rows) counts[row.state] += 1
      return counts
    },
    oldestOpenAt: () => null,
  }
}

/** `lost`: epochs of lost databases that the province may not know. */
export function memoryEpoch(registered = true, lost: readonly number[] = []): EpochStore {
  const make = (epoch: number) => ({
    epoch,
    instance: `4f4e9a52-3a4b-4b0c-8f4e-1d2c3b4a5f${String(epoch).padStart(2, '0')}`,
    startedAt: '2026-07-01T00:00:00.000Z',
  })
  const current = lost.length + 1
  const known = new Set(registered ? [current] : [])
  return {
    epoch: () => ({ ...make(current), registered: known.has(current) }),
    unregistered: () => [...lost, current].filter((epoch) => !known.has(epoch)).map(make),
    markEpochRegistered: (epoch) => void known.add(epoch),
  }
}
