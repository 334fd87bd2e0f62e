import type { FeedItem, FeedKind } from '../../../contract/province/feed.ts'
import type { Connection } from './connection.ts'

export type PublishItem = <K extends FeedKind>(
  kind: K,
  kioskId: string | null,
  item: FeedItem<K>,
  at: string,
) => number

/** Appends to the feed inside the caller's transaction; answers the cursor. */
export function feedItemWriter(db: Connection): PublishItem {
  const add = db.prepare<[string | null, string, string, string]>(
    'INSERT INTO feed_items (kiosk_id, kind, item, at) VALUES (?, ?, ?, ?)',
  )
  return (kind, kioskId, item, at) =>
    Number(add.run(kioskId, kind, JSON.stringify(item), at).lastInsertRowid)
}
