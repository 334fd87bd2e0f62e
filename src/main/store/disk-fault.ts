import { asStoreFault, StoreFault, type StoreFaultCode } from './store-fault.ts'

/** What a disk can do to a program that is right. */
export type DiskFault = 'DISK_FULL' | 'DISK_ERROR'

const byErrno: Readonly<Record<string, DiskFault>> = {
  ENOSPC: 'DISK_FULL',
  EDQUOT: 'DISK_FULL',
  EIO: 'DISK_ERROR',
  EROFS: 'DISK_ERROR',
}

/** SQLite says "malformed" of a page that could not be read, too: whether it is so the next start finds out. */
const byCode: Readonly<Partial<Record<StoreFaultCode, DiskFault>>> = {
  DISK_FULL: 'DISK_FULL',
  DISK_ERROR: 'DISK_ERROR',
  CORRUPT: 'DISK_ERROR',
}

/** Whether the disk is to blame for an error, whoever came upon it: the database, or a file beside it. */
export function diskFaultOf(error: unknown): DiskFault | undefined {
  const fault = asStoreFault(error)
  if (fault instanceof StoreFault) return byCode[fault.code]
  return error instanceof Error && 'code' in error ? byErrno[String(error.code)] : undefined
}
