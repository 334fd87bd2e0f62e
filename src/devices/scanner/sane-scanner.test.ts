import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { DeviceStatus } from '../contract.ts'
import { manualClock } from '../manual-clock.ts'
import type { OutputStream, ProcessEnd, ProcessStart, StartProcess } from '../transport/process.ts'
import { saneScanner } from './sane-scanner.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sane-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

interface FakeRun {
  readonly start: ProcessStart
  readonly signals: string[]
  say(stream: OutputStream, line: string): void
  end(end: ProcessEnd): void
}

/** A scanimage whose every word the test says. */
function setUp(options: { readonly killAfterMs?: number } = {}) {
  const clock = manualClock()
  const runs: FakeRun[] = []
  const start: StartProcess = (given) => {
    const { promise, resolve } = Promise.withResolvers<ProcessEnd>()
    const listeners: ((stream: OutputStream, line: string) => void)[] = []
    const signals: string[] = []
    runs.push({
      ...{ start: given, signals, end: resolve },
      say: (stream, line) => {
        for (const listener of listeners) listener(stream, line)
      },
    })
    return {
      onLine: (listener) => void listeners.push(listener),
      signal: (name) => void signals.push(name),
      ended: promise,
    }
  }
  const scanner = saneScanner({
    ...{ id: 'scanner', clock, start, command: ['scanimage'] },
    profile: { device: 'maker:model', options: {} },
    ...options,
  })
  const statuses: DeviceStatus[] = []
  scanner.onStatus((status) => statuses.push(status))
  const newest = (): FakeRun => {
    const run = runs.at(-1)
    if (run === undefined) throw new Error('nothing was started')
    return run
  }
  const exit = async (code: number, ...stderr: string[]) => {
    for (const line of stderr) newest().say('stderr', line)
    newest().end({ end: 'exit', code })
    await clock.advance(0)
  }
  const begun = async (count: number) => {
    await vi.waitFor(() => expect(runs).toHaveLength(count))
  }
  const scan = () => scanner.scan({ resolutionDpi: 200, folder, maxPages: 9 })
  return { clock, runs, scanner, statuses, newest, exit, begun, scan }
}

const empty = 'scanimage: sane_start: Document feeder out of documents'
const jammed = 'scanimage: sane_read: Document feeder jammed'

test('a look that opens the device makes it online; the next one comes 15 s after its end', async () => {
  const { clock, runs, scanner, statuses, exit } = setUp()
  scanner.start()
  expect(runs[0]?.start.args).toEqual(['--device-name=maker:model', '--all-options'])
  await clock.advance(8_000)
  expect(scanner.status().state).toBe('starting')
  await exit(0)
  await clock.advance(14_999)
  expect(runs).toHaveLength(1)
  await clock.advance(1)
  expect(runs).toHaveLength(2)
  await exit(0)
  // Told once: an unchanged look is no news.
  expect(statuses).toEqual([{ state: 'online', reasons: [] }])
})

test('away: looked for more often, and every scan is refused with the reason', async () => {
  const { clock, runs, scanner, exit, scan } = setUp()
  scanner.start()
  await exit(1, 'scanimage: open of device maker:model failed: Invalid argument')
  expect(scanner.status()).toEqual({ state: 'absent', reasons: ['PORT_MISSING'] })
  expect(await scan().outcome).toEqual({ outcome: 'refused', reason: 'PORT_MISSING' })
  await clock.advance(3_000)
  expect(runs).toHaveLength(2)
  await exit(0)
  expect(scanner.status().state).toBe('online')
})

