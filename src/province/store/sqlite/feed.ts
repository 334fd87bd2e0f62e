import { z } from 'zod'
import type { FeedStore } from '../contract.ts'
import type { StoredRefusal } from '../records.ts'
import { type Connection, inTransaction } from './connection.ts'
import { feedItemWriter } from './feed-items.ts'

const resultItemSchema = z.object({ resultId: z.string() })

export function sqliteFeed(db: Connection): FeedStore {
  const publish = feedItemWriter(db)
  const page = db.prepare<[string, number, string, number], { cursor: number; item: string }>(
    `SELECT cursor, item FROM feed_items
     WHERE kind = ? AND cursor > ? AND (kiosk_id IS NULL OR kiosk_id = ?)
     ORDER BY cursor LIMIT ?`,
  )
  const find = db.prepare<[number, string, string], { item: string }>(
    `SELECT item FROM feed_items
     WHERE cursor = ? AND kind = ? AND (kiosk_id IS NULL OR kiosk_id = ?)`,
  )
  const addRefusal = db.prepare<[string, number, string, string]>(
    'INSERT INTO feed_refusals (kiosk_id, cursor, code, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const refuseResult = db.prepare<[string, string]>(
    `UPDATE results SET state = 'refused'
     WHERE result_id = ? AND kiosk_id = ? AND state = 'announced'`,
  )
  const refusals = db.prepare<[], StoredRefusal>(
    `SELECT r.kiosk_id AS kioskId, i.kind, r.cursor, r.code, r.at
     FROM feed_refusals r JOIN feed_items i USING (cursor) ORDER BY r.at DESC, r.cursor DESC`,
  )

  return {
    async publish(kind, kioskId, item, at) {
      return publish(kind, kioskId, item, at)
    },
    async page(kioskId, kind, after, limit) {
      return page
        .all(kind, after, kioskId, limit)
        .map(({ cursor, item }) => ({ cursor, item: JSON.parse(item) as unknown }))
    },
    async refuse(kioskId, kind, refusal, at) {
      return inTransaction(db, () => {
        const found = find.get(refusal.cursor, kind, kioskId)
        if (!found) return 'unknownCursor'
        addRefusal.run(kioskId, refusal.cursor, refusal.code, at)
        // A refused result can be sent anew; otherwise it would wait for a kiosk that never stocks it.
        if (kind === 'results') {
          const item = resultItemSchema.safeParse(JSON.parse(found.item))
          if (item.success) refuseResult.run(item.data.resultId, kioskId)
        }
        return 'recorded'
      })
    },
    async refusals() {
      return refusals.all()
    },
  }
}
