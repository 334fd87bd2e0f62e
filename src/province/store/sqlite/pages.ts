import type { PageStore } from '../contract.ts'
import type { StoredPage } from '../records.ts'
import { type Connection, inTransaction } from './connection.ts'

export function sqlitePages(db: Connection): PageStore {
  const find = db.prepare<[string, string], StoredPage>(
    `SELECT kiosk_id AS kioskId, content_hash AS contentHash, bytes, received_at AS receivedAt, receipt
     FROM pages WHERE kiosk_id = ? AND content_hash = ?`,
  )
  const receiptOf = db
    .prepare<[string, string], string>(
      'SELECT receipt FROM pages WHERE kiosk_id = ? AND content_hash = ?',
    )
    .pluck()
  const add = db.prepare<[string, string, Buffer, string, string]>(
    'INSERT INTO pages (kiosk_id, content_hash, bytes, received_at, receipt) VALUES (?, ?, ?, ?, ?)',
  )
  return {
    async put({ kioskId, contentHash, bytes, receivedAt, receipt }) {
      return inTransaction(db, () => {
        const held = receiptOf.get(kioskId, contentHash)
        if (held !== undefined) return { isNew: false, receipt: held }
        add.run(kioskId, contentHash, bytes, receivedAt, receipt)
        return { isNew: true, receipt }
      })
    },
    async find(kioskId, contentHash) {
      return find.get(kioskId, contentHash)
    },
    async held(kioskId, contentHashes) {
      return new Set(contentHashes.filter((hash) => receiptOf.get(kioskId, hash) !== undefined))
    },
  }
}
