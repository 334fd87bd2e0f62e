import type { SmsStore } from '../contract.ts'
import type { NewSms, StoredSms } from '../records.ts'
import type { Database } from './database.ts'
import { all, first, lock, type Work } from './work.ts'

const select = 'SELECT id, at, kiosk_id AS "kioskId", purpose, sealed FROM sms'

/** Adds to the outbox inside the caller's transaction; answers its id. Ids grow in the order of commits. */
export function* addSms(sms: NewSms): Work<number> {
  yield* lock('sms')
  const added = yield* first<{ id: number }>(
    'INSERT INTO sms (at, kiosk_id, purpose, sealed) VALUES (?, ?, ?, ?) RETURNING id',
    sms.at,
    sms.kioskId,
    sms.purpose,
    sms.sealed,
  )
  if (!added) throw new Error('the outbox took no SMS')
  return added.id
}

export function sqlSms(db: Database): SmsStore {
  return {
    add: (sms) => db.write(() => addSms(sms)),
    after: (id, limit) =>
      db.read(() => all<StoredSms>(`${select} WHERE id > ? ORDER BY id LIMIT ?`, id, limit)),
    newest: (limit) => db.read(() => all<StoredSms>(`${select} ORDER BY id DESC LIMIT ?`, limit)),
  }
}
