import type { Database } from 'better-sqlite3'
import { asStoreFault } from './store-fault.ts'
import type { CommitEffect, StoreTap } from './store-tap.ts'

export type Transact = <T>(effect: CommitEffect, work: () => T) => T

/**
 * BEGIN IMMEDIATE and COMMIT written out, so that the tap really sits on both sides of the commit. When it
 * returns the work is on the disk (synchronous=FULL); when it throws nothing of it is.
 */
export function transactions(
  db: Database,
  tap: StoreTap | undefined,
  onCommitted: () => void = () => {},
): Transact {
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const rollback = db.prepare('ROLLBACK')
  return (effect, work) => {
    begin.run()
    try {
      const result = work()
      tap?.({ phase: 'before', effect })
      commit.run()
      tap?.({ phase: 'after', effect })
      onCommitted()
      return result
    } catch (error) {
      // SQLite has already rolled back by itself after some errors, such as a full disk.
      if (db.inTransaction) rollback.run()
      throw asStoreFault(error)
    }
  }
}
