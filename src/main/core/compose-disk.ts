import type { Ballast } from '../store/ballast.ts'
import type { DiskFault } from '../store/disk-fault.ts'
import type { Store } from '../store/open-store.ts'
import type { KioskConfig } from './config/kiosk-config.ts'
import type { Logger } from './log.ts'
import { createDiskWatch, type DiskWatch } from './process/disk-watch.ts'
import { systemFlowClock } from './system-clock.ts'
import { tellCondition } from './tell-condition.ts'

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
  readonly endedLast: DiskFault | undefined
  readonly log: Logger
  readonly onChange: () => void
}): DiskWatch {
  const { config, store, log } = parts
  const tell = tellCondition(store, 'disk', log)
  const { limits } = config
  return createDiskWatch({
    folders: [config.dataFolder, config.journalFolder],
    limits: {
      lowBytes: limits.freeDiskMegabytes * megabyte,
      fullBytes: limits.fullDiskMegabytes * megabyte,
    },
    everyMs: config.timeouts.diskCheckMs,
    ballast: parts.ballast,
    endedLast: parts.endedLast,
    setTimer: systemFlowClock.setTimer,
    told: store.conditions.told('disk'),
    onChange(now, before) {
      const isTold = tell(now, before)
      parts.onChange()
      return isTold
    },
  })
}
