import type { ReportLayout } from './report-layout.ts'

/** What one input report says. */
export interface Fragment {
  /** E.g. `]Q1`; undefined when the reader leaves the three bytes zero. */
  readonly aimId: string | undefined
  readonly data: Uint8Array
  /** More reports of the same code follow. */
  readonly continued: boolean
}

/** Undefined when the report is not one of a scanner: wrong id or length, count too high, no AIM identifier. */
export function readFragment(
  layouts: readonly ReportLayout[],
  report: Uint8Array,
): Fragment | undefined {
  const layout = layouts.find(({ reportId }) => reportId === undefined || reportId === report[0])
  if (layout === undefined || report.length !== layout.lengthBytes) return undefined
  const aim = aimIdOf(layout, report)
  if (aim === 'invalid') return undefined

  const { byteCountOffset, continued, dataOffset, dataCapacityBytes } = layout
  const isContinued =
    continued !== undefined && ((report[continued.offset] ?? 0) & continued.mask) !== 0
  const room = report.subarray(dataOffset, dataOffset + dataCapacityBytes)
  let count = dataCapacityBytes
  if (byteCountOffset !== undefined) count = report[byteCountOffset] ?? 0
  else if (!isContinued) count = room.findLastIndex((byte) => byte !== 0) + 1
  if (count > dataCapacityBytes) return undefined
  return { aimId: aim, data: room.slice(0, count), continued: isContinued }
}

/** ISO/IEC 15424: `]`, a letter for the symbology, a modifier digit or letter. */
function aimIdOf(layout: ReportLayout, report: Uint8Array): string | undefined | 'invalid' {
  const bytes = layout.aimIdOffsets.map((offset) => report[offset] ?? 0)
  if (bytes.every((byte) => byte === 0)) return undefined
  const text = String.fromCharCode(...bytes)
  return /^\][A-Za-z][0-9A-Za-z]$/.test(text) ? text : 'invalid'
}
