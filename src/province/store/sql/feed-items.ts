import type { FeedItem, FeedKind } from '../../../contract/province/feed.ts'
import { first, lock, run, type Work } from './work.ts'

/**
 * Appends to the feed inside the caller's transaction; answers the cursor. Writers wait for each other until
 * they have committed: a reader that has seen a cursor never meets a smaller one later. To be the last thing
 * that a transaction locks.
 *
 * Cursors go by time: a store that was put back to an older copy must not give out again what kiosks have read past.
 */
export function* publish<K extends FeedKind>(
  kind: K,
  kioskId: string | null,
  item: FeedItem<K>,
  at: string,
): Work<number> {
  yield* lock('feed')
  const last = yield* first<{ cursor: number | null }>(
    'SELECT max(cursor) AS cursor FROM feed_items',
  )
  const cursor = Math.max((last?.cursor ?? 0) + 1, Date.parse(at))
  yield* run(
    'INSERT INTO feed_items (cursor, kiosk_id, kind, item, at) VALUES (?, ?, ?, ?, ?)',
    cursor,
    kioskId,
    kind,
    JSON.stringify(item),
    at,
  )
  return cursor
}
