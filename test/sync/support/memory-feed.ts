import type { FeedKind, FeedRefusal } from '../../../src/contract/province/feed.ts'
import type { FeedStore } from '../../../src/main/sync/ports.ts'

export interface MemoryFeed extends FeedStore {
  /** `results 3 {…}`, `parked staff 1 BAD_SIGNATURE`, in order. */
  readonly log: readonly string[]
  /** The next item of this kind is refused by what the store already holds. */
  conflictNext(kind: FeedKind, code: FeedRefusal['code']): void
}

export function memoryFeed(): MemoryFeed {
  const cursors = new Map<FeedKind, number>()
  const refusals: { kind: FeedKind; cursor: number; code: FeedRefusal['code']; told: boolean }[] =
    []
  const conflicts = new Map<FeedKind, FeedRefusal['code']>()
  const log: string[] = []
  return {
    log,
    conflictNext: (kind, code) => void conflicts.set(kind, code),
    cursor: (kind) => cursors.get(kind) ?? 0,
    apply(kind, cursor, item) {
      const conflict = conflicts.get(kind)
      conflicts.delete(kind)
      if (conflict) return conflict
      cursors.set(kind, cursor)
      log.push(`${kind} ${cursor} ${JSON.stringify(item)}`)
      return undefined
    },
    parkItem(kind, cursor, code) {
      cursors.set(kind, cursor)
      refusals.push({ kind, cursor, code, told: false })
      log.push(`parked ${kind} ${cursor} ${code}`)
    },
    untoldRefusals: () => refusals.filter(({ told }) => !told),
    markRefusalTold(kind, cursor) {
      const refusal = refusals.find((known) => known.kind === kind && known.cursor === cursor)
      if (!refusal) throw new Error('no such refusal')
      refusal.told = true
      log.push(`told ${kind} ${cursor}`)
    },
  }
}
