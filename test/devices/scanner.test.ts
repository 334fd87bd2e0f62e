import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, describe, expect, test } from 'vitest'
import { manualClock } from '../../src/devices/manual-clock.ts'
import type { SaneProfile } from '../../src/devices/protocols/scanimage/command-line.ts'
import { readPhysicalLog } from '../../src/devices/simulators/base/physical-log.ts'
import { drawSheet } from '../../src/devices/simulators/scanner/draw-sheet.ts'
import {
  type BenchOptions,
  type FeederBench,
  feederBench,
  type ScannerBench,
  scannerBench,
} from './scanner-bench.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

async function feeder(options: Partial<BenchOptions> = {}): Promise<FeederBench> {
  const bench = await feederBench(options)
  stops.push(bench.stop)
  bench.scanner.start()
  return bench
}

async function ready(bench: ScannerBench): Promise<void> {
  expect(await bench.until('online')).toEqual([])
}

const forms = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ kind: 'form', number: index + 1 }))
const delivered = (bench: FeederBench) =>
  readPhysicalLog(bench.simulator.logPath).filter(({ event }) => event === 'sheetDelivered').length

describe('a sheet feeder', () => {
  test('every sheet is a page, in order, whole, and then the feeder is empty', async () => {
    const bench = await feeder()
    await ready(bench)
    await bench.control('insert', { sheets: forms(3) })
    expect(await bench.scanner.sensePaper()).toEqual({ feeder: 'loaded', cover: 'closed' })
    const { outcome, told } = await bench.scan()
    expect(outcome).toEqual({ outcome: 'done', value: { pages: 3 } })
    expect(told.map(({ number }) => number)).toEqual([1, 2, 3])
    for (const { path } of told) {
      const { format, width, height, channels } = await sharp(path).metadata()
      expect({ format, width, height, channels }).toEqual({
        ...{ format: 'jpeg', width: 1654, height: 2339, channels: 3 },
      })
    }
    expect(delivered(bench)).toBe(3)
    expect(await bench.scanner.sensePaper()).toEqual({ feeder: 'empty', cover: 'closed' })
    await ready(bench)
    // The next run takes no name of the first.
    await bench.control('insert', { sheets: forms(1) })
    await bench.scan()
    expect(bench.left()).toHaveLength(4)
  })

  test('an empty feeder is no success, though scanimage exits with 0', async () => {
    const bench = await feeder()
    await ready(bench)
    expect((await bench.scan()).outcome).toEqual({ outcome: 'refused', reason: 'FEEDER_EMPTY' })
    await ready(bench)
  })

  test('no more pages than asked for; the rest stays and is sensed', async () => {
    const bench = await feeder()
    await ready(bench)
    await bench.control('insert', { sheets: forms(3) })
    const { outcome } = await bench.scan({ maxPages: 2 })
    expect(outcome).toEqual({ outcome: 'done', value: { pages: 2 } })
    expect((await bench.scanner.sensePaper()).feeder).toBe('loaded')
  })

  test.each([
    ['jam', 'JAM'],
    ['doubleFeed', 'DOUBLE_FEED'],
  ])('%s: pages before it stay good, and freeing the paper is enough', async (command, reason) => {
    const bench = await feeder()
    await ready(bench)
    await bench.control('insert', { sheets: forms(3) })
    await bench.control(command, { afterSheets: 1 })
    const { outcome, told } = await bench.scan()
    expect(outcome).toEqual({ outcome: 'failed', reason })
    expect(told).toHaveLength(1)
    expect(bench.left()).toHaveLength(1)
    expect(await bench.until('needsAttendant')).toEqual([reason])
    await bench.control('takeOut')
    await bench.control('clearJam')
    await ready(bench)
  })

  test('cover open: known before and after, gone when it is shut', async () => {
    const bench = await feeder()
    await ready(bench)
    await bench.control('insert', { sheets: forms(1) })
    await bench.control('openCover')
    expect((await bench.scan()).outcome).toEqual({ outcome: 'failed', reason: 'COVER_OPEN' })
    expect(await bench.until('needsAttendant')).toEqual(['COVER_OPEN'])
    await bench.control('openCover', { on: false })
    await ready(bench)
    expect((await bench.scan()).outcome.outcome).toBe('done')
  })

  test('cancelled: the page under way is none, and nothing half-written stays', async () => {
    const bench = await feeder()
    await ready(bench)
    await bench.control('insert', { sheets: forms(3) })
    await bench.control('slow', { pageMs: 2_000 })
    const running = bench.scan({
      // In the middle of the second page: between two pages scanimage's own handler may not come through.
      async onPage(_page, cancel) {
        await expect.poll(() => bench.left().some((name) => name.endsWith('.part'))).toBe(true)
        cancel()
      },
    })
    const { outcome, told } = await running
    expect(outcome).toEqual({ outcome: 'failed', reason: 'SCAN_CANCELLED' })
    expect(bench.left()).toHaveLength(told.length)
    await ready(bench)
  })

  test('one job at a time', async () => {
    const bench = await feeder()
    await ready(bench)
    await bench.control('insert', { sheets: forms(1) })
    const first = bench.scan()
    expect((await bench.scan()).outcome).toEqual({ outcome: 'refused', reason: 'PORT_BUSY' })
    expect(await bench.scanner.sensePaper()).toEqual({ feeder: 'unknown', cover: 'unknown' })
    expect((await first).outcome.outcome).toBe('done')
  })

  test('unplugged in mid-page, and back', async () => {
    const bench = await feeder()
    await ready(bench)
    await bench.control('insert', { sheets: forms(3) })
    await bench.control('slow', { pageMs: 600 })
    const { outcome, told } = await bench.scan({
      onPage: () => void bench.control('plug', { on: false }),
    })
    // In the middle of a page the library says so; between two pages it only ends with an error.
    expect([
      { outcome: 'failed', reason: 'DISCONNECTED' },
      { outcome: 'unknown', reason: 'SCANNER_ERROR' },
    ]).toContainEqual(outcome)
    expect(told).toHaveLength(1)
    expect(bench.left()).toHaveLength(1)
    await bench.until('offline')
    expect(
      bench.scanner.scan({ resolutionDpi: 200, folder: bench.pages, maxPages: 1 }),
    ).toBeDefined()
    await bench.control('plug', { on: true })
    await ready(bench)
  })

  test('killed in mid-page: no part of a page is taken for one', async () => {
    const bench = await feeder()
    await ready(bench)
    await bench.control('insert', { sheets: forms(2) })
    await bench.control('slow', { pageMs: 400 })
    const { outcome, told } = await bench.scan({
      onPage: () => bench.processes.at(-1)?.signal('SIGKILL'),
    })
    expect(outcome).toEqual({ outcome: 'unknown', reason: 'SCANNER_ERROR' })
    expect(told).toHaveLength(1)
    expect(bench.left()).toHaveLength(1)
  })

  test('never answers: interrupted after 30 s, killed 5 s later, then somebody must look', async () => {
    const clock = manualClock()
    const bench = await feeder({ clock })
    await ready(bench)
    await bench.control('insert', { sheets: forms(1) })
    await bench.control('fault', { fault: 'silent', on: true })
    const running = bench.scan()
    await expect.poll(() => bench.processes.length).toBe(2)
    await clock.advance(29_999)
    expect(bench.scanner.status().state).toBe('busy')
    await clock.advance(1)
    await clock.advance(5_000)
    expect((await running).outcome).toEqual({ outcome: 'unknown', reason: 'SCANNER_SILENT' })
    expect(bench.scanner.status()).toEqual({
      ...{ state: 'needsAttendant', reasons: ['SCANNER_SILENT'] },
    })
    // Switched off and on again, it starts clean.
    await bench.control('fault', { fault: 'silent', on: false })
    await bench.control('plug', { on: false })
    await clock.advance(3_000)
    await bench.until('offline')
    await bench.control('plug', { on: true })
    await clock.advance(3_000)
    await ready(bench)
  })

  test('a scanner that is silent from the start is a status, and recovers', async () => {
    const clock = manualClock()
    const bench = await feederBench({ clock })
    stops.push(bench.stop)
    await bench.control('fault', { fault: 'silent', on: true })
    bench.scanner.start()
    await clock.advance(30_000)
    await clock.advance(5_000)
    expect(await bench.until('offline')).toEqual(['SCANNER_SILENT'])
    await bench.control('fault', { fault: 'silent', on: false })
    await clock.advance(3_000)
    await ready(bench)
  })

  test('the heartbeat finds out by itself, and leaves a run alone', async () => {
    const bench = await feeder({ timings: { probeIntervalMs: 50 } })
    await ready(bench)
    await bench.control('insert', { sheets: forms(1) })
    await bench.control('slow', { pageMs: 500 })
    const before = bench.processes.length
    const { outcome } = await bench.scan()
    expect(outcome.outcome).toBe('done')
    const during = bench.processes.length - before
    expect(during).toBeLessThanOrEqual(2)
    await bench.control('plug', { on: false })
    await bench.until('offline')
  })
})

