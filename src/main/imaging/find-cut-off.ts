import type { Finding } from './finding.ts'
import type { GreyImage } from './grey-image.ts'
import {
  cutOffRuns,
  darkPaperLevel,
  foldMaxMm,
  foldMaxRatio,
  foldMinMm,
  inkContrast,
  letterMaxMm,
} from './thresholds.ts'

/** Reading starts so far inside: the outermost pixels of a scan are often false. */
const insetPx = 2

/**
 * Whether something of the page is missing: letters that run over an edge of the picture, or a corner folded over
 * (a staple drawn in). A corner folded before a light ground, or on a page that lies crooked, is not seen.
 */
export function findCutOff(
  image: GreyImage,
  paperLevel: number,
  skewDegrees: number | undefined,
): Finding {
  if (paperLevel < darkPaperLevel) return 'cannotTell'
  const edges = edgesOf(image)
  const isDark = (at: number): boolean => (image.data[at] ?? 255) < paperLevel * (1 - inkContrast)
  const longest = letterMaxMm * image.pxPerMm
  for (const edge of edges) {
    const letters = darkRuns(edge, isDark).filter((length) => length <= longest)
    if (letters.length >= cutOffRuns) return 'yes'
  }
  const [top = [], right = [], bottom = [], left = []] = edges
  const reversed = (edge: readonly number[]) => [...edge].reverse()
  const corners = [
    [top, left],
    [reversed(top), right],
    [bottom, reversed(left)],
    [reversed(bottom), reversed(right)],
  ] as const
  for (const [along, down] of corners) {
    const a = darkFromStart(along, isDark) / image.pxPerMm
    const b = darkFromStart(down, isDark) / image.pxPerMm
    if (isFold(a, b)) return 'yes'
  }
  return skewDegrees === undefined || Math.abs(skewDegrees) > 2 ? 'cannotTell' : 'no'
}

/** Positions along top, right, bottom and left edge; from the left, and from the top. */
function edgesOf({ width, height }: GreyImage): readonly (readonly number[])[] {
  const columns = Array.from({ length: width }, (_, x) => x)
  const rows = Array.from({ length: height }, (_, y) => y)
  return [
    columns.map((x) => insetPx * width + x),
    rows.map((y) => y * width + width - 1 - insetPx),
    columns.map((x) => (height - 1 - insetPx) * width + x),
    rows.map((y) => y * width + insetPx),
  ]
}

function darkRuns(edge: readonly number[], isDark: (at: number) => boolean): number[] {
  const runs: number[] = []
  let length = 0
  for (const at of edge) {
    if (isDark(at)) length += 1
    else {
      if (length > 1) runs.push(length)
      length = 0
    }
  }
  return runs
}

function darkFromStart(edge: readonly number[], isDark: (at: number) => boolean): number {
  const end = edge.findIndex((at, index) => index >= insetPx && !isDark(at))
  return end === -1 ? edge.length : end
}

/** A page that lies crooked leaves long thin wedges; a folded corner leaves a triangle. */
function isFold(a: number, b: number): boolean {
  const [short, long] = a < b ? [a, b] : [b, a]
  return short >= foldMinMm && long <= foldMaxMm && long / short <= foldMaxRatio
}
