import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fsyncFolder } from '../fsync-folder.ts'
import { type BackupName, unfinishedPrefix } from './backup-name.ts'
import { listBackups, namesIn } from './list-backups.ts'

export interface BackupLimits {
  /** At most seven days: what was deleted from the database must not live on in its backups. */
  readonly lifeMs: number
  readonly capBytes: number
}

export interface BackupTime {
  readonly runningMs: number
  /** The wall clock, while the operating system vouches for it. */
  readonly knownWallMs: number | undefined
}

const dayMs = 86_400_000

export const defaultBackupLimits: BackupLimits = { lifeMs: 7 * dayMs, capBytes: 2_000_000_000 }

/**
 * Deletes what is too old, what a crash left unfinished, all but the newest of each day that is over, and the
 * oldest ones above the cap. The newest stays unless it is too old. Age counts by running time, and by the wall
 * clock only while that is vouched for: a clock that jumps must not take all backups away.
 * @returns how many went for want of room, before their time
 */
export function expireBackups(folder: string, limits: BackupLimits, time: BackupTime): number {
  const names = namesIn(folder)
  // Of programs before there was a schedule: their names tell no time.
  const leftOvers = names.filter(
    (name) => name.startsWith(unfinishedPrefix) || name.startsWith('before-migration-of-'),
  )
  const kept = new Set<string>()
  let bytes = 0
  let overCap = 0
  const days = new Set<number>()
  for (const backup of listBackups(folder)) {
    const age = ageMs(backup, time)
    if (age >= limits.lifeMs) continue
    const day = Math.floor(age / dayMs)
    if (day > 0 && days.has(day)) continue
    const size = statSync(join(folder, backup.name)).size
    if (kept.size > 0 && bytes + size > limits.capBytes) {
      overCap += 1
      continue
    }
    days.add(day)
    bytes += size
    kept.add(backup.name)
  }
  const surplus = listBackups(folder).filter(({ name }) => !kept.has(name))
  for (const name of [...leftOvers, ...surplus.map((one) => one.name)]) {
    rmSync(join(folder, name), { force: true })
  }
  if (leftOvers.length + surplus.length > 0) fsyncFolder(folder)
  return overCap
}

function ageMs(backup: BackupName, { runningMs, knownWallMs }: BackupTime): number {
  const wallAge = knownWallMs === undefined ? 0 : knownWallMs - backup.at.getTime()
  return Math.max(0, runningMs - backup.runningMs, wallAge)
}
