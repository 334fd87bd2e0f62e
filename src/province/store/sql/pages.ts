import type { PageStore } from '../contract.ts'
import type { StoredPage } from '../records/message-records.ts'
import type { Database } from './database.ts'
import { all, first, run } from './work.ts'

export function sqlPages(db: Database): PageStore {
  return {
    put: ({ kioskId, contentHash, bytes, receivedAt, receipt }) =>
      db.write(function* () {
        const added = yield* run(
          `INSERT INTO pages (kiosk_id, content_hash, bytes, received_at, receipt)
           VALUES (?, ?, ?, ?, ?) ON CONFLICT (kiosk_id, content_hash) DO NOTHING`,
          kioskId,
          contentHash,
          bytes,
          receivedAt,
          receipt,
        )
        if (added > 0) return { isNew: true, receipt }
        const held = yield* first<{ receipt: string }>(
          'SELECT receipt FROM pages WHERE kiosk_id = ? AND content_hash = ?',
          kioskId,
          contentHash,
        )
        if (!held) throw new Error('the page is neither held nor taken')
        return { isNew: false, receipt: held.receipt }
      }),
    find: (kioskId, contentHash) =>
      db.read(() =>
        first<StoredPage>(
          `SELECT kiosk_id AS "kioskId", content_hash AS "contentHash", bytes,
             received_at AS "receivedAt", receipt
           FROM pages WHERE kiosk_id = ? AND content_hash = ?`,
          kioskId,
          contentHash,
        ),
      ),
    async held(kioskId, contentHashes) {
      if (contentHashes.length === 0) return new Set()
      const marks = contentHashes.map(() => '?').join(', ')
      const rows = await db.read(() =>
        all<{ contentHash: string }>(
          `SELECT content_hash AS "contentHash" FROM pages
           WHERE kiosk_id = ? AND content_hash IN (${marks})`,
          kioskId,
          ...contentHashes,
        ),
      )
      const held = new Set(rows.map(({ contentHash }) => contentHash))
      return new Set(contentHashes.filter((hash) => held.has(hash)))
    },
  }
}
