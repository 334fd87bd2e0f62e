import type { ReasonCode } from '../../../contract/faults.ts'
import type { Said } from './status-text.ts'

export type RunEnd =
  | { readonly end: 'fed' }
  | { readonly end: 'nothingMoved' | 'stopped' | 'unclear'; readonly reason: ReasonCode }

/**
 * What the end of a batch means. The exit code alone lies three ways: an empty feeder exits with 0, so does a run
 * that lost its device and died of a closed pipe while it cleaned up; and 1 may be anything. So the words on
 * stderr and the pages that were announced decide, the code only what they leave open.
 * @param code exit code: mostly the SANE status of the last call
 * @param pages pages that were announced; scanimage's own count includes the one that failed
 */
export function runEnd(code: number, pages: number, said: readonly Said[]): RunEnd {
  const failures = said.filter((word) => word.said === 'openFailed' || word.said === 'callFailed')
  const failure = failures[0]
  if (failure?.said === 'openFailed') return { end: 'nothingMoved', reason: failure.reason }
  if (failure !== undefined) return afterFailure(failure.reason, pages)
  if (said.some(({ said: word }) => word === 'lostDevice')) {
    return { end: 'stopped', reason: 'DISCONNECTED' }
  }
  const ended = said.some(({ said: word }) => word === 'batchEnded')
  if (ended && pages > 0 && isGoodEnd(code, said)) return { end: 'fed' }
  return withoutWords(code, pages)
}

function afterFailure(reason: ReasonCode, pages: number): RunEnd {
  if (reason === 'FEEDER_EMPTY') return pages > 0 ? { end: 'fed' } : { end: 'nothingMoved', reason }
  if (reason === 'PORT_BUSY' && pages === 0) return { end: 'nothingMoved', reason }
  return { end: 'stopped', reason }
}

/** 0: GOOD or as many pages as were asked for. 5: EOF after the one page that such a backend has. */
function isGoodEnd(code: number, said: readonly Said[]): boolean {
  return code === 0 || (code === 5 && said.some(({ said: word }) => word === 'noMorePages'))
}

function withoutWords(code: number, pages: number): RunEnd {
  switch (code) {
    case 2: // CANCELLED
      return { end: 'stopped', reason: 'SCAN_CANCELLED' }
    case 3: // DEVICE_BUSY
      return { end: pages > 0 ? 'stopped' : 'nothingMoved', reason: 'PORT_BUSY' }
    case 6: // JAMMED
      return { end: 'stopped', reason: 'JAM' }
    case 7: // NO_DOCS
      return pages > 0 ? { end: 'fed' } : { end: 'nothingMoved', reason: 'FEEDER_EMPTY' }
    case 8: // COVER_OPEN
      return { end: 'stopped', reason: 'COVER_OPEN' }
    case 9: // IO_ERROR
      return { end: 'stopped', reason: 'DISCONNECTED' }
    case 11: // ACCESS_DENIED
      return { end: 'stopped', reason: 'PERMISSION' }
    case 126: // a launcher before scanimage found it and may not run it
      return { end: 'nothingMoved', reason: 'PERMISSION' }
    case 127: // a launcher before scanimage did not find it
      return { end: 'nothingMoved', reason: 'PROGRAM_MISSING' }
    case 1: // bad arguments, a full disk, too few lines
    case 4: // INVAL
    case 10: // NO_MEM
      return { end: 'stopped', reason: 'SCANNER_ERROR' }
    default: // 0 without a regular end, 134 after abort(), 128 + n after a signal inside a launcher
      return { end: 'unclear', reason: 'SCANNER_ERROR' }
  }
}
