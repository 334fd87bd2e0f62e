import type { Raster } from '../../devices/contract.ts'

/**
 * Black where the grey of a dot is darker than this. Above one half, because a thermal head thins strokes
 * and the thin ones of small letters must not break.
 */
const darkBelow = 150

/** Opaque RGBA pixels to one bit a dot, by threshold: dithering would fray letters and QR modules. */
export function thresholdToRaster(
  rgba: Uint8Array | Uint8ClampedArray,
  widthDots: number,
  heightDots: number,
): Raster {
  const rowBytes = widthDots / 8
  const data = new Uint8Array(rowBytes * heightDots)
  let pixel = 0
  for (let index = 0; index < data.length; index += 1) {
    let value = 0
    for (let bit = 0; bit < 8; bit += 1) {
      // Paper is drawn in greys only: the green channel is the grey.
      value = (value << 1) | ((rgba[pixel + 1] ?? 255) < darkBelow ? 1 : 0)
      pixel += 4
    }
    data[index] = value
  }
  return { widthDots, heightDots, data }
}
