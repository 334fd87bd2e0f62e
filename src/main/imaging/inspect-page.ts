import { findCutOff } from './find-cut-off.ts'
import { findInk } from './find-ink.ts'
import { findSkew } from './find-skew.ts'
import type { Finding, PageInspection } from './finding.ts'
import { halved, readGrey } from './grey-image.ts'
import { measureBlur } from './measure-blur.ts'
import { blankInkShare, blankMaxSpread, blurredEdgePx, sharpEdgePx } from './thresholds.ts'

/**
 * Looks at one page as it was captured. Takes some hundred milliseconds: for a worker thread.
 * @throws Error when it is no whole image
 */
export async function inspectPage(jpeg: Uint8Array): Promise<PageInspection> {
  const page = await readGrey(jpeg)
  const small = halved(page)
  const ink = findInk(small)
  const blank = ink.inkPixels < ink.paperPixels * blankInkShare && ink.paperSpread < blankMaxSpread
  const skewDegrees = blank ? undefined : findSkew(ink)
  return {
    blank,
    skewDegrees,
    blurred: blank ? 'cannotTell' : blurFinding(measureBlur(page)),
    cutOff: findCutOff(small, ink.paperLevel, blank ? 0 : skewDegrees),
  }
}

function blurFinding(edgePx: number | undefined): Finding {
  if (edgePx === undefined) return 'cannotTell'
  if (edgePx >= blurredEdgePx) return 'yes'
  return edgePx <= sharpEdgePx ? 'no' : 'cannotTell'
}