describe('a scanner that is not there', () => {
  test.each([
    ['no program', { command: ['scanimage-of-nowhere'] as const }, 'PROGRAM_MISSING'],
    [
      'a launcher without program',
      { command: ['setpriv', 'scanimage-of-nowhere'] as const },
      'PROGRAM_MISSING',
    ],
    ['no device', {}, 'PORT_MISSING'],
  ])('%s is a status, and refuses a scan', async (_name, options, reason) => {
    const bench = scannerBench({
      ...{ backends: ['test'], profile: { device: 'test:99', options: {} } },
      ...options,
    })
    stops.push(bench.stop)
    bench.scanner.start()
    expect(await bench.until(reason === 'PORT_MISSING' ? 'absent' : 'offline')).toEqual([reason])
    expect((await bench.scan()).outcome).toEqual({ outcome: 'refused', reason })
  })
})

/** Small pages: 14 × 14 mm fit the pipe inside the backend, which hangs now and then when it bursts. */
const testBackend = (options: Readonly<Record<string, string>>): SaneProfile => ({
  ...{ device: 'test:0', source: 'Automatic Document Feeder', mode: 'Color' },
  ...{ pageWidthMm: 14, pageHeightMm: 14, options },
})

async function backend(name: string, profile: SaneProfile): Promise<ScannerBench> {
  const bench = scannerBench({ backends: [name], profile })
  stops.push(bench.stop)
  bench.scanner.start()
  await ready(bench)
  return bench
}

