/** The printer's state as a person standing in front of it would see it. */
export interface PrinterBody {
  coverOpen: boolean
  paper: 'ok' | 'low' | 'out'
  /** The knife is held by something. */
  cutterBlocked: boolean
  /** It tried to cut and could not. */
  cutterError: boolean
  headTooHot: boolean
  broken: boolean
}

export const healthyBody = (): PrinterBody => ({
  coverOpen: false,
  paper: 'ok',
  cutterBlocked: false,
  cutterError: false,
  headTooHot: false,
  broken: false,
})

export const isOnline = (body: PrinterBody): boolean =>
  !body.coverOpen && body.paper !== 'out' && !body.cutterError && !body.headTooHot && !body.broken

const bits = (...pairs: readonly (readonly [number, boolean])[]): number =>
  pairs.reduce((sum, [value, on]) => sum + (on ? value : 0), 0)

const isLow = (body: PrinterBody) => body.paper !== 'ok'

/** The four bytes of an automatic status. */
export function autoStatusBytes(body: PrinterBody): Uint8Array {
  return Uint8Array.of(
    0x10 + bits([0x08, !isOnline(body)], [0x20, body.coverOpen]),
    bits([0x08, body.cutterError], [0x20, body.broken], [0x40, body.headTooHot]),
    bits([0x03, isLow(body)], [0x0c, body.paper === 'out']),
    0,
  )
}

/** The byte that answers `DLE EOT which`. */
export function realTimeStatusByte(body: PrinterBody, which: number): number {
  const error = body.cutterError || body.headTooHot || body.broken
  switch (which) {
    case 1:
      return 0x12 + bits([0x08, !isOnline(body)])
    case 2:
      return 0x12 + bits([0x04, body.coverOpen], [0x20, body.paper === 'out'], [0x40, error])
    case 3:
      return 0x12 + bits([0x08, body.cutterError], [0x20, body.broken], [0x40, body.headTooHot])
    default:
      return 0x12 + bits([0x0c, isLow(body)], [0x60, body.paper === 'out'])
  }
}

/** The byte that answers `GS r 1`. */
export const queuedPaperByte = (body: PrinterBody): number =>
  bits([0x03, isLow(body)], [0x0c, body.paper === 'out'])
