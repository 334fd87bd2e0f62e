import type { PageHint } from '../../../contract/screens/scan.ts'
import type { ScanJob, Scanner } from '../../../devices/contract.ts'
import type { ScanPort } from '../../flows/intake/scan/scan-port.ts'
import type { PageInspection } from '../../imaging/finding.ts'
import { skewedDegrees } from '../../imaging/thresholds.ts'
import type { KeptPages } from '../compose-pages.ts'

/** The longest side of the picture on the screen. */
const previewMaxPx = 1_200

/** Without a scanner, or without its pages, scanning is not offered and nothing else changes. */
export function scanAdapter(parts: {
  readonly scanner: Scanner | undefined
  readonly pages: KeptPages | undefined
  /** Paper of an earlier person lies in the feeder. */
  readonly originalLeft: () => boolean
}): ScanPort {
  const { scanner, pages } = parts
  const offered = () => {
    const state = scanner?.status().state
    return state === 'online' || state === 'needsAttendant'
  }
  return {
    isOffered: () => pages?.hasRoom() === true && offered() && !parts.originalLeft(),
    scan(maxPages) {
      if (!scanner || !pages) return noJob
      return scanner.scan({ resolutionDpi: 200, folder: pages.scanFolder, maxPages })
    },
    async sensePaper() {
      return scanner ? (await scanner.sensePaper()).feeder : 'unknown'
    },
    async look(path) {
      if (!pages) throw new Error('no pages without a scanner')
      const inspection = await pages.work.inspect(path)
      const skewDegrees = inspection.skewDegrees ?? 0
      const jpeg = await pages.work.preview(path, { maxPx: previewMaxPx, skewDegrees })
      return { hints: hintsOf(inspection), jpeg }
    },
    discard: (path) => pages?.discard(path),
    keep(path, personHash) {
      if (!pages) throw new Error('no pages without a scanner')
      return pages.keep(path, personHash)
    },
    keptPages: (personHash) => pages?.draftPages(personHash) ?? [],
    forget: (kept) => pages?.forget(kept.map(({ contentHash }) => contentHash)),
  }
}

const noJob: ScanJob = {
  onPage: () => () => undefined,
  outcome: Promise.resolve({ outcome: 'refused', reason: 'NOT_CONNECTED' }),
  cancel: () => undefined,
}

function hintsOf({ blank, skewDegrees, blurred, cutOff }: PageInspection): PageHint[] {
  const hints: PageHint[] = []
  if (blank) hints.push('blank')
  if (Math.abs(skewDegrees ?? 0) >= skewedDegrees) hints.push('skewed')
  if (blurred === 'yes') hints.push('blurred')
  if (cutOff === 'yes') hints.push('cutOff')
  return hints
}
