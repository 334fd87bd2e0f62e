import { join } from 'node:path'
import type { DeviceReport } from '../../../contract/diagnosis.ts'
import type { ReasonCode } from '../../../contract/faults.ts'
import { databaseFileName } from '../connection.ts'
import { backupFolderOf } from '../migrate.ts'
import { migrations } from '../migrations/migrations.ts'
import { type BackupAnswer, backUpInThread } from './back-up-in-thread.ts'
import type { BackupName } from './backup-name.ts'
import { type BackupLimits, expireBackups } from './expire-backups.ts'
import { listBackups } from './list-backups.ts'
import type { BackupRequest, MadeBackup } from './make-backup.ts'

export interface BackupSchedulePorts {
  readonly dataFolder: string
  readonly secondFolder: string | undefined
  readonly limits: BackupLimits
  readonly everyMs: number
  readonly clock: {
    now(): Date
    runningMs(): number
    /** The wall clock, while the operating system vouches for it. */
    knownWallMs(): number | undefined
    setTimer(delayMs: number, fire: () => void): () => void
  }
  readonly backUp?: (request: BackupRequest) => Promise<BackupAnswer>
  onMade(made: MadeBackup): void
  /** Once when backups begin to fail, and `null` once when they are good again. */
  onChange(failed: string | null): void
  /** Once when backups begin to go before their time for want of room, and once when they do not any more. */
  onCap(isReached: boolean): void
}

export interface BackupSchedule {
  start(): void
  /** Makes one now, or waits for the one that is being made. */
  run(): Promise<void>
  /** As technicians see it: a device like any other. */
  report(): DeviceReport
  /** A backup that is being made is left to its thread. */
  stop(): void
}

const lookMs = 60_000
const dayMs = 86_400_000
/** After a failure it is tried again before the hour is over. */
const triesAnHour = 6

/** A backup an hour of running time. What fails is told once and takes no service away. */
export function createBackupSchedule(ports: BackupSchedulePorts): BackupSchedule {
  const { dataFolder, clock, everyMs } = ports
  const { backUp = backUpInThread } = ports
  const folder = backupFolderOf(dataFolder)
  let failed: string | null = null
  let lastTryMs: number | undefined
  /** When a backup last went before its time. */
  let cappedMs: number | undefined
  let toldCapped = false
  let running: Promise<void> | undefined
  let cancelTimer = () => {}
  let stopped = false

  const time = () => ({ runningMs: clock.runningMs(), knownWallMs: clock.knownWallMs() })

  function isDue(): boolean {
    const [newest] = there()
    const goodMs = newest?.reason === 'hourly' ? newest.runningMs : undefined
    const sinceGood = goodMs === undefined ? everyMs : clock.runningMs() - goodMs
    const sinceTry = lastTryMs === undefined ? everyMs : clock.runningMs() - lastTryMs
    // A running time that was lost and begins anew must not wait for the old one.
    return (sinceGood >= everyMs || sinceGood < 0) && sinceTry >= everyMs / triesAnHour
  }

  /** For a day: with each hour that goes into a day that is over, some room comes back. */
  function isCapped(): boolean {
    return cappedMs !== undefined && clock.runningMs() - cappedMs < dayMs
  }

  async function once(): Promise<void> {
    lastTryMs = clock.runningMs()
    const answer = await backUp({
      database: join(dataFolder, databaseFileName),
      folder,
      secondFolder: ports.secondFolder,
      reason: 'hourly',
      at: clock.now(),
      time: time(),
      limits: ports.limits,
      schemas: migrations.map(({ version }) => version),
    })
    if (stopped) return
    if (answer.ok) ports.onMade(answer.made)
    if (answer.ok) {
      if (answer.made.overCap > 0) cappedMs = clock.runningMs()
      if (isCapped() !== toldCapped) ports.onCap(isCapped())
      toldCapped = isCapped()
    }
    const code = answer.ok ? answer.made.secondPathFailed : answer.code
    if ((code === null) !== (failed === null)) ports.onChange(code)
    failed = code
  }

  function run(): Promise<void> {
    running ??= once().finally(() => {
      running = undefined
    })
    return running
  }

  function look(): void {
    if (stopped) return
    if (running === undefined && isDue()) void run()
    cancelTimer = clock.setTimer(Math.min(lookMs, everyMs), look)
  }

  return {
    start() {
      for (const one of [folder, ports.secondFolder]) {
        if (one !== undefined) expire(one)
      }
      cancelTimer = clock.setTimer(Math.min(lookMs, everyMs), look)
    },
    run,
    report() {
      const reasons: ReasonCode[] = []
      if (failed !== null) reasons.push('BACKUP_FAILED')
      if (toldCapped) reasons.push('CAP_REACHED')
      return {
        id: 'backup',
        state: reasons.length === 0 ? 'online' : 'needsAttendant',
        reasons,
        identity: {},
        counters: { kept: there().length },
        lastTest: null,
      }
    },
    stop() {
      stopped = true
      cancelTimer()
    },
  }

  /** What is too old goes at every start, also when no new one can be made. */
  function expire(one: string): void {
    try {
      expireBackups(one, ports.limits, time())
    } catch {
      // The next backup finds the same folder and says so.
    }
  }

  function there(): readonly BackupName[] {
    try {
      return listBackups(folder)
    } catch {
      return []
    }
  }
}
