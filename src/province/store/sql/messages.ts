import type { HeldInEpoch } from '../../../contract/province/held.ts'
import type { MessageStore } from '../contract.ts'
import type {
  FailedNotice,
  HeldMessage,
  IncomingMessage,
  PendingNotice,
  ReceiveOutcome,
  StoredMessage,
} from '../records/message-records.ts'
import { raiseAlarm } from './alarms.ts'
import { applyMessage } from './apply-message.ts'
import type { Database } from './database.ts'
import { addSms } from './sms.ts'
import { all, first, run, type Work } from './work.ts'

/** Thrown to roll back a message that must leave no trace. */
class DossierExists extends Error {}

export function sqlMessages(db: Database): MessageStore {
  return {
    find: (key) => db.read(() => find(key)),
    heldByEpoch: (kioskId) =>
      db.read(() =>
        all<HeldInEpoch>(
          `SELECT epoch, count(*) AS messages FROM messages WHERE kiosk_id = ? GROUP BY epoch
           ORDER BY epoch`,
          kioskId,
        ),
      ),
    missing: (kioskId, keys, at) =>
      db.write(function* () {
        const marks = keys.map(() => '?').join(', ')
        const held = yield* all<{ key: string }>(
          `SELECT key FROM messages WHERE kiosk_id = ? AND key IN (${marks})`,
          kioskId,
          ...keys,
        )
        const known = new Set(held.map(({ key }) => key))
        const missing = keys.filter((key) => !known.has(key))
        if (missing.length > 0) {
          const alarm = { kind: 'STORE_WENT_BACK', epoch: 0, seen: null, told: null } as const
          yield* raiseAlarm(kioskId, alarm, at)
        }
        return missing
      }),
    async receive(incoming) {
      try {
        return await db.append(incoming.message.key, () => receive(incoming))
      } catch (error) {
        if (error instanceof DossierExists) return { outcome: 'dossierExists' }
        throw error
      }
    },
    list: (filter) => db.read(() => list(filter)),
    pendingNotices: () =>
      db.read(() =>
        all<PendingNotice>(
          `SELECT n.message_key AS "messageKey", m.kiosk_id AS "kioskId", m.bytes
           FROM notices n JOIN messages m ON m.key = n.message_key
           WHERE n.state = 'pending' ORDER BY m.id LIMIT 100`,
        ),
      ),
    settleNotice: (messageKey, end) =>
      db.write(function* () {
        const pending = yield* first(
          `SELECT 1 FROM notices WHERE message_key = ? AND state = 'pending' FOR UPDATE`,
          messageKey,
        )
        if (!pending) return
        const isSms = 'sms' in end
        yield* run(
          'UPDATE notices SET state = ?, failure = ?, sms_id = ?, settled_at = ? WHERE message_key = ?',
          isSms ? 'queued' : 'failed',
          isSms ? null : end.failure,
          isSms ? yield* addSms(end.sms) : null,
          isSms ? end.sms.at : end.at,
          messageKey,
        )
      }),
    failedNotices: () =>
      db.read(() =>
        all<FailedNotice>(
          `SELECT n.message_key AS "messageKey", m.kiosk_id AS "kioskId", m.lane, n.failure,
             m.received_at AS "receivedAt"
           FROM notices n JOIN messages m ON m.key = n.message_key
           WHERE n.state = 'failed' ORDER BY m.id DESC LIMIT 100`,
        ),
      ),
  }
}

function find(key: string): Work<HeldMessage | undefined> {
  return first<HeldMessage>(
    `SELECT kiosk_id AS "kioskId", body_hash AS "bodyHash", receipt FROM messages WHERE key = ?`,
    key,
  )
}

/** The unique key decides who was first, in this process or another. */
function* receive(incoming: IncomingMessage): Work<ReceiveOutcome> {
  const { message, bytes, bodyHash, receivedAt, receipt } = incoming
  const { key, kioskId, epoch, sequence, lane, kind, at } = message
  const added = yield* run(
    `INSERT INTO messages (key, kiosk_id, epoch, sequence, lane, kind, at, received_at, body_hash,
       bytes, receipt)
     SELECT ?, kiosk_id, epoch, ?, ?, ?, ?, ?, ?, ?, ? FROM epochs WHERE kiosk_id = ? AND epoch = ?
     ON CONFLICT (key) DO NOTHING`,
    key,
    sequence,
    lane,
    kind,
    at,
    receivedAt,
    bodyHash,
    bytes,
    receipt,
    kioskId,
    epoch,
  )
  if (added === 0) {
    const held = yield* find(key)
    return held ? { outcome: 'keyHeld', held } : { outcome: 'epochUnknown' }
  }
  if ((yield* applyMessage(message, receivedAt)) === 'dossierExists') throw new DossierExists()
  return { outcome: 'stored' }
}

function list(filter: Parameters<MessageStore['list']>[0]): Work<readonly StoredMessage[]> {
  const wanted = [
    ['kiosk_id', filter.kioskId],
    ['lane', filter.lane],
    ['kind', filter.kind],
  ].filter((pair): pair is [string, string] => pair[1] !== undefined)
  const where = wanted.map(([column]) => `${column} = ?`).join(' AND ')
  return all<StoredMessage>(
    `SELECT key, kiosk_id AS "kioskId", epoch, sequence, lane, kind, at,
       received_at AS "receivedAt", body_hash AS "bodyHash", bytes
     FROM messages ${where && `WHERE ${where}`}
     ORDER BY id ${filter.newestFirst ? 'DESC' : 'ASC'} LIMIT ?`,
    ...wanted.map(([, value]) => value),
    filter.limit,
  )
}
