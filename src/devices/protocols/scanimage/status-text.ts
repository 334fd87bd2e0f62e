import type { ReasonCode } from '../../../contract/faults.ts'

/** `sane_strstatus` in the C locale, as scanimage prints it. */
const reasons: Readonly<Record<string, ReasonCode>> = {
  'Operation not supported': 'SCANNER_ERROR',
  'Operation was canceled': 'SCAN_CANCELLED',
  'Device busy': 'PORT_BUSY',
  // What every backend says to a device that is not there (any more).
  'Invalid argument': 'PORT_MISSING',
  'Document feeder jammed': 'JAM',
  'Document feeder out of documents': 'FEEDER_EMPTY',
  'Scanner cover is open': 'COVER_OPEN',
  'Error during device I/O': 'DISCONNECTED',
  'Out of memory': 'SCANNER_ERROR',
  'Access to resource has been denied': 'PERMISSION',
}

/** Why the device could not be opened, from a line on stderr; undefined when the line says something else. */
export function readOpenFailure(line: string): ReasonCode | undefined {
  const text = /^scanimage: open of device .* failed: (.+)$/.exec(line)?.[1]
  if (text === undefined) return undefined
  const reason = Object.hasOwn(reasons, text) ? reasons[text] : undefined
  // Nothing was connected yet, so nothing can have been disconnected.
  return reason === 'DISCONNECTED' ? 'NOT_CONNECTED' : (reason ?? 'SCANNER_ERROR')
}
