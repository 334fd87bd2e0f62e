import type { SmsStore } from '../contract.ts'
import type { NewSms, SmsSending, StoredSms } from '../records/sms-records.ts'
import type { Database } from './database.ts'
import { claimSms, settleSms } from './sms-sendings.ts'
import { all, first, lock, run, type Work } from './work.ts'

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
  yield* run(
    `INSERT INTO sms_sendings (sms_id, state, next_try_at, changed_at) VALUES (?, 'pending', ?, ?)`,
    added.id,
    sms.at,
    sms.at,
  )
  return added.id
}

export function sqlSms(db: Database): SmsStore {
  return {
    add: (sms) => db.write(() => addSms(sms)),
    after: (id, limit) =>
      db.read(() => all<StoredSms>(`${select} WHERE id > ? ORDER BY id LIMIT ?`, id, limit)),
    newest: (limit) => db.read(() => all<StoredSms>(`${select} ORDER BY id DESC LIMIT ?`, limit)),
    claim: (at, claim) => db.write(() => claimSms(at, claim)),
    settle: (claimed, end, at) => db.write(() => settleSms(claimed, end, at)),
    sendings: (smsIds) =>
      db.read(() =>
        all<SmsSending>(
          `SELECT sms_id AS "smsId", state, problem, changed_at AS "changedAt" FROM sms_sendings
           WHERE sms_id >= ? AND sms_id <= ? ORDER BY sms_id`,
          Math.min(...smsIds, Number.MAX_SAFE_INTEGER),
          Math.max(...smsIds, 0),
        ),
      ),
  }
}
