import { chmodSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { fsyncFolder } from './fsync-folder.ts'
import { privateFolder } from './private-folder.ts'
import { asStoreFault, StoreFault } from './store-fault.ts'

export const databaseFileName = 'kiosk.sqlite'

/** Older ones may damage a WAL database when two connections write or checkpoint at once (3.7.0–3.51.2). */
const oldestSqlite = [3, 51, 3] as const

/** Name, value to set, value that must be read back. The build's own default for `synchronous` is NORMAL. */
const pragmas = [
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  ['trusted_schema', 'OFF', 0],
  // What is forgotten must not lie on in the pages of the file that it left.
  ['secure_delete', 'ON', 1],
  ['busy_timeout', '2000', 2000],
  // A log that a long reader has made grow shrinks again once it is folded in.
  ['journal_size_limit', '4000000', 4_000_000],
] as const

export function isNewEnoughSqlite(version: string): boolean {
  const parts = version.split('.').map(Number)
  for (const [index, least] of oldestSqlite.entries()) {
    const part = parts[index] ?? 0
    if (part !== least) return part > least
  }
  return true
}

/**
 * Opens the one writing connection of core. The file is 0600 in a 0700 folder; the folder is fsynced when the
 * file is new. Throws `StoreFault` when the file, the build or a pragma is not what the three truths need.
 */
export function openConnection(folder: string): {
  readonly db: Sqlite.Database
  readonly path: string
  readonly fresh: boolean
} {
  privateFolder(folder)
  const path = join(folder, databaseFileName)
  const fresh = !existsSync(path)
  let db: Sqlite.Database
  try {
    db = new Sqlite(path)
  } catch (error) {
    throw asStoreFault(error)
  }
  try {
    const version = db.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? ''
    if (!isNewEnoughSqlite(version)) {
      throw new StoreFault(
        'REFUSED_SQLITE_VERSION',
        `SQLite ${version} is older than ${oldestSqlite.join('.')} and may damage the database`,
      )
    }
    // The -wal and -shm files take over the mode of the database file, so it is set before they exist.
    chmodSync(path, 0o600)
    for (const [name, value, expected] of pragmas) {
      db.pragma(`${name} = ${value}`)
      const actual = db.pragma(name, { simple: true })
      if (actual !== expected) {
        throw new StoreFault('REFUSED_PRAGMA', `${name} is ${String(actual)}, not ${expected}`)
      }
    }
    if (fresh) fsyncFolder(folder)
    return { db, path, fresh }
  } catch (error) {
    db.close()
    throw asStoreFault(error)
  }
}
