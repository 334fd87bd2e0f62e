import type { InputField, ReportDescriptor } from './report-descriptor.ts'

/** Where a bar code scanner report keeps its parts; offsets count from the report's first byte, id included. */
export interface ReportLayout {
  /** Undefined when the reports carry no id byte. */
  readonly reportId: number | undefined
  /** Whole report, id byte included. */
  readonly lengthBytes: number
  /** Undefined when the reader declares none: then trailing zeros are no data. */
  readonly byteCountOffset: number | undefined
  /** Offsets of the three AIM identifier characters; empty when the reader declares none. */
  readonly aimIdOffsets: readonly number[]
  readonly dataOffset: number
  readonly dataCapacityBytes: number
  /** Undefined when the reader never splits a code. */
  readonly continued: { readonly offset: number; readonly mask: number } | undefined
}

export type DeviceKind =
  | { readonly kind: 'hidPos'; readonly layouts: readonly ReportLayout[] }
  | { readonly kind: 'keyboard' }
  | { readonly kind: 'other' }

/** HID Point of Sale Usage Tables 1.02, page 8C; usage 02 is the bar code scanner's collection. */
const usage = {
  keyboard: 0x0001_0006,
  byteCount: 0x0001_003b,
  scanner: 0x008c_0002,
  aimId: [0x008c_00fb, 0x008c_00fc, 0x008c_00fd],
  data: 0x008c_00fe,
  continued: 0x008c_00ff,
} as const

/** What the device says it is. A scanner that also types as a keyboard counts by its scanner collection. */
export function classifyDevice(descriptor: ReportDescriptor): DeviceKind {
  if (descriptor.applications.includes(usage.scanner)) {
    const layouts = [...descriptor.inputBytes.keys()]
      .map((reportId) => layoutOf(descriptor, reportId))
      .filter((layout) => layout !== undefined)
    if (layouts.length > 0) return { kind: 'hidPos', layouts }
  }
  return { kind: descriptor.applications.includes(usage.keyboard) ? 'keyboard' : 'other' }
}

function layoutOf(descriptor: ReportDescriptor, reportId: number): ReportLayout | undefined {
  const idBytes = descriptor.numbered ? 1 : 0
  const fields = descriptor.fields.filter((field) => field.reportId === reportId && !field.constant)
  const bitOf = (wanted: number) => {
    for (const field of fields) {
      const index = elementOf(field, wanted)
      if (index >= 0) return field.bitOffset + index * field.bitsPerElement
    }
    return undefined
  }
  const byteOf = (wanted: number) => {
    const bit = bitOf(wanted)
    return bit === undefined || bit % 8 !== 0 ? undefined : idBytes + bit / 8
  }

  const data = fields.find((field) => field.usages.includes(usage.data))
  const dataOffset = byteOf(usage.data)
  if (data === undefined || data.bitsPerElement !== 8 || dataOffset === undefined) return undefined
  const continuedBit = bitOf(usage.continued)
  const aimIdOffsets = usage.aimId.map(byteOf).filter((offset) => offset !== undefined)
  return {
    reportId: descriptor.numbered ? reportId : undefined,
    lengthBytes: idBytes + (descriptor.inputBytes.get(reportId) ?? 0),
    byteCountOffset: byteOf(usage.byteCount),
    aimIdOffsets: aimIdOffsets.length === usage.aimId.length ? aimIdOffsets : [],
    dataOffset,
    dataCapacityBytes: data.elements - elementOf(data, usage.data),
    continued:
      continuedBit === undefined
        ? undefined
        : { offset: idBytes + Math.floor(continuedBit / 8), mask: 1 << (continuedBit % 8) },
  }
}

/** Index of the element that has the usage; -1 when the field does not have it. */
function elementOf(field: InputField, wanted: number): number {
  const index = field.usages.indexOf(wanted)
  return index < field.elements ? index : -1
}
