import { StoreConflict } from './store-conflict.ts'

/** `REFUSED_*`: the store does not start, and the sentence says what to do. */
export type StoreFaultCode =
  | 'DISK_FULL'
  | 'DISK_ERROR'
  | 'CORRUPT'
  | 'REFUSED_NEWER_SCHEMA'
  | 'REFUSED_FOREIGN_FILE'
  | 'REFUSED_PRAGMA'
  | 'REFUSED_SQLITE_VERSION'
  | 'REFUSED_OTHER_KIOSK'
  | 'REFUSED_OWNER'
  | 'REFUSED_READ_ONLY'
  | 'REFUSED_COMPARTMENT_IN_USE'

export class StoreFault extends Error {
  override readonly name = 'StoreFault'
  readonly code: StoreFaultCode

  constructor(code: StoreFaultCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
  }
}

/** Names what the disk did, and broken rules of the tables; anything else passes through as it is. */
export function asStoreFault(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  const code = String(error.code)
  if (code.startsWith('SQLITE_CONSTRAINT')) return new StoreConflict(error.message)
  if (code === 'SQLITE_FULL') return new StoreFault('DISK_FULL', 'The disk is full', error)
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new StoreFault('CORRUPT', 'The database file is damaged', error)
  }
  if (/^SQLITE_(IOERR|READONLY|CANTOPEN)/.test(code)) {
    return new StoreFault('DISK_ERROR', `The disk failed (${code})`, error)
  }
  return error
}

/** For work that can wait until there is room again; everything else that fails is a crash. */
export function unlessDiskFull(work: () => void, onFull: (error: StoreFault) => void): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof StoreFault) || error.code !== 'DISK_FULL') throw error
    onFull(error)
  }
}
