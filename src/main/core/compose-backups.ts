import { type BackupSchedule, createBackupSchedule } from '../store/backup/backup-schedule.ts'
import type { BackupLimits, BackupTime } from '../store/backup/expire-backups.ts'
import { backupFolderOf } from '../store/migrate.ts'
import type { Store } from '../store/open-store.ts'
import type { KioskConfig } from './config/kiosk-config.ts'
import type { Logger } from './log.ts'
import { systemClockSynchronised, systemFlowClock } from './system-clock.ts'
import { tellCondition } from './tell-condition.ts'

const dayMs = 86_400_000
const megabyte = 1_000_000

export function backupLimits({ retention, limits }: KioskConfig): BackupLimits {
  return {
    lifeMs: retention.backupDays * dayMs,
    capBytes: limits.backupMegabytes * megabyte,
  }
}

/** All that a restore looks into. */
export function backupFolders({ dataFolder, backupFolder }: KioskConfig): readonly string[] {
  const own = backupFolderOf(dataFolder)
  return backupFolder === undefined ? [own] : [own, backupFolder]
}

export function backupTime({ runningMs }: { runningMs(): number }): BackupTime {
  return { runningMs: runningMs(), knownWallMs: knownWallMs() }
}

const knownWallMs = () => (systemClockSynchronised() ? Date.now() : undefined)

/** Backups by the hour; what fails is in the log, on the technician's screen and at the province. */
export function composeBackups(parts: {
  readonly config: KioskConfig
  readonly store: Store
  readonly runningMs: () => number
  readonly log: Logger
}): BackupSchedule {
  const { config, store, log } = parts
  const tell = tellCondition(store, 'backup', log)
  return createBackupSchedule({
    dataFolder: config.dataFolder,
    secondFolder: config.backupFolder,
    limits: backupLimits(config),
    everyMs: config.timeouts.backupEveryMs,
    clock: {
      now: () => systemFlowClock.now(),
      runningMs: parts.runningMs,
      knownWallMs,
      setTimer: systemFlowClock.setTimer,
    },
    onCap: (isReached) => tell(isReached ? 'CAP_REACHED' : null, isReached ? null : 'CAP_REACHED'),
    onMade: ({ name, bytes, facts }) =>
      log.info({ name, bytes, auditSequence: facts.auditHead.sequence }, 'backup'),
    onChange(failed) {
      const reason = 'BACKUP_FAILED'
      const state = failed === null ? 'online' : 'needsAttendant'
      log[failed === null ? 'info' : 'error']({ code: failed, state }, reason)
      try {
        const at = new Date().toISOString()
        store.enqueue({
          kind: 'fault',
          lane: 'kiosk',
          body: { device: 'backup', reason, state, at },
        })
      } catch {
        // The disk that takes no backup may take no message either; the log and the screen have it.
      }
    },
  })
}
