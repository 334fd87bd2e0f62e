import Database from 'better-sqlite3'

export type Connection = Database.Database

/** The WAL-reset corruption race of older releases is fixed from here on. */
const oldestSqlite = [3, 51, 3] as const

const pragmas = [
  ['journal_mode', 'wal'],
  // The build's default is NORMAL, which may lose the last commits: a receipt would outlive its message.
  ['synchronous', 2],
  ['foreign_keys', 1],
  ['trusted_schema', 0],
  // What is erased must not lie on in the pages of the file that it left.
  ['secure_delete', 1],
] as const

/** Opens the file with every safety setting on and read back; throws when one did not take. */
export function openConnection(file: string): Connection {
  const db = new Database(file, { timeout: 5000 })
  try {
    for (const [name, value] of pragmas) {
      db.pragma(`${name} = ${value}`)
      const actual = db.pragma(name, { simple: true })
      if (actual !== value) throw new Error(`${file}: ${name} is ${actual}, not ${value}`)
    }
    const version = String(db.prepare('SELECT sqlite_version()').pluck().get())
    if (!isAtLeast(version, oldestSqlite)) {
      throw new Error(`SQLite ${version} is older than ${oldestSqlite.join('.')}`)
    }
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function isAtLeast(version: string, oldest: readonly number[]): boolean {
  const numbers = version.split('.').map(Number)
  for (const [index, wanted] of oldest.entries()) {
    const actual = numbers[index] ?? 0
    if (actual !== wanted) return actual > wanted
  }
  return true
}

/** Runs `work` in a write transaction that is begun at once, so that it never fails half way on a lock. */
export function inTransaction<T>(db: Connection, work: () => T): T {
  return db.transaction(work).immediate()
}