describe("SANE's test backend", () => {
  test('ten pages, then the feeder is empty', async () => {
    const bench = await backend('test', testBackend({ 'test-picture': 'Grid' }))
    const { outcome, told } = await bench.scan()
    expect(outcome).toEqual({ outcome: 'done', value: { pages: 10 } })
    expect(told).toHaveLength(10)
    expect(await bench.scanner.sensePaper()).toEqual({ feeder: 'unknown', cover: 'unknown' })
  })

  test.each([
    ['JAMMED', 'failed', 'JAM'], // 6
    ['NO_DOCS', 'refused', 'FEEDER_EMPTY'], // 7 inside, 0 outside
    ['COVER_OPEN', 'failed', 'COVER_OPEN'], // 8
    ['IO_ERROR', 'failed', 'DISCONNECTED'], // 9
    ['DEVICE_BUSY', 'refused', 'PORT_BUSY'], // 3
    ['ACCESS_DENIED', 'failed', 'PERMISSION'], // 11
    ['NO_MEM', 'failed', 'SCANNER_ERROR'], // 10
    ['EOF', 'failed', 'SCANNER_ERROR'], // 1: too few lines
  ])('%s', async (value, outcome, reason) => {
    const bench = await backend(
      'test',
      testBackend({ 'read-return-value': `SANE_STATUS_${value}` }),
    )
    const scan = await bench.scan()
    expect(scan.outcome).toEqual({ outcome, reason })
    expect(scan.told).toEqual([])
    expect(bench.left()).toEqual([])
  })

  test('an option that the scanner does not know is its own fault, not paper', async () => {
    const bench = await backend('test', testBackend({ 'no-such-option': 'x' }))
    expect((await bench.scan()).outcome).toEqual({ outcome: 'failed', reason: 'SCANNER_ERROR' })
  })
})

describe("SANE's pnm backend", () => {
  async function pnm(options: Readonly<Record<string, string>> = {}): Promise<ScannerBench> {
    const folder = mkdtempSync(join(tmpdir(), 'pnm-'))
    stops.push(async () => rmSync(folder, { recursive: true, force: true }))
    const { widthPx, heightPx, rgb } = drawSheet({ kind: 'form' })
    const filename = join(folder, 'page.ppm')
    writeFileSync(filename, Buffer.concat([Buffer.from(`P6\n${widthPx} ${heightPx}\n255\n`), rgb]))
    return backend('pnm', { device: 'pnm:0', options: { filename, ...options } })
  }

  test('the page of a backend that has one a call is the page that was drawn', async () => {
    const bench = await pnm()
    const { outcome, told } = await bench.scan()
    expect(outcome).toEqual({ outcome: 'done', value: { pages: 1 } })
    const scanned = await sharp(readFileSync(told[0]?.path ?? ''))
      .raw()
      .toBuffer()
    const { rgb } = drawSheet({ kind: 'form' })
    let difference = 0
    for (let at = 0; at < rgb.length; at += 1) {
      difference += Math.abs((rgb[at] ?? 0) - (scanned[at] ?? 255))
    }
    expect(scanned).toHaveLength(rgb.length)
    expect(difference / rgb.length).toBeLessThan(4)
  })

  test.each([
    ['status-jammed', 'failed', 'JAM'],
    ['status-nodocs', 'refused', 'FEEDER_EMPTY'],
    ['status-coveropen', 'failed', 'COVER_OPEN'],
    ['status-ioerror', 'failed', 'DISCONNECTED'],
  ])('%s', async (option, outcome, reason) => {
    const bench = await pnm({ [option]: 'yes' })
    expect((await bench.scan()).outcome).toEqual({ outcome, reason })
    expect(bench.left()).toEqual([])
  })
})
