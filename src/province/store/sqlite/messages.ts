import type { MessageStore } from '../contract.ts'
import type { FailedNotice, HeldMessage, PendingNotice, StoredMessage } from '../records.ts'
import { messageApplier } from './apply-message.ts'
import { type Connection, inTransaction } from './connection.ts'
import { smsWriter } from './sms.ts'

/** Thrown to roll back a message that must leave no trace. */
class Refused extends Error {}

export function sqliteMessages(db: Connection): MessageStore {
  const apply = messageApplier(db)
  const addSms = smsWriter(db)
  const find = db.prepare<[string], HeldMessage>(
    'SELECT kiosk_id AS kioskId, body_hash AS bodyHash, receipt FROM messages WHERE key = ?',
  )
  const epochKnown = db.prepare<[string, number], number>(
    'SELECT 1 FROM epochs WHERE kiosk_id = ? AND epoch = ?',
  )
  const add = db.prepare<
    [...[string, string, number, number, string, string, string, string, string], Buffer, string]
  >(
    `INSERT INTO messages (key, kiosk_id, epoch, sequence, lane, kind, at, received_at, body_hash,
       bytes, receipt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const touch = db.prepare<[string, string]>(
    'UPDATE kiosks SET last_contact_at = ? WHERE kiosk_id = ?',
  )
  const listOf = (order: 'ASC' | 'DESC') =>
    db.prepare<
      [{ kioskId: string | null; lane: string | null; kind: string | null; limit: number }],
      StoredMessage
    >(
      `SELECT key, kiosk_id AS kioskId, epoch, sequence, lane, kind, at, received_at AS receivedAt,
         body_hash AS bodyHash, bytes
       FROM messages
       WHERE ($kioskId IS NULL OR kiosk_id = $kioskId) AND ($lane IS NULL OR lane = $lane)
         AND ($kind IS NULL OR kind = $kind)
       ORDER BY id ${order} LIMIT $limit`,
    )
  const oldestFirst = listOf('ASC')
  const newestFirst = listOf('DESC')
  const pending = db.prepare<[], PendingNotice>(
    `SELECT n.message_key AS messageKey, m.kiosk_id AS kioskId, m.bytes
     FROM notices n JOIN messages m ON m.key = n.message_key
     WHERE n.state = 'pending' ORDER BY m.id LIMIT 100`,
  )
  const isPending = db.prepare<[string], number>(
    `SELECT 1 FROM notices WHERE message_key = ? AND state = 'pending'`,
  )
  const settle = db.prepare<[string, string | null, number | null, string, string]>(
    'UPDATE notices SET state = ?, failure = ?, sms_id = ?, settled_at = ? WHERE message_key = ?',
  )
  const failed = db.prepare<[], FailedNotice>(
    `SELECT n.message_key AS messageKey, m.kiosk_id AS kioskId, m.lane, n.failure,
       m.received_at AS receivedAt
     FROM notices n JOIN messages m ON m.key = n.message_key
     WHERE n.state = 'failed' ORDER BY m.id DESC LIMIT 100`,
  )

  return {
    async find(key) {
      return find.get(key)
    },
    async receive({ message, bytes, bodyHash, receivedAt, receipt }) {
      const { key, kioskId, epoch, sequence, lane, kind, at } = message
      try {
        return inTransaction(db, () => {
          const held = find.get(key)
          if (held) return { outcome: 'keyHeld', held }
          if (!epochKnown.get(kioskId, epoch)) return { outcome: 'epochUnknown' }
          add.run(
            key,
            kioskId,
            epoch,
            sequence,
            lane,
            kind,
            at,
            receivedAt,
            bodyHash,
            bytes,
            receipt,
          )
          if (apply(message, receivedAt) === 'dossierExists') throw new Refused()
          touch.run(receivedAt, kioskId)
          return { outcome: 'stored' }
        })
      } catch (error) {
        if (error instanceof Refused) return { outcome: 'dossierExists' }
        throw error
      }
    },
    async list({ kioskId = null, lane = null, kind = null, limit, newestFirst: newest }) {
      return (newest ? newestFirst : oldestFirst).all({ kioskId, lane, kind, limit })
    },
    async pendingNotices() {
      return pending.all()
    },
    async settleNotice(messageKey, end) {
      inTransaction(db, () => {
        if (!isPending.get(messageKey)) return
        if ('sms' in end) settle.run('queued', null, addSms(end.sms), end.sms.at, messageKey)
        else settle.run('failed', end.failure, null, end.at, messageKey)
      })
    },
    async failedNotices() {
      return failed.all()
    },
  }
}
