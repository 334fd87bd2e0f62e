import { type GreyImage, histogramOf, percentile } from './grey-image.ts'
import { inkContrast, inkContrastLevels } from './thresholds.ts'

export interface Ink {
  readonly width: number
  readonly height: number
  /** 1: ink. 0: paper. 2: the ground behind the paper, and dark things that reach it. */
  readonly mask: Uint8Array
  readonly inkPixels: number
  readonly paperPixels: number
  /** Grey level of the paper. */
  readonly paperLevel: number
  /** Standard deviation of what is neither ink nor ground. */
  readonly paperSpread: number
}

/** Side of the squares whose paper colour is measured by themselves: coloured bands, shadows. */
const tilePx = 32
const ink = 1
const ground = 2

/** What is darker than the paper around it, without the dark ground that shows where the paper ends. */
export function findInk(image: GreyImage): Ink {
  const { width, height } = image
  const paperLevel = percentile(histogramOf(image), 0.85)
  const mask = darkerThanAround(image)
  floodGround(image, mask, paperLevel)
  let inkPixels = 0
  let groundPixels = 0
  for (const kind of mask) {
    if (kind === ink) inkPixels += 1
    else if (kind === ground) groundPixels += 1
  }
  const paperPixels = mask.length - groundPixels
  const paperSpread = spreadOf(image.data, mask)
  return { width, height, mask, inkPixels, paperPixels, paperLevel, paperSpread }
}

function spreadOf(data: Uint8Array, mask: Uint8Array): number {
  let count = 0
  let sum = 0
  let squares = 0
  for (let at = 0; at < mask.length; at += 1) {
    if (mask[at] !== 0) continue
    const level = data[at] ?? 0
    count += 1
    sum += level
    squares += level * level
  }
  return count === 0 ? 0 : Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2))
}

function darkerThanAround({ width, height, data }: GreyImage): Uint8Array {
  const mask = new Uint8Array(width * height)
  const histogram = new Uint32Array(256)
  for (let top = 0; top < height; top += tilePx) {
    for (let left = 0; left < width; left += tilePx) {
      const bottom = Math.min(top + tilePx, height)
      const right = Math.min(left + tilePx, width)
      histogram.fill(0)
      for (let y = top; y < bottom; y += 1) {
        for (let at = y * width + left; at < y * width + right; at += 1) {
          const level = data[at] ?? 0
          histogram[level] = (histogram[level] ?? 0) + 1
        }
      }
      const paper = percentile(histogram, 0.9)
      const darkest = paper - Math.max(inkContrastLevels, paper * inkContrast)
      for (let y = top; y < bottom; y += 1) {
        for (let at = y * width + left; at < y * width + right; at += 1) {
          if ((data[at] ?? 0) < darkest) mask[at] = ink
        }
      }
    }
  }
  return mask
}

/** Everything dark that hangs together with the picture's edge. */
function floodGround(
  { width, height, data }: GreyImage,
  mask: Uint8Array,
  paperLevel: number,
): void {
  const dark = paperLevel * (1 - inkContrast)
  const waiting: number[] = []
  const visit = (at: number): void => {
    if (mask[at] === ground || (data[at] ?? 255) >= dark) return
    mask[at] = ground
    waiting.push(at)
  }
  for (let x = 0; x < width; x += 1) {
    visit(x)
    visit((height - 1) * width + x)
  }
  for (let y = 0; y < height; y += 1) {
    visit(y * width)
    visit(y * width + width - 1)
  }
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const x = at % width
    if (x > 0) visit(at - 1)
    if (x < width - 1) visit(at + 1)
    if (at >= width) visit(at - width)
    if (at < mask.length - width) visit(at + width)
  }
  softenEdge(mask, width, height)
}

/** The paper's own edge is a soft step, of which a thread of `ink` would stay beside the ground. */
function softenEdge(mask: Uint8Array, width: number, height: number): void {
  const reach = 4
  const edge: number[] = []
  for (let at = 0; at < mask.length; at += 1) {
    if (mask[at] !== ground) continue
    const x = at % width
    const neighbours = [x > 0 ? at - 1 : at, x < width - 1 ? at + 1 : at, at - width, at + width]
    if (neighbours.some((near) => near >= 0 && near < mask.length && mask[near] !== ground)) {
      edge.push(at)
    }
  }
  for (const at of edge) {
    const x = at % width
    const y = (at - x) / width
    for (let ny = Math.max(0, y - reach); ny <= Math.min(height - 1, y + reach); ny += 1) {
      for (let nx = Math.max(0, x - reach); nx <= Math.min(width - 1, x + reach); nx += 1) {
        if (mask[ny * width + nx] === ink) mask[ny * width + nx] = ground
      }
    }
  }
}
