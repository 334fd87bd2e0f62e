import { dirname, join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { applicationId } from './application-id.ts'
import type { BackupLimits, BackupTime } from './backup/expire-backups.ts'
import { makeBackup } from './backup/make-backup.ts'
import type { Migration } from './migrations/migration.ts'
import { StoreFault } from './store-fault.ts'

/** Where the backup of what was there goes, and when it was. */
export interface MigrationBackup {
  readonly secondFolder?: string | undefined
  readonly at: Date
  readonly time: BackupTime
  readonly limits: BackupLimits
}

export function backupFolderOf(dataFolder: string): string {
  return join(dataFolder, 'backups')
}

/**
 * Brings the schema up to date, all pending migrations in one transaction, after a backup of what was there.
 * Throws `StoreFault` REFUSED_NEWER_SCHEMA or REFUSED_FOREIGN_FILE without touching the file, and what a backup
 * throws: without one nothing is migrated.
 */
export function migrate(
  db: Database,
  path: string,
  migrations: readonly Migration[],
  backupTo: MigrationBackup,
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
  const pending = migrations
    .filter((migration) => migration.version > from)
    .sort((a, b) => a.version - b.version)
  if (pending.length === 0) return { from, to: from, backup: null }

  const backup =
    from === 0
      ? null
      : makeBackup({
          database: path,
          folder: backupFolderOf(dirname(path)),
          secondFolder: backupTo.secondFolder,
          reason: 'before-migration',
          ...backupTo,
          schemas: migrations.map(({ version }) => version),
        }).name
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
