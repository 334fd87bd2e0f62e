import { create } from 'qrcode'

/** Dark modules of a QR code, row by row, without its quiet zone. */
export interface QrModules {
  readonly size: number
  dark(row: number, column: number): boolean
}

/** White modules that must surround the code. */
export const quietZoneModules = 4
export const minimumModuleDots = 4

/** Error correction M. Throws for a payload that is not printable ASCII: readers differ on all else. */
export function qrModules(payload: string): QrModules {
  if (!/^[\x20-\x7e]+$/.test(payload)) throw new RangeError('QR payload must be printable ASCII')
  const { modules } = create(payload, { errorCorrectionLevel: 'M' })
  return {
    size: modules.size,
    dark: (row, column) => modules.get(row, column) === 1,
  }
}

/** The largest module that fits, at most `wantedDots`. Throws when even four dots are too many. */
export function qrModuleDots(
  modules: QrModules,
  availableDots: number,
  wantedDots: number,
): number {
  const fitting = Math.floor(availableDots / (modules.size + 2 * quietZoneModules))
  if (fitting < minimumModuleDots) throw new RangeError('QR payload is too long for the paper')
  return Math.min(fitting, wantedDots)
}
