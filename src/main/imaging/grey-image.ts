import sharp from 'sharp'

/** One byte a pixel, 0 = black, rows from the top. */
export interface GreyImage {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
  /** Pixels a millimetre on paper. */
  readonly pxPerMm: number
}

export const scanPxPerMm = 200 / 25.4
/** Twice the pixels of A3 at 200 dpi: anything larger is no page of ours. */
const maxPixels = 2 * 2339 * 3307

// Decoded pages must not outlive their use in a cache of the library.
sharp.cache(false)
sharp.concurrency(1)

/**
 * The page in grey at the scanner's 200 dpi.
 * @throws Error when it is no whole image
 */
export async function readGrey(jpeg: Uint8Array): Promise<GreyImage> {
  const { data, info } = await sharp(jpeg, { failOn: 'warning', limitInputPixels: maxPixels })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data, pxPerMm: scanPxPerMm }
}

/** Half as wide and high; each pixel the mean of four. */
export function halved(image: GreyImage): GreyImage {
  const width = image.width >> 1
  const height = image.height >> 1
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y += 1) {
    let from = 2 * y * image.width
    for (let x = 0; x < width; x += 1, from += 2) {
      const upper = (image.data[from] ?? 0) + (image.data[from + 1] ?? 0)
      const below = from + image.width
      const lower = (image.data[below] ?? 0) + (image.data[below + 1] ?? 0)
      data[y * width + x] = (upper + lower + 2) >> 2
    }
  }
  return { width, height, data, pxPerMm: image.pxPerMm / 2 }
}

/** The grey level below which `share` of the given pixels lie. */
export function percentile(histogram: Uint32Array, share: number): number {
  const total = histogram.reduce((sum, count) => sum + count, 0)
  let below = 0
  for (let level = 0; level < 256; level += 1) {
    below += histogram[level] ?? 0
    if (below >= total * share) return level
  }
  return 255
}

/** Of the whole image. */
export function histogramOf(image: GreyImage): Uint32Array {
  const histogram = new Uint32Array(256)
  for (const level of image.data) histogram[level] = (histogram[level] ?? 0) + 1
  return histogram
}
