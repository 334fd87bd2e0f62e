import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { type Message, messageBodies, messageSchema } from '../../contract/province/message.ts'
import type { OutboxDraft } from '../flows/store-port.ts'
import type { StoreClock } from './store-context.ts'

/**
 * Composes the envelope and keeps its exact bytes: whatever happens later, the same key goes with the same
 * text. A body that the contract would refuse throws here, before the transaction commits. The lane is the
 * intakeId or resultId that the message belongs to.
 */
export function outboxWriter(
  db: Database,
  clock: StoreClock,
  newKey: () => string,
): (draft: OutboxDraft) => void {
  const next = db.prepare<[], { kioskId: string; sequence: number; epoch: number }>(
    `UPDATE kiosk SET last_sequence = last_sequence + 1
     RETURNING kiosk_id AS kioskId, last_sequence AS sequence,
       (SELECT max(epoch) FROM epoch) AS epoch`,
  )
  const insert = db.prepare<[number, string, number, string, string, string, string, string]>(
    `INSERT INTO outbox (sequence, key, epoch, lane, kind, payload, body_hash, state, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'pending', ?)`,
  )
  return (draft) => {
    const body = messageBodies[draft.kind].parse(draft.body)
    const numbers = next.get()
    if (numbers === undefined) throw new Error('a store without a kiosk')
    const message: Message = messageSchema.parse({
      key: newKey(),
      kioskId: numbers.kioskId,
      epoch: numbers.epoch,
      sequence: numbers.sequence,
      lane: draft.lane,
      kind: draft.kind,
      at: clock.now().toISOString(),
      body,
    })
    const payload = JSON.stringify(message)
    insert.run(
      message.sequence,
      message.key,
      message.epoch,
      message.lane,
      message.kind,
      payload,
      createHash('sha256').update(payload, 'utf8').digest('hex'),
      message.at,
    )
  }
}
