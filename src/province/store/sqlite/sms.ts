import type { SmsStore } from '../contract.ts'
import type { NewSms, StoredSms } from '../records.ts'
import type { Connection } from './connection.ts'

const columns = 'id, at, kiosk_id AS kioskId, purpose, sealed'

/** Adds to the outbox inside the caller's transaction; answers its id. */
export function smsWriter(db: Connection): (sms: NewSms) => number {
  const add = db.prepare<[string, string, string, string]>(
    'INSERT INTO sms (at, kiosk_id, purpose, sealed) VALUES (?, ?, ?, ?)',
  )
  return (sms) => Number(add.run(sms.at, sms.kioskId, sms.purpose, sms.sealed).lastInsertRowid)
}

export function sqliteSms(db: Connection): SmsStore {
  const add = smsWriter(db)
  const after = db.prepare<[number, number], StoredSms>(
    `SELECT ${columns} FROM sms WHERE id > ? ORDER BY id LIMIT ?`,
  )
  const newest = db.prepare<[number], StoredSms>(
    `SELECT ${columns} FROM sms ORDER BY id DESC LIMIT ?`,
  )
  return {
    async add(sms) {
      return add(sms)
    },
    async after(id, limit) {
      return after.all(id, limit)
    },
    async newest(limit) {
      return newest.all(limit)
    },
  }
}
