import { feedItems } from '../../../contract/province/feed.ts'
import { all, first, lock, run, type Work } from './work.ts'

const itemsAtOnce = 200

/**
 * The feed that tells kiosks of statuses is written in the transaction that changes them, and in order: what has
 * to be told to an official system is read off it, and nothing can be forgotten in between.
 */
export function* enlist(adapter: string, acceptedFrom: string, at: string): Work<number> {
  yield* lock(`official ${adapter}`)
  yield* run(
    'INSERT INTO official_systems (adapter) VALUES (?) ON CONFLICT (adapter) DO NOTHING',
    adapter,
  )
  const system = yield* first<{ cursor: number }>(
    'SELECT cursor FROM official_systems WHERE adapter = ?',
    adapter,
  )
  const items = yield* all<{ cursor: number; item: string }>(
    `SELECT cursor, item FROM feed_items WHERE kind = 'statuses' AND cursor > ?
     ORDER BY cursor LIMIT ${itemsAtOnce}`,
    system?.cursor ?? 0,
  )
  for (const { cursor, item } of items) {
    const status = feedItems.statuses.parse(JSON.parse(item))
    // A dossier that was refused before acceptance has no place in an official system.
    const isOurs = yield* first(
      'SELECT 1 FROM dossiers WHERE intake_id = ? AND accepted_at IS NOT NULL AND accepted_at >= ?',
      status.intakeId,
      acceptedFrom,
    )
    if (!isOurs) continue
    yield* run(
      `INSERT INTO official_deliveries (adapter, intake_id, state, next_try_at, changed_at)
       VALUES (?, ?, 'pending', ?, ?)
       ON CONFLICT (adapter, intake_id) DO UPDATE SET next_try_at = excluded.next_try_at,
         state = 'pending', changed_at = excluded.changed_at
       WHERE official_deliveries.state = 'delivered'`,
      adapter,
      status.intakeId,
      at,
      at,
    )
    yield* run(
      'INSERT INTO official_steps (adapter, cursor, intake_id, status, at) VALUES (?, ?, ?, ?, ?)',
      adapter,
      cursor,
      status.intakeId,
      status.status,
      status.at,
    )
  }
  const last = items.at(-1)
  if (last) {
    yield* run('UPDATE official_systems SET cursor = ? WHERE adapter = ?', last.cursor, adapter)
  }
  return items.length
}
