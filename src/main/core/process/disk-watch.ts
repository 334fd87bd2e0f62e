import { statfs } from 'node:fs/promises'
import type { DeviceReport } from '../../../contract/diagnosis.ts'
import type { ReasonCode } from '../../../contract/faults.ts'
import {
  type DiskLimits,
  type DiskReading,
  type DiskState,
  diskReason,
  diskState,
} from '../../domain/disk-state.ts'
import type { Ballast } from '../../store/ballast.ts'

export type ReadDisk = (folder: string) => Promise<DiskReading>

export const readDisk: ReadDisk = async (folder) => {
  const { bavail, bsize, files, ffree } = await statfs(folder)
  return { freeBytes: bavail * bsize, freeFiles: files > 0 ? ffree : null }
}

export interface DiskWatchPorts {
  /** Where core writes; of several disks the worst counts. */
  readonly folders: readonly string[]
  readonly limits: DiskLimits
  readonly everyMs: number
  readonly read?: ReadDisk
  readonly ballast: Ballast
  readonly setTimer: (delayMs: number, fire: () => void) => () => void
  /** What was last told, before the restart. */
  readonly told?: ReasonCode | null
  /** `null`: good again, after the reason that was told before. */
  onChange(reason: ReasonCode | null, before: ReasonCode | null): void
}

export interface DiskWatch {
  /** Looks again and again from now on. */
  start(): void
  /** Looks now. */
  look(): Promise<void>
  /** Why no intake may begin, if so. */
  takesIntakeAway(): ReasonCode | undefined
  report(): DeviceReport
  stop(): void
}

/** Disk space as a device: it says that it will be missing before it is, and takes the intake away in time. */
export function createDiskWatch(ports: DiskWatchPorts): DiskWatch {
  const { folders, limits, read = readDisk, ballast } = ports
  let state: DiskState | 'error' = 'good'
  let least: DiskReading | undefined
  let told = ports.told ?? null
  let stopped = false
  let cancelTimer = () => {}

  const reason = (): ReasonCode | undefined =>
    state === 'error' ? 'DISK_ERROR' : diskReason(state)

  async function look(): Promise<void> {
    try {
      const readings = await Promise.all(folders.map(read))
      least = {
        freeBytes: Math.min(...readings.map(({ freeBytes }) => freeBytes)),
        freeFiles: leastFiles(readings),
      }
      state = diskState(least, limits, state === 'error' ? 'good' : state)
    } catch {
      state = 'error'
    }
    if (stopped) return
    if (state === 'full') ballast.releaseIfEmpty()
    const now = reason() ?? null
    if (now !== told) {
      const before = told
      told = now
      ports.onChange(now, before)
    }
  }

  async function tend(): Promise<void> {
    await look()
    if (stopped) return
    if (state === 'good' || state === 'low') await ballast.restore()
    if (!stopped) cancelTimer = ports.setTimer(ports.everyMs, () => void tend())
  }

  return {
    start: () => void tend(),
    look,
    takesIntakeAway: () => (state === 'full' || state === 'error' ? reason() : undefined),
    report() {
      const code = reason()
      return {
        id: 'disk',
        state: state === 'good' ? 'online' : state === 'error' ? 'broken' : 'needsAttendant',
        reasons: code === undefined ? [] : [code],
        identity: {},
        counters: {
          freeMegabytes: Math.floor((least?.freeBytes ?? 0) / 1_000_000),
          ...(least?.freeFiles != null && { freeFiles: least.freeFiles }),
        },
        lastTest: null,
      }
    },
    stop() {
      stopped = true
      cancelTimer()
    },
  }
}

function leastFiles(readings: readonly DiskReading[]): number | null {
  const counted = readings.map(({ freeFiles }) => freeFiles).filter((files) => files !== null)
  return counted.length === 0 ? null : Math.min(...counted)
}
