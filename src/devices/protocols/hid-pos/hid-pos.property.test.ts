import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createReportCutter } from './cut-reports.ts'
import { createJoiner } from './join-fragments.ts'
import { readFragment } from './read-fragment.ts'
import type { ReportLayout } from './report-layout.ts'

const layout: ReportLayout = {
  reportId: 2,
  lengthBytes: 64,
  byteCountOffset: 1,
  aimIdOffsets: [2, 3, 4],
  dataOffset: 5,
  dataCapacityBytes: 56,
  continued: { offset: 63, mask: 1 },
}

/** Reports of one code, written here from the table so that the codec is not its own judge. */
function reportsOf(payload: Uint8Array): Uint8Array[] {
  const reports: Uint8Array[] = []
  for (let at = 0; at < payload.length; at += 56) {
    const report = new Uint8Array(64)
    const data = payload.subarray(at, at + 56)
    report.set([2, data.length, 0x5d, 0x51, 0x31])
    report.set(data, 5)
    report[63] = at + 56 < payload.length ? 1 : 0
    reports.push(report)
  }
  return reports
}

/** The whole codec, fed with chunks 1 ms apart. */
function readAll(chunks: readonly Uint8Array[]): Uint8Array[] {
  const cutter = createReportCutter([layout])
  const joiner = createJoiner()
  return chunks.flatMap((chunk, atMs) =>
    cutter.push(chunk, atMs).flatMap((report) => {
      const fragment = readFragment([layout], report)
      const results = fragment === undefined ? [] : joiner.push(fragment, atMs)
      return results.flatMap((one) => (one.result === 'code' ? [one.code.bytes] : []))
    }),
  )
}

const payload = fc.uint8Array({ minLength: 1, maxLength: 400 })

test('every code comes back byte by byte, one report a read', () => {
  fc.assert(
    fc.property(fc.array(payload, { maxLength: 6 }), (payloads) => {
      expect(readAll(payloads.flatMap(reportsOf))).toEqual(payloads)
    }),
  )
})

test('reports glued together or cut anywhere give the same codes', () => {
  fc.assert(
    fc.property(
      fc.array(payload, { minLength: 1, maxLength: 4 }),
      // 64 bytes in one read mean a whole report; other sizes are what a stand-in for hidraw may return.
      fc.array(
        fc.integer({ min: 1, max: 300 }).filter((size) => size !== 64),
        { minLength: 1 },
      ),
      (payloads, sizes) => {
        const stream = Uint8Array.from(payloads.flatMap(reportsOf).flatMap((report) => [...report]))
        const chunks: Uint8Array[] = []
        for (let at = 0, turn = 0; at < stream.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1
          chunks.push(stream.slice(at, at + size))
          at += size
        }
        if (chunks.some((chunk) => chunk.length === 64)) return // the last one may be
        expect(readAll(chunks)).toEqual(payloads)
      },
    ),
  )
})

test('any bytes: never an exception', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), (chunks) => void readAll(chunks)),
  )
})

test('whatever the reports say, a reading is the data of one unbroken run of them', () => {
  const anyReport = fc
    .record({
      id: fc.constantFrom(2, 2, 2, 3),
      count: fc.constantFrom(0, 1, 7, 56, 57, 255),
      aim: fc.constantFrom([0x5d, 0x51, 0x31], [0x5d, 0x43, 0x30], [0, 0, 0], [1, 2, 3]),
      data: fc.uint8Array({ minLength: 58, maxLength: 58 }),
      flag: fc.nat(255),
    })
    .map(({ id, count, aim, data, flag }) => Uint8Array.from([id, count, ...aim, ...data, flag]))
  fc.assert(
    fc.property(fc.array(anyReport, { maxLength: 12 }), (reports) => {
      const genuine = reports
        .filter((r) => r[0] === 2 && (r[1] ?? 0) <= 56 && (r[2] === 0x5d || r[2] === 0))
        .map((r) => ({ data: [...r.subarray(5, 5 + (r[1] ?? 0))], ends: ((r[63] ?? 0) & 1) === 0 }))
      const runs: string[] = []
      let run: number[] = []
      for (const { data, ends } of genuine) {
        run = [...run, ...data]
        if (!ends) continue
        runs.push(run.join())
        run = []
      }
      for (const bytes of readAll(reports)) expect(runs).toContain(bytes.join())
    }),
  )
})

test('random reports are no readings', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ minLength: 64, maxLength: 64 }), { maxLength: 40 }),
      (reports) => {
        const genuine = reports.filter((report) => readFragment([layout], report) !== undefined)
        expect(readAll(reports).length).toBeLessThanOrEqual(genuine.length)
      },
    ),
  )
})

test('after any noise the next code is read within two tries', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 130 }), { maxLength: 10 }),
      payload,
      (noise, code) => {
        const readings = readAll([...noise, ...reportsOf(code), ...reportsOf(code)])
        expect(readings.at(-1)).toEqual(code)
      },
    ),
  )
})

test('a lost report never yields a mixture of two codes that are a scan apart', () => {
  fc.assert(
    fc.property(payload, payload, fc.nat(7), (first, second, lost) => {
      const cutReports = reportsOf(first).filter((_, index) => index !== lost)
      const joiner = createJoiner()
      const feed = (reports: Uint8Array[], startMs: number) =>
        reports.flatMap((report, index) => {
          const fragment = readFragment([layout], report)
          return fragment === undefined ? [] : joiner.push(fragment, startMs + index)
        })
      feed(cutReports, 0)
      for (const one of feed(reportsOf(second), 50 + cutReports.length)) {
        if (one.result === 'code') expect(one.code.bytes).toEqual(second)
      }
    }),
  )
})
