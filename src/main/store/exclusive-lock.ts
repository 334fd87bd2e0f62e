import Sqlite from 'better-sqlite3'

/** A lock that nobody refers to any more would be collected, and let go with it. */
const held = new Set<Sqlite.Database>()

/**
 * An exclusive lock on a small file of its own, held by the operating system (fcntl, LockFileEx on Windows)
 * for as long as the process lives: SIGKILL releases it. `undefined` when somebody else holds it.
 *
 * POSIX drops such a lock when the process closes any descriptor of the file: nobody else may open it.
 */
export function takeExclusiveLock(path: string): { release(): void } | undefined {
  const db = new Sqlite(path, { timeout: 0 })
  try {
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      return undefined
    }
    throw error
  }
  held.add(db)
  return {
    release() {
      held.delete(db)
      db.close()
    },
  }
}
