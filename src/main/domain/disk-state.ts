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
const easedBy = 1.1

const severity: Readonly<Record<DiskState, number>> = { good: 0, low: 1, full: 2 }

export function diskState(
  reading: DiskReading,
  { lowBytes, fullBytes }: DiskLimits,
  before: DiskState,
): DiskState {
  const isBelow = (state: DiskState, bytes: number, files: number) => {
    const ease = severity[before] >= severity[state] ? easedBy : 1
    const { freeBytes, freeFiles } = reading
    return freeBytes < bytes * ease || (freeFiles !== null && freeFiles < files * ease)
  }
  if (isBelow('full', fullBytes, fullFiles)) return 'full'
  return isBelow('low', lowBytes, lowFiles) ? 'low' : 'good'
}

export function diskReason(state: DiskState): ReasonCode | undefined {
  if (state === 'good') return undefined
  return state === 'low' ? 'DISK_LOW' : 'DISK_FULL'
}
