import { z } from 'zod'
import type { FeedStore } from '../contract.ts'
import type { StoredRefusal } from '../records/feed-records.ts'
import type { Database } from './database.ts'
import { publish } from './feed-items.ts'
import { all, first, run } from './work.ts'

const resultItemSchema = z.object({ resultId: z.string() })

export function sqlFeed(db: Database): FeedStore {
  return {
    publish: (kind, kioskId, item, at) => db.write(() => publish(kind, kioskId, item, at)),
    async page(kioskId, kind, after, limit) {
      const rows = await db.read(() =>
        all<{ cursor: number; item: string }>(
          `SELECT cursor, item FROM feed_items
           WHERE kind = ? AND cursor > ? AND (kiosk_id IS NULL OR kiosk_id = ?)
           ORDER BY cursor LIMIT ?`,
          kind,
          after,
          kioskId,
          limit,
        ),
      )
      return rows.map(({ cursor, item }) => ({ cursor, item: JSON.parse(item) as unknown }))
    },
    refuse: (kioskId, kind, refusal, at) =>
      db.write(function* () {
        const found = yield* first<{ item: string }>(
          `SELECT item FROM feed_items
           WHERE cursor = ? AND kind = ? AND (kiosk_id IS NULL OR kiosk_id = ?)`,
          refusal.cursor,
          kind,
          kioskId,
        )
        if (!found) return 'unknownCursor'
        yield* run(
          `INSERT INTO feed_refusals (kiosk_id, cursor, code, at) VALUES (?, ?, ?, ?)
           ON CONFLICT (kiosk_id, cursor) DO NOTHING`,
          kioskId,
          refusal.cursor,
          refusal.code,
          at,
        )
        // A refused result can be sent anew; otherwise it would wait for a kiosk that never stocks it.
        const item = resultItemSchema.safeParse(JSON.parse(found.item))
        if (kind === 'results' && item.success) {
          yield* run(
            `UPDATE results SET state = 'refused'
             WHERE result_id = ? AND kiosk_id = ? AND state = 'announced'`,
            item.data.resultId,
            kioskId,
          )
        }
        return 'recorded'
      }),
    refusals: () =>
      db.read(() =>
        all<StoredRefusal>(
          `SELECT r.kiosk_id AS "kioskId", i.kind, r.cursor, r.code, r.at
           FROM feed_refusals r JOIN feed_items i ON i.cursor = r.cursor
           ORDER BY r.at DESC, r.cursor DESC`,
        ),
      ),
  }
}
