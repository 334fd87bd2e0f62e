import type { Ballast } from '../store/ballast.ts'
import type { Store } from '../store/open-store.ts'
import type { KioskConfig } from './config/kiosk-config.ts'
import type { Logger } from './log.ts'
import { createDiskWatch, type DiskWatch } from './process/disk-watch.ts'
import { systemFlowClock } from './system-clock.ts'

const megabyte = 1_000_000
/** No more than this lies idle. */
const mostBallastBytes = 16 * megabyte

/** Well below the limit at which the intake goes: giving it back must not bring the intake back. */
export function ballastBytes({ limits }: KioskConfig): number {
  return Math.min(mostBallastBytes, (limits.fullDiskMegabytes * megabyte) / 4)
}

/** The space on every path that core writes to; what changes is in the log and at the province. */
export function composeDisk(parts: {
  readonly config: KioskConfig
  readonly store: Store
  readonly ballast: Ballast
  readonly log: Logger
  readonly onChange: () => void
}): DiskWatch {
  const { config, store, log } = parts
  const { limits } = config
  return createDiskWatch({
    folders: [config.dataFolder, config.journalFolder],
    limits: {
      lowBytes: limits.freeDiskMegabytes * megabyte,
      fullBytes: limits.fullDiskMegabytes * megabyte,
    },
    everyMs: config.timeouts.diskCheckMs,
    ballast: parts.ballast,
    setTimer: systemFlowClock.setTimer,
    onChange(now, before) {
      const at = new Date().toISOString()
      const state = now === null ? 'online' : now === 'DISK_ERROR' ? 'broken' : 'needsAttendant'
      const reason = now ?? before ?? 'DISK_LOW'
      log[now === null ? 'info' : 'error']({ reason, state }, 'disk')
      try {
        store.enqueue({ kind: 'fault', lane: 'kiosk', body: { device: 'disk', reason, state, at } })
      } catch {
        // A full disk cannot write down that it is full; log, screen and heartbeat say it.
      }
      parts.onChange()
    },
  })
}
