import type { FeedItem, FeedKind } from '../../../contract/province/feed.ts'
import { first, lock, type Work } from './work.ts'

/**
 * Appends to the feed inside the caller's transaction; answers the cursor. Writers wait for each other until
 * they have committed: a reader that has seen a cursor never meets a smaller one later. To be the last thing
 * that a transaction locks.
 */
export function* publish<K extends FeedKind>(
  kind: K,
  kioskId: string | null,
  item: FeedItem<K>,
  at: string,
): Work<number> {
  yield* lock('feed')
  const added = yield* first<{ cursor: number }>(
    'INSERT INTO feed_items (kiosk_id, kind, item, at) VALUES (?, ?, ?, ?) RETURNING cursor',
    kioskId,
    kind,
    JSON.stringify(item),
    at,
  )
  if (!added) throw new Error('the feed took no item')
  return added.cursor
}
