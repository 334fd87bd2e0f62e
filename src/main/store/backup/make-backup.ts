import { createHash } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  copyFileSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { fsyncFile } from '../fsync-file.ts'
import { fsyncFolder } from '../fsync-folder.ts'
import { privateFolder } from '../private-folder.ts'
import { asStoreFault, StoreFault } from '../store-fault.ts'
import { type BackupReason, backupName, unfinishedPrefix } from './backup-name.ts'
import { type BackupLimits, type BackupTime, expireBackups } from './expire-backups.ts'
import { type DatabaseFacts, readBackup } from './read-backup.ts'

export interface BackupRequest {
  /** The database, also while core writes to it. */
  readonly database: string
  readonly folder: string
  /** A second path, another disk where there is one. */
  readonly secondFolder: string | undefined
  readonly reason: BackupReason
  readonly at: Date
  readonly time: BackupTime
  readonly limits: BackupLimits
  /** Schema versions that this program knows. */
  readonly schemas: readonly number[]
}

export interface MadeBackup {
  readonly name: string
  readonly bytes: number
  readonly facts: DatabaseFacts
  /** Older ones that went before their time, on either path: there is no more room for them. */
  readonly overCap: number
  /** Why there is no copy on the second path, if there should be one. */
  readonly secondPathFailed: string | null
}

/**
 * Copies the database as of one moment, without what was deleted from it, fsyncs the copy, opens and checks it, and
 * only then gives it its name; then deletes what is too old. Blocks for as long as that takes: in core only in a
 * thread of its own, or before it serves. Throws `StoreFault`; what was there before is still there then.
 */
export function makeBackup(request: BackupRequest): MadeBackup {
  const { folder, secondFolder } = request
  const name = backupName(request.reason, request.time.runningMs, request.at)
  const unfinished = join(folder, `${unfinishedPrefix}${name}`)
  try {
    privateFolder(folder)
    expireBackups(folder, request.limits, request.time)
    const leastAudit = copyDatabase(request.database, unfinished)
    const facts = readBackup(unfinished, request.schemas)
    if (facts.auditHead.sequence < leastAudit) {
      throw new StoreFault('CORRUPT', 'the backup holds less than the database did before it')
    }
    renameSync(unfinished, join(folder, name))
    fsyncFolder(folder)
    const here = expireBackups(folder, request.limits, request.time)
    const second =
      secondFolder === undefined ? undefined : copyToSecond(request, name, secondFolder)
    return {
      name,
      bytes: statSync(join(folder, name)).size,
      facts,
      overCap: here + (second?.overCap ?? 0),
      secondPathFailed: second?.failed ?? null,
    }
  } catch (error) {
    removeIfThere(unfinished)
    throw asStoreFault(error)
  }
}

/** @returns the newest audit row that the copy must hold */
function copyDatabase(database: string, to: string): number {
  const db = new Sqlite(database, { fileMustExist: true, timeout: 2_000 })
  try {
    const newest = db.prepare<[], number | null>('SELECT max(sequence) FROM audit').pluck().get()
    db.prepare('VACUUM INTO ?').run(to)
    chmodSync(to, 0o600)
    fsyncFile(to)
    return newest ?? 0
  } finally {
    db.close()
  }
}

/** The second path may be gone: that takes nothing from the first. `failed`: the reason, null when it is there. */
function copyToSecond(
  request: BackupRequest,
  name: string,
  secondFolder: string,
): { readonly failed: string | null; readonly overCap: number } {
  const unfinished = join(secondFolder, `${unfinishedPrefix}${name}`)
  try {
    privateFolder(secondFolder)
    expireBackups(secondFolder, request.limits, request.time)
    copyFileSync(join(request.folder, name), unfinished)
    chmodSync(unfinished, 0o600)
    fsyncFile(unfinished)
    if (hashOf(unfinished) !== hashOf(join(request.folder, name)))
      return { failed: 'DIFFERS', overCap: 0 }
    renameSync(unfinished, join(secondFolder, name))
    fsyncFolder(secondFolder)
    return { failed: null, overCap: expireBackups(secondFolder, request.limits, request.time) }
  } catch (error) {
    removeIfThere(unfinished)
    const failed = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN'
    return { failed, overCap: 0 }
  }
}

/** A folder that is gone or no folder has nothing to clear away. */
function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // The next backup looks for what was left.
  }
}

/** Piece by piece: a backup may be larger than what a thread may hold. */
function hashOf(path: string): string {
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafe(1 << 20)
  const descriptor = openSync(path, 'r')
  try {
    for (let got = readSync(descriptor, piece); got > 0; got = readSync(descriptor, piece)) {
      hash.update(piece.subarray(0, got))
    }
    return hash.digest('hex')
  } finally {
    closeSync(descriptor)
  }
}
