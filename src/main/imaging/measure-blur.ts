import { type GreyImage, histogramOf, percentile } from './grey-image.ts'
import { blurMinEdges } from './thresholds.ts'

/** Steps smaller than this are grain and compression, not part of an edge. */
const noiseLevels = 3
const rowStep = 3
const longestEdgePx = 40

/**
 * How many pixels an edge between paper and ink takes (median over all that cross at least a third of the page's
 * contrast); undefined when there are too few of them to tell.
 */
export function measureBlur(image: GreyImage): number | undefined {
  const { width, height, data } = image
  const histogram = histogramOf(image)
  const contrast = percentile(histogram, 0.85) - percentile(histogram, 0.005)
  const enough = Math.max(30, contrast / 3)
  const widths = new Uint32Array(longestEdgePx + 1)
  let edges = 0
  for (let y = 0; y < height; y += rowStep) {
    let start = y * width
    let direction = 0
    for (let at = start + 1; at < (y + 1) * width; at += 1) {
      const step = (data[at] ?? 0) - (data[at - 1] ?? 0)
      const now = step > noiseLevels ? 1 : step < -noiseLevels ? -1 : 0
      if (now === direction && now !== 0) continue
      if (direction !== 0) {
        const change = Math.abs((data[at - 1] ?? 0) - (data[start] ?? 0))
        if (change >= enough) {
          const length = Math.min(longestEdgePx, at - 1 - start)
          widths[length] = (widths[length] ?? 0) + 1
          edges += 1
        }
      }
      start = at - 1
      direction = now
    }
  }
  return edges < blurMinEdges ? undefined : percentileOf(widths, edges / 2)
}

function percentileOf(widths: Uint32Array, half: number): number {
  let seen = 0
  for (let width = 0; width < widths.length; width += 1) {
    seen += widths[width] ?? 0
    if (seen >= half) return width
  }
  return widths.length
}
