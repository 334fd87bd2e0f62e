import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { databaseFileName } from '../connection.ts'

/** Every row of every table, by a connection of its own; also what a crash has left in the WAL. */
export function dumpDatabase(folder: string): Record<string, unknown[]> {
  const db = new Sqlite(join(folder, databaseFileName))
  try {
    const damage = db.pragma('integrity_check', { simple: true })
    if (damage !== 'ok') throw new Error(`integrity_check: ${String(damage)}`)
    const names = db
      .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
      .pluck()
      .all()
    return Object.fromEntries(
      names.map((name) => [name, db.prepare(`SELECT * FROM "${name}" ORDER BY rowid`).all()]),
    )
  } finally {
    db.close()
  }
}
