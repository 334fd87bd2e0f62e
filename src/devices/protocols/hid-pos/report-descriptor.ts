/** One field of an input report, as the descriptor's Input item declares it. */
export interface InputField {
  readonly reportId: number
  /** Offset from the start of the report, after the report id byte if there is one. */
  readonly bitOffset: number
  readonly bitsPerElement: number
  readonly elements: number
  /** `usagePage << 16 | usage`, in order; the last one stands for all further elements. */
  readonly usages: readonly number[]
  /** Constant fields are padding. */
  readonly constant: boolean
}

export interface ReportDescriptor {
  /** Usages of the top-level collections, `usagePage << 16 | usage`. */
  readonly applications: readonly number[]
  readonly fields: readonly InputField[]
  /** True when every report begins with its id. */
  readonly numbered: boolean
  /** Length of each input report in bytes without the id byte, by report id (0 when not numbered). */
  readonly inputBytes: ReadonlyMap<number, number>
}

interface Globals {
  usagePage: number
  reportSize: number
  reportCount: number
  reportId: number
}

/** HID 1.11 §6.2.2.2: the two low bits give the data size 0, 1, 2 or 4 bytes; FE is a long item. */
const itemDataSizes = [0, 1, 2, 4] as const
const longItem = 0xfe
/** HID 1.11 §6.2.2.4–8, tag and type with the size bits cleared. */
const tag = {
  input: 0x80,
  output: 0x90,
  feature: 0xb0,
  collection: 0xa0,
  endCollection: 0xc0,
  usagePage: 0x04,
  reportSize: 0x74,
  reportId: 0x84,
  reportCount: 0x94,
  push: 0xa4,
  pop: 0xb4,
  usage: 0x08,
  usageMinimum: 0x18,
  usageMaximum: 0x28,
} as const
/** No input report of a reader is longer; a hostile descriptor may claim 2^32 elements. */
const maximumReportBits = 8 * 4096

/** Undefined when the bytes are not a well-formed descriptor. Source: HID 1.11 §6.2.2. */
export function parseReportDescriptor(bytes: Uint8Array): ReportDescriptor | undefined {
  let globals: Globals = { usagePage: 0, reportSize: 0, reportCount: 0, reportId: 0 }
  const stack: Globals[] = []
  const bitsUsed = new Map<number, number>()
  const applications: number[] = []
  const fields: InputField[] = []
  let usages: number[] = []
  let usageMinimum: number | undefined
  let depth = 0
  let numbered = false

  for (let at = 0; at < bytes.length; ) {
    const prefix = bytes[at] ?? 0
    if (prefix === longItem) {
      at += 3 + (bytes[at + 1] ?? 0)
      continue
    }
    const size = itemDataSizes[prefix & 3] ?? 0
    if (at + 1 + size > bytes.length) return undefined
    let value = 0
    for (let index = size - 1; index >= 0; index--)
      value = value * 256 + (bytes[at + 1 + index] ?? 0)
    at += 1 + size
    // A 4-byte usage carries its own page in the upper half.
    const fullUsage = size === 4 ? value : globals.usagePage * 0x10000 + value

    switch (prefix & 0xfc) {
      case tag.usagePage:
        globals = { ...globals, usagePage: value }
        break
      case tag.reportSize:
        globals = { ...globals, reportSize: value }
        break
      case tag.reportCount:
        globals = { ...globals, reportCount: value }
        break
      case tag.reportId:
        globals = { ...globals, reportId: value }
        numbered = true
        break
      case tag.push:
        stack.push(globals)
        break
      case tag.pop: {
        const restored = stack.pop()
        if (restored === undefined) return undefined
        globals = restored
        break
      }
      case tag.usage:
        usages.push(fullUsage)
        break
      case tag.usageMinimum:
        usageMinimum = fullUsage
        break
      case tag.usageMaximum: {
        if (usageMinimum === undefined || fullUsage - usageMinimum > 0xffff) return undefined
        for (let usage = usageMinimum; usage <= fullUsage; usage++) usages.push(usage)
        usageMinimum = undefined
        break
      }
      case tag.collection:
        if (depth === 0) applications.push(usages[0] ?? 0)
        depth += 1
        usages = []
        break
      case tag.endCollection:
        if (depth === 0) return undefined
        depth -= 1
        usages = []
        break
      case tag.input: {
        const bitOffset = bitsUsed.get(globals.reportId) ?? 0
        const bitEnd = bitOffset + globals.reportSize * globals.reportCount
        if (bitEnd > maximumReportBits) return undefined
        bitsUsed.set(globals.reportId, bitEnd)
        fields.push({
          reportId: globals.reportId,
          bitOffset,
          bitsPerElement: globals.reportSize,
          elements: globals.reportCount,
          usages,
          constant: (value & 1) === 1,
        })
        usages = []
        break
      }
      case tag.output:
      case tag.feature:
        usages = []
        break
      default: // logical and physical limits, units, strings, designators: nothing we need
        break
    }
  }
  if (depth !== 0) return undefined
  const inputBytes = new Map([...bitsUsed].map(([id, bits]) => [id, Math.ceil(bits / 8)] as const))
  return { applications, fields, numbered, inputBytes }
}