test('a jam of a scanner without sensors stays until a sheet went through', async () => {
  const { clock, scanner, exit, begun, scan, newest } = setUp()
  scanner.start()
  await exit(0)
  const jam = scan()
  await begun(2)
  await exit(6, jammed, 'Batch terminated, 1 page scanned')
  // The look that asks whether it was a double feed.
  await begun(3)
  await exit(0)
  expect(await jam.outcome).toEqual({ outcome: 'failed', reason: 'JAM' })
  expect(scanner.status()).toEqual({ state: 'needsAttendant', reasons: ['JAM'] })
  await clock.advance(3_000)
  await exit(0)
  expect(scanner.status().state).toBe('needsAttendant')

  const again = scan()
  const pages: string[] = []
  again.onPage(({ path }) => pages.push(path))
  await begun(5)
  const name = /--batch=(.*)%04d\.jpg/.exec(newest().start.args.join('\n'))?.[1]
  newest().say('stdout', `${name}0001.jpg`)
  await exit(0, empty, 'Batch terminated, 1 page scanned')
  expect(await again.outcome).toEqual({ outcome: 'done', value: { pages: 1 } })
  expect(pages).toEqual([`${name}0001.jpg`])
  expect(scanner.status()).toEqual({ state: 'online', reasons: [] })
})

test('a scan waits for the look under way, and nothing looks while it runs', async () => {
  const { clock, runs, scanner, exit, begun, scan } = setUp()
  scanner.start()
  await exit(0)
  await clock.advance(15_000)
  const job = scan()
  await clock.advance(0)
  expect(runs).toHaveLength(2)
  await exit(0)
  await begun(3)
  expect(scanner.status().state).toBe('busy')
  await clock.advance(20_000)
  expect(runs).toHaveLength(3)
  expect(await scanner.sensePaper()).toEqual({ feeder: 'unknown', cover: 'unknown' })
  await exit(0, empty, 'Batch terminated, 0 pages scanned')
  expect(await job.outcome).toEqual({ outcome: 'refused', reason: 'FEEDER_EMPTY' })
})

test('cancelled before the program started: nothing moves', async () => {
  const { runs, scanner, exit, scan } = setUp()
  scanner.start()
  await exit(0)
  const job = scan()
  job.cancel()
  expect(await job.outcome).toEqual({ outcome: 'refused', reason: 'SCAN_CANCELLED' })
  expect(runs).toHaveLength(1)
  expect(scanner.status().state).toBe('online')
})

test('words keep a slow run alive; without them SIGINT, then SIGKILL, and it is not known', async () => {
  const { clock, scanner, exit, begun, scan, newest } = setUp()
  scanner.start()
  await exit(0)
  const job = scan()
  await begun(2)
  await clock.advance(29_000)
  newest().say('stderr', 'Scanning page 2')
  await clock.advance(29_000)
  expect(newest().signals).toEqual([])
  await clock.advance(1_000)
  expect(newest().signals).toEqual(['SIGINT'])
  await clock.advance(5_000)
  expect(newest().signals).toEqual(['SIGINT', 'SIGKILL'])
  newest().end({ end: 'signal', signal: 'SIGKILL' })
  expect(await job.outcome).toEqual({ outcome: 'unknown', reason: 'SCANNER_SILENT' })
  expect(scanner.status()).toEqual({ state: 'needsAttendant', reasons: ['SCANNER_SILENT'] })
})

test('a program that hangs after its last word has told its story all the same', async () => {
  const { clock, scanner, exit, begun, scan, newest } = setUp()
  scanner.start()
  await exit(0)
  const job = scan()
  await begun(2)
  newest().say('stderr', empty)
  newest().say('stderr', 'Batch terminated, 0 pages scanned')
  await clock.advance(5_000)
  expect(newest().signals).toEqual(['SIGINT'])
  await clock.advance(5_000)
  expect(newest().signals).toEqual(['SIGINT', 'SIGKILL'])
  newest().end({ end: 'signal', signal: 'SIGKILL' })
  expect(await job.outcome).toEqual({ outcome: 'refused', reason: 'FEEDER_EMPTY' })
  expect(scanner.status().state).toBe('online')
})

test('stopped, it interrupts what runs, tells nothing more and leaves no timer', async () => {
  const { clock, scanner, statuses, exit, begun, scan, newest } = setUp()
  scanner.start()
  await exit(0)
  const job = scan()
  await begun(2)
  const stopping = scanner.stop()
  expect(newest().signals).toEqual(['SIGINT'])
  await exit(2)
  await stopping
  expect(await job.outcome).toEqual({ outcome: 'failed', reason: 'SCAN_CANCELLED' })
  expect(statuses.map(({ state }) => state)).toEqual(['online', 'busy'])
  expect(clock.pendingTimers()).toBe(0)
})
