import type { ReportLayout } from './report-layout.ts'

export interface ReportCutter {
  /** Whole reports, in order. `atMs` is monotonic. */
  push(chunk: Uint8Array, atMs: number): readonly Uint8Array[]
}

/** The rest of a report cut by the operating system comes at once, never this late, however busy we are. */
const restWithinMs = 100

/**
 * Gives back the reports as the device sent them. A hidraw read returns exactly one, and then this does
 * nothing; a character device that stands in for hidraw may glue reports together or cut one in two.
 */
export function createReportCutter(layouts: readonly ReportLayout[]): ReportCutter {
  let rest = new Uint8Array(0)
  let lastAtMs = Number.NEGATIVE_INFINITY

  const lengthOf = (firstByte: number | undefined) =>
    layouts.find(({ reportId }) => reportId === undefined || reportId === firstByte)?.lengthBytes
  // Something unknown before a report of ours, glued to it, does not take it along.
  const soleLength = layouts.length === 1 ? layouts[0]?.lengthBytes : undefined

  return {
    push(chunk, atMs) {
      // A chunk that looks like one whole report is one: a device that once sent a short report does not
      // shift all later ones.
      const isWhole = chunk.length === lengthOf(chunk[0])
      const isLate = atMs - lastAtMs > restWithinMs
      lastAtMs = atMs
      let bytes = isWhole || isLate ? chunk : Uint8Array.from([...rest, ...chunk])
      rest = new Uint8Array(0)
      const reports: Uint8Array[] = []
      while (bytes.length > 0) {
        const lengthBytes = lengthOf(bytes[0]) ?? Math.min(soleLength ?? Infinity, bytes.length)
        if (bytes.length < lengthBytes) {
          rest = bytes.slice()
          break
        }
        reports.push(bytes.slice(0, lengthBytes))
        bytes = bytes.subarray(lengthBytes)
      }
      return reports
    },
  }
}
