import { type DiskFault, diskFaultOf } from '../../store/disk-fault.ts'
import { openTextMark } from './text-mark.ts'

/** That the disk ended core, for the next core to tell: the one that ends can write nothing down any more. */
export interface DiskFaultMark {
  /** What the disk did to the last core; undefined when it ended otherwise. */
  readonly endedLast: DiskFault | undefined
  /** Call with what ends core. @returns whether the disk is to blame */
  noteEnd(error: unknown): boolean
}

export function openDiskFaultMark(path: string): DiskFaultMark {
  const mark = openTextMark(path)
  const { last } = mark
  mark.clear()
  return {
    endedLast: last === 'DISK_FULL' || last === 'DISK_ERROR' ? last : undefined,
    noteEnd(error) {
      const fault = diskFaultOf(error)
      if (fault !== undefined) mark.note(fault)
      return fault !== undefined
    },
  }
}
