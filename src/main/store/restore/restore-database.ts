import { chmodSync, copyFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { listBackups } from '../backup/list-backups.ts'
import { type DatabaseFacts, readBackup } from '../backup/read-backup.ts'
import { databaseFileName } from '../connection.ts'
import { fsyncFile } from '../fsync-file.ts'
import { fsyncFolder } from '../fsync-folder.ts'
import { privateFolder } from '../private-folder.ts'
import { StoreFault } from '../store-fault.ts'
import type { Damage } from './examine-database.ts'
import { damagedFolderOf, setAside } from './set-aside.ts'

export interface RestoreRequest {
  readonly dataFolder: string
  /** Where backups lie, in the order in which they are asked when two are of one moment. */
  readonly backupFolders: readonly string[]
  readonly kioskId: string
  readonly damage: Damage
  readonly at: Date
  readonly schemas: readonly number[]
}

export interface RestoredFile {
  /** Folder under `damaged/`; null when there was nothing to set aside. */
  readonly setAside: string | null
  /** What took its place: a backup, or the older file itself where none is newer; null: nothing good was left. */
  readonly source: { readonly name: string; readonly facts: DatabaseFacts } | null
  /** Backups that could not be used: name and fault code. */
  readonly unusable: readonly (readonly [string, string])[]
}

interface Candidate {
  readonly name: string
  readonly path: string
  readonly facts: DatabaseFacts
}

const unfinishedName = `.restoring-${databaseFileName}`

/**
 * Sets the damaged file aside and puts the newest good copy in its place. Killed in between, the next start finds
 * no database, or one that is older than it should be, and begins again.
 */
export function restoreDatabase(request: RestoreRequest): RestoredFile {
  const { dataFolder, damage, at } = request
  privateFolder(dataFolder)
  const aside = setAside(dataFolder, damage, at)
  const unusable: (readonly [string, string])[] = []
  const take = (name: string, path: string): Candidate | undefined => {
    try {
      const facts = readBackup(path, request.schemas)
      if (facts.kioskId === request.kioskId) return { name, path, facts }
      unusable.push([name, 'REFUSED_OTHER_KIOSK'])
    } catch (error) {
      unusable.push([name, error instanceof StoreFault ? error.code : 'UNREADABLE'])
    }
    return undefined
  }

  const backup = newestGood(request.backupFolders, take)
  // It was whole and ours, only not the last: it may still be newer than any backup.
  const older =
    damage === 'OLDER' && aside !== null
      ? take(aside, join(damagedFolderOf(dataFolder), aside, databaseFileName))
      : undefined
  const source = newer(older, backup)
  if (source !== undefined) putInPlace(source.path, dataFolder)
  return {
    setAside: aside,
    source: source === undefined ? null : { name: source.name, facts: source.facts },
    unusable,
  }
}

function newestGood(
  folders: readonly string[],
  take: (name: string, path: string) => Candidate | undefined,
): Candidate | undefined {
  const all = folders.flatMap((folder) => listBackups(folder).map((one) => ({ ...one, folder })))
  // Sorting is stable: of two copies of one backup the first path's is asked first.
  all.sort((a, b) => b.runningMs - a.runningMs || b.at.getTime() - a.at.getTime())
  for (const { name, folder } of all) {
    const candidate = take(name, join(folder, name))
    if (candidate !== undefined) return candidate
  }
  return undefined
}

function newer(a: Candidate | undefined, b: Candidate | undefined): Candidate | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return a.facts.auditHead.sequence >= b.facts.auditHead.sequence ? a : b
}

function putInPlace(from: string, dataFolder: string): void {
  const unfinished = join(dataFolder, unfinishedName)
  rmSync(unfinished, { force: true })
  copyFileSync(from, unfinished)
  chmodSync(unfinished, 0o600)
  fsyncFile(unfinished)
  renameSync(unfinished, join(dataFolder, databaseFileName))
  fsyncFolder(dataFolder)
}
