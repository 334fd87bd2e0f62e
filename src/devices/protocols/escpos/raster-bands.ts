import type { Raster } from '../../contract.ts'

/** Bounds what a printer must hold at once and lets its status through between two bands. */
export const maximumBandRows = 256

const DLE = 0x10
/** EOT, ENQ, DC4: what turns a DLE into a real-time command. */
const realTimeSeconds = new Set([0x04, 0x05, 0x14])

/**
 * Some models obey real-time commands even inside image data, where `10 05 02` would clear the buffer in
 * mid-slip. One dot more (`10` → `18`) takes the pattern away and no eye or QR reader sees it.
 */
function withoutRealTimeCommands(body: Uint8Array): void {
  for (let index = 0; index + 1 < body.length; index += 1) {
    if (body[index] === DLE && realTimeSeconds.has(body[index + 1] ?? 0)) body[index] = 0x18
  }
}

/** Bytes a row really needs: white to the right of the last black dot is not sent. */
function usedRowBytes(rows: Uint8Array, rowBytes: number): number {
  let used = 1
  for (let start = 0; start < rows.length; start += rowBytes) {
    for (let column = rowBytes - 1; column >= used; column -= 1) {
      if (rows[start + column] !== 0) {
        used = column + 1
        break
      }
    }
  }
  return used
}

/**
 * `GS v 0` commands that together print the raster: `1D 76 30 00 xL xH yL yH data`, x in bytes, y in dots.
 * Throws a RangeError for a raster whose size does not fit its data.
 */
export function rasterBands(raster: Raster): Uint8Array[] {
  const rowBytes = raster.widthDots / 8
  if (!Number.isInteger(rowBytes) || rowBytes < 1 || rowBytes > 256) {
    throw new RangeError('raster width must be a multiple of 8 and at most 2048 dots')
  }
  if (raster.data.length !== rowBytes * raster.heightDots) {
    throw new RangeError('raster data does not fit its size')
  }
  const bands: Uint8Array[] = []
  for (let top = 0; top < raster.heightDots; top += maximumBandRows) {
    const height = Math.min(maximumBandRows, raster.heightDots - top)
    const rows = raster.data.subarray(top * rowBytes, (top + height) * rowBytes)
    const used = usedRowBytes(rows, rowBytes)
    const band = new Uint8Array(8 + used * height)
    band.set([0x1d, 0x76, 0x30, 0x00, used & 0xff, used >> 8, height & 0xff, height >> 8])
    for (let row = 0; row < height; row += 1) {
      band.set(rows.subarray(row * rowBytes, row * rowBytes + used), 8 + row * used)
    }
    withoutRealTimeCommands(band.subarray(8))
    bands.push(band)
  }
  return bands
}
