import type { ReasonCode } from '../../../contract/faults.ts'

export type RunEnd =
  | { readonly end: 'fed' }
  | { readonly end: 'nothingMoved' | 'stopped' | 'unclear'; readonly reason: ReasonCode }

/**
 * What the end of a batch means. The exit code alone tells little: an empty feeder exits with 0, and a page that
 * failed is counted in scanimage's own last line; so the pages that exist decide.
 * @param code exit code: the SANE status of the last call, or 1 for scanimage's own troubles
 * @param pages pages that were announced
 * @param openFailure from stderr: the device could not even be opened
 */
export function runEnd(code: number, pages: number, openFailure: ReasonCode | undefined): RunEnd {
  if (openFailure !== undefined) return { end: 'nothingMoved', reason: openFailure }
  switch (code) {
    case 0: // GOOD
    case 7: // NO_DOCS
      return pages > 0 ? { end: 'fed' } : { end: 'nothingMoved', reason: 'FEEDER_EMPTY' }
    case 5: // EOF: a backend that knows one page a call
      return pages > 0 ? { end: 'fed' } : { end: 'stopped', reason: 'SCANNER_ERROR' }
    case 2: // CANCELLED
      return { end: 'stopped', reason: 'SCAN_CANCELLED' }
    case 3: // DEVICE_BUSY
      return pages > 0
        ? { end: 'stopped', reason: 'PORT_BUSY' }
        : { end: 'nothingMoved', reason: 'PORT_BUSY' }
    case 6: // JAMMED: also a double feed
      return { end: 'stopped', reason: 'JAM' }
    case 8: // COVER_OPEN
      return { end: 'stopped', reason: 'COVER_OPEN' }
    case 9: // IO_ERROR
      return { end: 'stopped', reason: 'DISCONNECTED' }
    case 11: // ACCESS_DENIED
      return { end: 'stopped', reason: 'PERMISSION' }
    case 126: // a launcher before scanimage could not run it
    case 127:
      return { end: 'nothingMoved', reason: 'PROGRAM_MISSING' }
    case 1: // bad arguments, a full disk, SANE_STATUS_UNSUPPORTED
    case 4: // INVAL
    case 10: // NO_MEM
      return { end: 'stopped', reason: 'SCANNER_ERROR' }
    default: // 134 after abort(), 128 + n after a signal inside a launcher
      return { end: 'unclear', reason: 'SCANNER_ERROR' }
  }
}
