import type { Printer } from '../../../devices/contract.ts'

const dotsPerMm = 8
/** What the cutter takes beyond the last row. */
const cutFeedMm = 15

/** A printer whose paper is counted: every job that may have moved it, whatever came of it. */
export function countedPrinter(printer: Printer, paperUsed: (usedMm: number) => void): Printer {
  return {
    ...printer,
    async print(raster) {
      const outcome = await printer.print(raster)
      if (outcome.outcome !== 'refused') paperUsed(raster.heightDots / dotsPerMm + cutFeedMm)
      return outcome
    },
  }
}
