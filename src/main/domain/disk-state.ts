import type { ReasonCode } from '../../contract/faults.ts'

export interface DiskReading {
  readonly freeBytes: number
  /** Null where the file system has no fixed number of files. */
  readonly freeFiles: number | null
}

export interface DiskLimits {
  /** Below it somebody is told. */
  readonly lowBytes: number
  /** Below it no intake begins: one that has begun must be able to end. */
  readonly fullBytes: number
}

export type DiskState = 'good' | 'low' | 'full'

const lowFiles = 2_000
const fullFiles = 500
/** Back to the better state only with some room above the limit: one message more must not take it away again. */
const easedPercent = 110

const severity: Readonly<Record<DiskState, number>> = { good: 0, low: 1, full: 2 }

export function diskState(
  reading: DiskReading,
  { lowBytes, fullBytes }: DiskLimits,
  before: DiskState,
): DiskState {
  const isBelow = (state: DiskState, bytes: number, files: number) => {
    const percent = severity[before] >= severity[state] ? easedPercent : 100
    const isLess = (free: number, limit: number) => free * 100 < limit * percent
    const { freeBytes, freeFiles } = reading
    return isLess(freeBytes, bytes) || (freeFiles !== null && isLess(freeFiles, files))
  }
  if (isBelow('full', fullBytes, fullFiles)) return 'full'
  return isBelow('low', lowBytes, lowFiles) ? 'low' : 'good'
}

export function diskReason(state: DiskState): ReasonCode | undefined {
  if (state === 'good') return undefined
  return state === 'low' ? 'DISK_LOW' : 'DISK_FULL'
}
