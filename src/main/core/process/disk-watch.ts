import { open, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
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
import { type DiskFault, diskFaultOf } from '../../store/disk-fault.ts'

export type ReadDisk = (folder: string) => Promise<DiskReading>

export const readDisk: ReadDisk = async (folder) => {
  const { bavail, bsize, files, ffree } = await statfs(folder)
  return { freeBytes: bavail * bsize, freeFiles: files > 0 ? ffree : null }
}

export type TryDisk = (folder: string) => Promise<DiskFault | undefined>

/** Whether a small file can be made and flushed: free space alone says nothing of errors, mounts and quotas. */
export const tryDisk: TryDisk = async (folder) => {
  const path = join(folder, '.disk-watch')
  try {
    const file = await open(path, 'w', 0o600)
    try {
      await file.write(path)
      await file.sync()
    } finally {
      await file.close()
    }
    await rm(path)
    return undefined
  } catch (error) {
    return diskFaultOf(error) ?? 'DISK_ERROR'
  }
}

/** A disk that comes and goes is told by its last words. */
const mostUntold = 4

export interface DiskWatchPorts {
  /** Where core writes; of several disks the worst counts. */
  readonly folders: readonly string[]
  readonly limits: DiskLimits
  readonly everyMs: number
  readonly read?: ReadDisk
  readonly tries?: TryDisk
  /** What ended the last core: told, also where the disk has come to itself since. */
  readonly endedLast?: DiskFault | undefined
  readonly ballast: Ballast
  readonly setTimer: (delayMs: number, fire: () => void) => () => void
  /** What was last told, before the restart. */
  readonly told?: ReasonCode | null
  /** `null`: good again, after the reason that was told before. @returns whether it was told; if not, once more later */
  onChange(reason: ReasonCode | null, before: ReasonCode | null): boolean
}

export interface DiskWatch {
  /** Looks again and again from now on. */
  start(): void
  /** Looks now. */
  look(): Promise<void>
  /** Something else came upon an error that may be the disk's: if so it is told, and looked at anew. */
  blame(error: unknown): void
  /** Why no intake may begin, if so. */
  takesIntakeAway(): ReasonCode | undefined
  report(): DeviceReport
  stop(): void
}

/** Disk space as a device: it says that it will be missing before it is, and takes the intake away in time. */
export function createDiskWatch(ports: DiskWatchPorts): DiskWatch {
  const { folders, limits, read = readDisk, tries = tryDisk, ballast, endedLast } = ports
  let state: DiskState | 'error' = 'good'
  let least: DiskReading | undefined
  let told = ports.told ?? null
  let untold: (readonly [ReasonCode | null, ReasonCode | null])[] = []
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
      const faults = await Promise.all(folders.map(tries))
      if (faults.includes('DISK_FULL')) state = 'full'
      if (faults.includes('DISK_ERROR')) state = 'error'
    } catch {
      state = 'error'
    }
    if (stopped) return
    if (state === 'full') ballast.releaseIfEmpty()
    tell(reason() ?? null)
  }

  function tell(now: ReasonCode | null): void {
    if (now !== told) untold = [...untold, [now, told] as const].slice(-mostUntold)
    told = now
    // The disk that fails may not take the word of it either.
    while (untold[0] !== undefined && ports.onChange(...untold[0])) untold.shift()
  }

  async function tend(): Promise<void> {
    await look()
    if (stopped) return
    if (state === 'good' || state === 'low') await ballast.restore()
    if (!stopped) cancelTimer = ports.setTimer(ports.everyMs, () => void tend())
  }

  if (endedLast !== undefined) tell(endedLast)

  return {
    start: () => void tend(),
    look,
    blame(error) {
      const fault = diskFaultOf(error)
      if (fault === undefined || stopped) return
      tell(fault)
      void look()
    },
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
          ...(endedLast !== undefined && { endedCore: 1 }),
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
