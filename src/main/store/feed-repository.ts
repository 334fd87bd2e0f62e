import type { FeedKind } from '../../contract/province/feed.ts'
import type { FeedStore } from '../sync/ports.ts'
import { feedAppliers } from './feed-appliers.ts'
import { changedOne } from './store-conflict.ts'
import type { StoreContext } from './store-context.ts'

type Refusal = ReturnType<FeedStore['untoldRefusals']>[number]

export function feedRepository(context: StoreContext): FeedStore {
  const { db, transact, audit, clock } = context
  const appliers = feedAppliers(context)
  const read = db.prepare<[string], number>('SELECT cursor FROM feed_cursor WHERE kind = ?').pluck()
  const write = db.prepare<[string, number]>(
    `INSERT INTO feed_cursor (kind, cursor) VALUES (?, ?)
     ON CONFLICT (kind) DO UPDATE SET cursor = excluded.cursor`,
  )
  const refuse = db.prepare<[string, number, string, string]>(
    'INSERT INTO feed_refusal (kind, cursor, code, refused_at) VALUES (?, ?, ?, ?)',
  )
  const untold = db.prepare<[], Refusal>(
    'SELECT kind, cursor, code FROM feed_refusal WHERE told = 0 ORDER BY rowid',
  )
  const told = db.prepare<[string, number]>(
    'UPDATE feed_refusal SET told = 1 WHERE kind = ? AND cursor = ?',
  )
  const cursor = (kind: FeedKind) => read.get(kind) ?? 0
  return {
    cursor,
    apply: (kind, at, item) => {
      if (at <= cursor(kind)) return undefined
      return transact('commit:applyFeedItem', () => {
        // An applier looks before it writes: with a refusal nothing has changed and the cursor stands.
        const code = appliers[kind](item)
        if (code === undefined) write.run(kind, at)
        return code
      })
    },
    parkItem(kind, at, code) {
      if (at <= cursor(kind)) return
      transact('commit:parkFeedItem', () => {
        refuse.run(kind, at, code, clock.now().toISOString())
        write.run(kind, at)
        audit('feed.parked', { kind, cursor: at, code })
      })
    },
    untoldRefusals: () => untold.all(),
    markRefusalTold(kind, at) {
      transact('commit:markRefusalTold', () => changedOne(told.run(kind, at), 'refusal told'))
    },
  }
}
