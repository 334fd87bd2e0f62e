import type { Ink } from './find-ink.ts'
import { skewMaxDegrees, skewMinPeak, skewMinPoints } from './thresholds.ts'

const coarseStep = 0.5
const fineStep = 0.1
const mostPoints = 24_000

/**
 * How far lines of writing are turned, clockwise, in degrees; undefined when nothing on the page tells. Works on
 * the upper edges of letters: in the right direction they fall on few lines and leave the rest empty.
 */
export function findSkew(ink: Ink): number | undefined {
  const points = upperEdges(ink)
  if (points.x.length < skewMinPoints) return undefined
  const bins = new Uint32Array(Math.ceil(Math.hypot(ink.width, ink.height)) * 2)

  let best = { degrees: 0, score: 0 }
  const scores: number[] = []
  for (let degrees = -skewMaxDegrees; degrees <= skewMaxDegrees; degrees += coarseStep) {
    const score = sharpness(points, degrees, bins)
    scores.push(score)
    if (score > best.score) best = { degrees, score }
  }
  const middling = scores.sort((a, b) => a - b)[scores.length >> 1] ?? 1
  if (best.score < middling * skewMinPeak) return undefined
  const centre = best.degrees
  for (let degrees = centre - coarseStep; degrees <= centre + coarseStep; degrees += fineStep) {
    const score = sharpness(points, degrees, bins)
    if (score > best.score) best = { degrees, score }
  }
  return Math.round(best.degrees * 10) / 10
}

interface Points {
  readonly x: readonly number[]
  readonly y: readonly number[]
}

function upperEdges({ width, mask }: Ink): Points {
  const found: number[] = []
  for (let at = width; at < mask.length; at += 1) {
    if (mask[at] === 1 && mask[at - width] === 0) found.push(at)
  }
  const every = Math.ceil(found.length / mostPoints)
  const kept = every <= 1 ? found : found.filter((_, index) => index % every === 0)
  return {
    x: kept.map((at) => at % width),
    y: kept.map((at) => Math.floor(at / width)),
  }
}

/** Sum of squares over the lines of one direction: high when few lines hold all points. */
function sharpness({ x, y }: Points, degrees: number, bins: Uint32Array): number {
  const sine = Math.sin((degrees * Math.PI) / 180)
  const cosine = Math.cos((degrees * Math.PI) / 180)
  const offset = bins.length >> 1
  bins.fill(0)
  for (let index = 0; index < x.length; index += 1) {
    const line = Math.round((y[index] ?? 0) * cosine - (x[index] ?? 0) * sine) + offset
    bins[line] = (bins[line] ?? 0) + 1
  }
  let sum = 0
  for (const count of bins) sum += count * count
  return sum / x.length
}
