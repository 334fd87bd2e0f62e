import { crc32, deflateSync } from 'node:zlib'

const mostColours = 24
const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/**
 * A PNG with a palette (colour type 3, RFC 2083): screens have few colours, and the pictures of all of them lie
 * in the repository. `rgba` holds four bytes a pixel; transparency is dropped.
 */
export function palettePng(rgba: Uint8ClampedArray, width: number, height: number): Buffer {
  const pixels = width * height
  const counts = new Map<number, number>()
  for (let at = 0; at < pixels; at += 1) {
    const colour = coarse(rgba, at)
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const palette = [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, mostColours)
    .map(([colour]) => colour)
  const nearest = new Map<number, number>()
  const rows = Buffer.alloc((width + 1) * height)
  for (let at = 0; at < pixels; at += 1) {
    const colour = coarse(rgba, at)
    const index = nearest.get(colour) ?? nearestOf(palette, colour)
    nearest.set(colour, index)
    // Each row begins with its filter, 0: none.
    rows[Math.floor(at / width) * (width + 1) + 1 + (at % width)] = index
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  const colours = Buffer.from(palette.flatMap((colour) => channelsOf(colour)))
  return Buffer.concat([
    pngSignature,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Edges of letters differ by less than anybody sees: four levels of each channel are one. */
function coarse(rgba: Uint8ClampedArray, pixel: number): number {
  const [red = 0, green = 0, blue = 0] = rgba.subarray(4 * pixel, 4 * pixel + 3)
  return ((red & 0xfc) << 16) | ((green & 0xfc) << 8) | (blue & 0xfc)
}

function channelsOf(colour: number): [number, number, number] {
  const full = (channel: number) => channel | (channel >> 6)
  return [full((colour >> 16) & 0xff), full((colour >> 8) & 0xff), full(colour & 0xff)]
}

function nearestOf(palette: readonly number[], colour: number): number {
  const [red, green, blue] = channelsOf(colour)
  let best = 0
  let bestDistance = Number.POSITIVE_INFINITY
  for (const [index, candidate] of palette.entries()) {
    const [r, g, b] = channelsOf(candidate)
    const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2
    if (distance < bestDistance) {
      best = index
      bestDistance = distance
    }
  }
  return best
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
