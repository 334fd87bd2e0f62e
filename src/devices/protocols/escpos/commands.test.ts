import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  clearBuffers,
  enableAutomaticStatus,
  feedAndCut,
  initialise,
  recoverAndClear,
  requestIdentity,
  requestProcessId,
  requestQueuedStatus,
  requestRealTimeStatus,
} from './commands.ts'
import { createProcessIds } from './process-id.ts'
import { maximumBandRows, rasterBands } from './raster-bands.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/** Paints bands back into rows with arithmetic of its own. */
function paint(bands: readonly Uint8Array[], widthDots: number): number[][] {
  return bands.flatMap((band) => {
    expect(hex(band.subarray(0, 4))).toBe('1d763000')
    const rowBytes = (band[4] ?? 0) + 256 * (band[5] ?? 0)
    const height = (band[6] ?? 0) + 256 * (band[7] ?? 0)
    expect(height).toBeLessThanOrEqual(maximumBandRows)
    expect(band.length).toBe(8 + rowBytes * height)
    return Array.from({ length: height }, (_, row) => {
      const bytes = Array.from(band.subarray(8 + row * rowBytes, 8 + (row + 1) * rowBytes))
      return [...bytes, ...new Array<number>(widthDots / 8 - rowBytes).fill(0)]
    })
  })
}

describe('commands', () => {
  test('are the documented bytes', () => {
    expect(hex(initialise())).toBe('1b40')
    expect(hex(feedAndCut())).toBe('1d564200')
    expect(hex(requestRealTimeStatus('printer'))).toBe('100401')
    expect(hex(requestRealTimeStatus('paper'))).toBe('100404')
    expect(hex(enableAutomaticStatus())).toBe('1d610e')
    expect(hex(requestProcessId('ABCD'))).toBe('1d28480600303041424344')
    expect(hex(requestQueuedStatus())).toBe('1d7201')
    expect(hex(requestIdentity('firmware'))).toBe('1d4941')
    expect(hex(requestIdentity('serial'))).toBe('1d4944')
    expect(hex(recoverAndClear())).toBe('100502')
    expect(hex(clearBuffers())).toBe('10140801031401060208')
  })

  test('process ids are legal and do not repeat', () => {
    const next = createProcessIds(29)
    const ids = Array.from({ length: 5000 }, () => next())
    expect(new Set(ids).size).toBe(5000)
    for (const id of ids) expect(() => requestProcessId(id)).not.toThrow()
  })
})

describe('raster bands', () => {
  test('print the same dots, but for one dot more where bytes look like a real-time command', () => {
    const byte = fc.oneof(fc.nat(255), fc.constantFrom(0x10, 0x04, 0x05, 0x14, 0x00))
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }).chain((rowBytes) =>
          fc.integer({ min: 0, max: 70 }).chain((rows) =>
            fc.record({
              rowBytes: fc.constant(rowBytes),
              data: fc.uint8Array({ minLength: rowBytes * rows, maxLength: rowBytes * rows }),
              salt: fc.array(byte, { minLength: rowBytes * rows, maxLength: rowBytes * rows }),
            }),
          ),
        ),
        ({ rowBytes, data, salt }) => {
          const mixed = data.map((value, index) => (value & 1 ? (salt[index] ?? 0) : value))
          const raster = {
            widthDots: rowBytes * 8,
            heightDots: mixed.length / rowBytes,
            data: mixed,
          }
          const bands = rasterBands(raster)
          for (const band of bands) expect(hex(band)).not.toMatch(/^(..)*10(04|05|14)/)
          const printed = paint(bands, raster.widthDots).flat()
          expect(printed.length).toBe(mixed.length)
          for (const [index, value] of printed.entries()) {
            const wanted = mixed[index]
            if (value !== wanted) expect([wanted, value]).toEqual([0x10, 0x18])
          }
        },
      ),
    )
  })

  test('a tall raster is cut into bands of bounded height', () => {
    const data = new Uint8Array(2 * 600).fill(0xff)
    expect(rasterBands({ widthDots: 16, heightDots: 600, data }).length).toBe(3)
  })

  test('white to the right is not sent', () => {
    const data = new Uint8Array(72 * 10)
    data[72 * 3 + 4] = 1
    expect(rasterBands({ widthDots: 576, heightDots: 10, data })[0]?.length).toBe(8 + 5 * 10)
  })

  test('a raster that does not fit its size is a bug', () => {
    expect(() => rasterBands({ widthDots: 16, heightDots: 2, data: new Uint8Array(3) })).toThrow()
  })
})
