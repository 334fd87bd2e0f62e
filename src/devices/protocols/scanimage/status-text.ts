import type { ReasonCode } from '../../../contract/faults.ts'

/** What scanimage says on stderr that tells how a run went. */
export type Said =
  /** The device could not be opened: nothing moved. */
  | { readonly said: 'openFailed'; readonly reason: ReasonCode }
  /** A call to the backend ended the run. */
  | { readonly said: 'callFailed'; readonly reason: ReasonCode }
  /** A backend that knows one page a call has no second one. */
  | { readonly said: 'noMorePages' }
  /** SIGPIPE: what it talked to the device through is gone. Its exit code may still be 0. */
  | { readonly said: 'lostDevice' }
  /** The batch came to its regular end, good or bad. */
  | { readonly said: 'batchEnded' }

/** `sane_strstatus` in the C locale, as scanimage prints it. */
const reasons: Readonly<Record<string, ReasonCode>> = {
  'Operation not supported': 'SCANNER_ERROR',
  'Operation was canceled': 'SCAN_CANCELLED',
  'Device busy': 'PORT_BUSY',
  'Invalid argument': 'SCANNER_ERROR',
  'Document feeder jammed': 'JAM', // also a double feed
  'Document feeder out of documents': 'FEEDER_EMPTY',
  'Scanner cover is open': 'COVER_OPEN',
  'Error during device I/O': 'DISCONNECTED',
  'Out of memory': 'SCANNER_ERROR',
  'Access to resource has been denied': 'PERMISSION',
}

const reasonOf = (text: string): ReasonCode =>
  (Object.hasOwn(reasons, text) ? reasons[text] : undefined) ?? 'SCANNER_ERROR'

/** Undefined for a line that tells nothing about the outcome. */
export function readStderrLine(line: string): Said | undefined {
  if (line.startsWith('Batch terminated, ')) return { said: 'batchEnded' }
  if (line === 'scanimage: received signal 13') return { said: 'lostDevice' }
  const openText = /^scanimage: open of device .* failed: (.+)$/.exec(line)?.[1]
  if (openText !== undefined) {
    const reason = reasonOf(openText)
    // What every backend says to a device that is not there; nothing was connected that could disconnect.
    if (openText === 'Invalid argument') return { said: 'openFailed', reason: 'PORT_MISSING' }
    return { said: 'openFailed', reason: reason === 'DISCONNECTED' ? 'NOT_CONNECTED' : reason }
  }
  const callText = /^scanimage: sane_(?:start|read): (.+)$/.exec(line)?.[1]
  if (callText === undefined) return undefined
  if (callText === 'End of file reached') return { said: 'noMorePages' }
  return { said: 'callFailed', reason: reasonOf(callText) }
}
