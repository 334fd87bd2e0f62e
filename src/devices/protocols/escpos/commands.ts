/**
 * Commands of the ESC/POS family that a slip needs. Sources: Epson's public command reference
 * (TM-T88, TM-T20, TM-T81) and the printers that follow it. Pure: numbers in, bytes out.
 */
const DLE = 0x10
const ESC = 0x1b
const GS = 0x1d

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values)

/** `ESC @`: settings back to default. It does not clear the receive buffer. */
export const initialise = (): Uint8Array => bytes(ESC, 0x40)

/** `ESC J n`: feeds n vertical units (dots on most models, 0–255). */
export function feed(units: number): Uint8Array {
  if (!Number.isInteger(units) || units < 0 || units > 255) throw new RangeError('feed is 0–255')
  return bytes(ESC, 0x4a, units)
}

/** `GS V 66 n`: feeds the last row past the cutter, then leaves the slip hanging by one point. */
export const feedAndCut = (extraUnits = 0): Uint8Array => bytes(GS, 0x56, 0x42, extraUnits & 0xff)

/** The four status bytes that `DLE EOT n` can ask for. */
export const realTimeStatusKinds = ['printer', 'offlineCause', 'errorCause', 'paper'] as const
export type RealTimeStatusKind = (typeof realTimeStatusKinds)[number]

/** `DLE EOT n`: answered at once, even offline or with a full buffer. The answer does not repeat n. */
export const requestRealTimeStatus = (kind: RealTimeStatusKind): Uint8Array =>
  bytes(DLE, 0x04, realTimeStatusKinds.indexOf(kind) + 1)

/** `GS a`: four status bytes now and at each change of online state, error or paper. */
export const enableAutomaticStatus = (): Uint8Array => bytes(GS, 0x61, 0x0e)

/** A process id is four bytes of 20–7E hex. */
export const isProcessId = (id: string): boolean => /^[\x20-\x7e]{4}$/.test(id)

/** `GS ( H` fn 48: the printer echoes the id once all that came before has physically been printed. */
export function requestProcessId(id: string): Uint8Array {
  if (!isProcessId(id)) throw new RangeError('a process id is four characters of 20–7E hex')
  const digits = Array.from(id, (character) => character.charCodeAt(0))
  return bytes(GS, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, ...digits)
}

/** `GS r 1`: paper status, answered in its turn: the buffer was consumed up to here, which is no print. */
export const requestQueuedStatus = (): Uint8Array => bytes(GS, 0x72, 0x01)

export const identityKinds = ['firmware', 'maker', 'model', 'serial'] as const
export type IdentityKind = (typeof identityKinds)[number]

/** `GS I 65–68`: answered in its turn as `5F text 00`. */
export const requestIdentity = (kind: IdentityKind): Uint8Array =>
  bytes(GS, 0x49, 65 + identityKinds.indexOf(kind))

/** `DLE ENQ 2`: leaves a recoverable error after dropping both buffers. Ignored when there is none. */
export const recoverAndClear = (): Uint8Array => bytes(DLE, 0x05, 0x02)

/** `DLE DC4` fn 8: drops both buffers in real time; answered `37 25 00`, before which nothing may be sent. */
export const clearBuffers = (): Uint8Array =>
  bytes(DLE, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08)
