import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseReportDescriptor } from './report-descriptor.ts'
import { classifyDevice, type DeviceKind } from './report-layout.ts'

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'))
const kindOf = (bytes: Uint8Array): DeviceKind | undefined => {
  const descriptor = parseReportDescriptor(bytes)
  return descriptor && classifyDevice(descriptor)
}

// Reference descriptor of a Honeywell-like reader: id, count, 3 AIM, 56 data, 2 vendor bytes, flag.
const honeywellLike = hex(`
  05 8C 09 02 A1 01 85 02 09 12 A1 02 15 00 26 FF 00 75 08 95 01 05 01 09 3B 81 02 95 03 05 8C
  09 FB 09 FC 09 FD 81 02 95 38 09 FE 82 02 01 95 01 06 66 FF 09 04 81 02 09 05 81 02 05 8C 25 01
  75 01 95 01 09 FF 81 02 75 07 81 03 C0 C0`)
// The boot keyboard of HID 1.11 appendix E.6: what a reader in wedge mode shows.
const bootKeyboard = hex(`
  05 01 09 06 A1 01 05 07 19 E0 29 E7 15 00 25 01 75 01 95 08 81 02 95 01 75 08 81 01 95 05 75 01
  05 08 19 01 29 05 91 02 95 01 75 03 91 01 95 06 75 08 15 00 25 65 05 07 19 00 29 65 81 00 C0`)

test('the layout comes from the descriptor', () => {
  expect(kindOf(honeywellLike)).toEqual({
    kind: 'hidPos',
    layouts: [
      {
        reportId: 2,
        lengthBytes: 64,
        byteCountOffset: 1,
        aimIdOffsets: [2, 3, 4],
        dataOffset: 5,
        dataCapacityBytes: 56,
        continued: { offset: 63, mask: 1 },
      },
    ],
  })
})

test('another order of fields gives another layout: 62 bytes, no AIM identifier, flag before the data', () => {
  const descriptor = hex(`
    05 8C 09 02 A1 01 85 07 15 00 26 FF 00 75 01 95 01 09 FF 81 02 75 07 81 03 75 08 95 01 05 01
    09 3B 81 02 05 8C 95 3B 09 FE 82 02 01 C0`)
  expect(kindOf(descriptor)).toEqual({
    kind: 'hidPos',
    layouts: [
      {
        reportId: 7,
        lengthBytes: 62,
        byteCountOffset: 2,
        aimIdOffsets: [],
        dataOffset: 3,
        dataCapacityBytes: 59,
        continued: { offset: 1, mask: 1 },
      },
    ],
  })
})

test('reports without an id begin with their first field', () => {
  const descriptor = hex(
    '05 8C 09 02 A1 01 75 08 95 01 05 01 09 3B 81 02 05 8C 95 20 09 FE 82 02 01 C0',
  )
  expect(kindOf(descriptor)).toMatchObject({
    layouts: [{ reportId: undefined, lengthBytes: 33, byteCountOffset: 0, dataOffset: 1 }],
  })
})

test('a keyboard is told from a scanner, and a scanner that also types is a scanner', () => {
  expect(kindOf(bootKeyboard)).toEqual({ kind: 'keyboard' })
  const numberedKeyboard = hex(
    `05 01 09 06 A1 01 85 01 ${Buffer.from(bootKeyboard).toString('hex').slice(12)}`,
  )
  expect(kindOf(Uint8Array.from([...numberedKeyboard, ...honeywellLike]))).toMatchObject({
    kind: 'hidPos',
    layouts: [{ reportId: 2, lengthBytes: 64 }],
  })
  expect(kindOf(hex('05 01 09 02 A1 01 75 08 95 03 09 30 81 02 C0'))).toEqual({ kind: 'other' })
})

test('a scanner collection without a data array is no reader that we can use', () => {
  expect(kindOf(hex('05 8C 09 02 A1 01 75 08 95 01 05 01 09 3B 81 02 C0'))).toEqual({
    kind: 'other',
  })
})

test('damaged descriptors are refused', () => {
  expect(parseReportDescriptor(honeywellLike.subarray(0, -1))).toBeUndefined() // collection left open
  expect(parseReportDescriptor(hex('26 FF'))).toBeUndefined() // item cut off
  expect(parseReportDescriptor(hex('C0'))).toBeUndefined()
  expect(parseReportDescriptor(hex('B4'))).toBeUndefined()
  expect(parseReportDescriptor(hex('75 20 97 FF FF FF FF 81 02'))).toBeUndefined() // 2^32 elements
  expect(parseReportDescriptor(hex('1B 00 00 00 00 2B FF FF FF FF'))).toBeUndefined() // 2^32 usages
})

test('any bytes and any damage to a good descriptor: an answer, never an exception', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void kindOf(bytes)))
  fc.assert(
    fc.property(fc.nat(honeywellLike.length - 1), fc.nat(255), (at, value) => {
      const kind = kindOf(honeywellLike.with(at, value))
      if (kind?.kind !== 'hidPos') return
      for (const layout of kind.layouts) {
        expect(layout.dataOffset + layout.dataCapacityBytes).toBeLessThanOrEqual(layout.lengthBytes)
      }
    }),
  )
})
