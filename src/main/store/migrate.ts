import { chmodSync, readdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { fsyncFile } from './fsync-file.ts'
import { fsyncFolder } from './fsync-folder.ts'
import type { Migration } from './migrations/migration.ts'
import { privateFolder } from './private-folder.ts'
import { StoreFault } from './store-fault.ts'

/** "MC247" shortened to 32 bits: tells our files from other databases. */
const applicationId = 0x4d433234
/** Backups hold ciphertext and masked facts, and still live no longer than this. */
const backupLifeMs = 7 * 24 * 60 * 60 * 1000

/**
 * Brings the schema up to date, all pending migrations in one transaction, after a backup of what was there.
 * Throws `StoreFault` REFUSED_NEWER_SCHEMA or REFUSED_FOREIGN_FILE without touching the file.
 */
export function migrate(
  db: Database,
  path: string,
  migrations: readonly Migration[],
  now: Date,
): { readonly from: number; readonly to: number; readonly backup: string | null } {
  const from = Number(db.pragma('user_version', { simple: true }))
  const owner = Number(db.pragma('application_id', { simple: true }))
  const newest = Math.max(...migrations.map((migration) => migration.version))
  const tables = db.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get() ?? 0
  if (owner !== applicationId && (owner !== 0 || from !== 0 || tables > 0)) {
    throw new StoreFault('REFUSED_FOREIGN_FILE', `${path} is not a database of this kiosk`)
  }
  const known = from === 0 || migrations.some((migration) => migration.version === from)
  if (from > newest || !known) {
    throw new StoreFault(
      'REFUSED_NEWER_SCHEMA',
      `${path} has schema ${from}, this program knows up to ${newest}: install the newer program again`,
    )
  }
  const folder = join(dirname(path), 'backups')
  deleteOldBackups(folder, now)
  const pending = migrations
    .filter((migration) => migration.version > from)
    .sort((a, b) => a.version - b.version)
  if (pending.length === 0) return { from, to: from, backup: null }

  const backup = from === 0 ? null : backUp(db, folder, from, now)
  db.exec('BEGIN IMMEDIATE')
  try {
    for (const migration of pending) db.exec(migration.sql)
    db.pragma(`application_id = ${applicationId}`)
    db.pragma(`user_version = ${newest}`)
    const broken = db.prepare('PRAGMA foreign_key_check').all()
    if (broken.length > 0) throw new Error(`${broken.length} rows point nowhere after migrating`)
    db.exec('COMMIT')
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK')
    throw error
  }
  return { from, to: newest, backup }
}

function backUp(db: Database, folder: string, from: number, now: Date): string {
  privateFolder(folder)
  const name = `before-migration-of-${from}-${now.toISOString().replaceAll(':', '')}.sqlite`
  const backup = join(folder, name)
  rmSync(backup, { force: true })
  db.prepare('VACUUM INTO ?').run(backup)
  chmodSync(backup, 0o600)
  fsyncFile(backup)
  fsyncFolder(folder)
  return backup
}

function deleteOldBackups(folder: string, now: Date): void {
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch {
    return
  }
  for (const name of names) {
    const file = join(folder, name)
    if (now.getTime() - statSync(file).mtimeMs > backupLifeMs) rmSync(file, { force: true })
  }
}
