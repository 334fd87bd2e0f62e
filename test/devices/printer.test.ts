import { readFileSync } from 'node:fs'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Raster } from '../../src/devices/contract.ts'
import { sampleConfirmation, sampleQrPayload } from '../../src/main/printing/sample-slips.ts'
import { slipRaster } from '../../src/main/printing/slip-raster.ts'
import {
  hasReason,
  isOnline,
  type PrinterSetup,
  type PrinterSetupOptions,
  readQrCodes,
  setUpPrinter,
  striped,
  untilStatus,
} from './printer-setup.ts'

const running: PrinterSetup[] = []
afterEach(async () => {
  for (const setup of running.splice(0)) await setup.end()
})

async function ready(options: PrinterSetupOptions = {}): Promise<PrinterSetup> {
  const setup = await setUpPrinter(options)
  running.push(setup)
  await untilStatus(setup.printer, isOnline)
  return setup
}

/** Resolves when the physical log tells of the event. */
const happened = (setup: PrinterSetup, event: string) =>
  vi.waitFor(() => expect(setup.events()).toContain(event), { timeout: 10_000, interval: 10 })

async function dotsOf(png: string): Promise<Raster> {
  const image = await loadImage(readFileSync(png))
  const canvas = createCanvas(image.width, image.height)
  const context = canvas.getContext('2d')
  context.drawImage(image, 0, 0)
  const pixels = canvas.data()
  const data = new Uint8Array((image.width / 8) * image.height)
  for (let dot = 0; dot < image.width * image.height; dot += 1) {
    if ((pixels[dot * 4] ?? 255) < 128) {
      data[dot >> 3] = (data[dot >> 3] ?? 0) | (0x80 >> (dot & 7))
    }
  }
  return { widthDots: image.width, heightDots: image.height, data }
}

describe('printing', () => {
  test('a slip comes out dot for dot, is proven, and its QR code reads back', async () => {
    const setup = await ready()
    expect(setup.printer.capabilities()).toEqual({
      rasterWidthDots: 576,
      printedProof: 'processId',
    })
    expect(setup.printer.identity()).toMatchObject({ model: 'SIM-80', serial: 'SIM0001' })
    const raster = slipRaster(sampleConfirmation)
    expect(await setup.printer.print(raster)).toEqual({
      outcome: 'done',
      value: { proof: 'processId' },
    })
    // The proof comes after the paper: the picture is there already.
    const [png = ''] = setup.slips()
    expect(setup.slips().length).toBe(1)
    expect(readQrCodes(png)).toBe(sampleQrPayload)
    const printed = await dotsOf(png)
    expect(printed.heightDots).toBe(raster.heightDots)
    const differing = printed.data.filter((byte, index) => byte !== raster.data[index])
    // One dot more where the image would have looked like a real-time command.
    expect(differing.every((byte) => byte === 0x18)).toBe(true)
    expect(differing.length).toBeLessThan(20)
  })

  test('two slips asked for at once come out one after the other, each whole', async () => {
    const setup = await ready()
    const outcomes = await Promise.all([
      setup.printer.print(striped(700)),
      setup.printer.print(striped(300)),
    ])
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['done', 'done'])
    const [first, second] = await Promise.all(setup.slips().map(dotsOf))
    expect(first?.heightDots).toBe(700)
    expect(second?.heightDots).toBe(300)
    expect(setup.partialSlips()).toEqual([])
  })

  test('the tap sees every frame before and after, and the trace shows no slip', async () => {
    const seen: string[] = []
    const setup = await ready({
      tap: ({ phase, direction, message }) => seen.push(`${phase} ${direction} ${message}`),
    })
    seen.length = 0
    await setup.printer.print(striped(600))
    const writes = seen.filter((line) => line.startsWith('before write'))
    expect(writes.filter((line) => line.endsWith('raster-band')).length).toBe(3)
    expect(writes.indexOf('before write cut')).toBeLessThan(
      writes.indexOf('before write proof-request'),
    )
    expect(seen).toContain('after read proof')
    for (const { hex } of setup.printer.lastExchanges()) {
      expect(hex.split(' ').length).toBeLessThan(80)
    }
    const bands = setup.printer.lastExchanges().filter(({ hex }) => hex.startsWith('1d 76 30'))
    expect(bands.length).toBe(3)
    for (const { hex } of bands) expect(hex).toMatch(/^(\S\S ){12}\+\d+ bytes$/)
  })

  test('a clone without process ids is found out and gives the weaker proof', async () => {
    const setup = await ready({
      prepare: async (tell) => void (await tell('noProcessId', { on: true })),
    })
    expect(setup.printer.capabilities().printedProof).toBe('queuedStatus')
    expect(await setup.printer.print(striped(400))).toEqual({
      outcome: 'done',
      value: { proof: 'queuedStatus' },
    })
    expect(setup.slips().length).toBe(1)
  })
})

describe('paper, cover, knife', () => {
  test.each([
    ['paper', { state: 'out' }, { state: 'ok' }, 'PAPER_OUT'],
    ['openCover', { on: true }, { on: false }, 'COVER_OPEN'],
    ['headTooHot', { on: true }, { on: false }, 'HEAD_TOO_HOT'],
  ] as const)(
    '%s before: refused, nothing is printed, then again',
    async (command, bad, good, reason) => {
      const setup = await ready()
      await setup.tell(command, bad)
      // Not even when the driver has not heard of it yet.
      expect(await setup.printer.print(striped(300))).toEqual({ outcome: 'refused', reason })
      expect((await untilStatus(setup.printer, hasReason(reason))).state).toBe('needsAttendant')
      expect(setup.events()).not.toContain('printed')
      await setup.tell(command, good)
      await untilStatus(setup.printer, isOnline)
      expect((await setup.printer.print(striped(300))).outcome).toBe('done')
      expect(setup.slips().length).toBe(1)
    },
  )

  test('paper out during: failed, and no rest of it is printed when the paper is back', async () => {
    const setup = await ready()
    await setup.tell('paperOutAfter', { bands: 2 })
    expect(await setup.printer.print(striped(1500))).toEqual({
      outcome: 'failed',
      reason: 'PAPER_OUT',
    })
    expect(setup.slips()).toEqual([])
    expect(setup.printer.status()).toEqual({ state: 'needsAttendant', reasons: ['PAPER_OUT'] })
    await setup.tell('paper', { state: 'ok' })
    await untilStatus(setup.printer, isOnline)
    // The end of the old roll fell out with a piece of the slip.
    expect(setup.partialSlips().length).toBe(1)
    expect(await setup.tell('state')).toMatchObject({ hangingRows: 0, waitingCommands: 0 })
    expect((await setup.printer.print(striped(200))).outcome).toBe('done')
    const [only = ''] = setup.slips()
    expect(setup.slips().length).toBe(1)
    expect((await dotsOf(only)).heightDots).toBe(200)
  })

  test('paper out right after the slip: the slip is done, the next one is refused', async () => {
    const setup = await ready()
    expect((await setup.printer.print(striped(300))).outcome).toBe('done')
    await setup.tell('paper', { state: 'out' })
    expect(await setup.printer.print(striped(300))).toEqual({
      outcome: 'refused',
      reason: 'PAPER_OUT',
    })
    expect(setup.slips().length).toBe(1)
  })

  test('paper running low stands beside online', async () => {
    const setup = await ready()
    await setup.tell('paper', { state: 'low' })
    expect(await untilStatus(setup.printer, hasReason('PAPER_LOW'))).toEqual({
      state: 'online',
      reasons: ['PAPER_LOW'],
    })
    expect((await setup.printer.print(striped(100))).outcome).toBe('done')
  })

  test('cover opened during: failed, and closing it prints no rest', async () => {
    const setup = await ready()
    await setup.tell('slow', { on: true })
    const printing = setup.printer.print(striped(2500))
    await vi.waitFor(async () =>
      expect(await setup.tell('state')).not.toMatchObject({ hangingRows: 0 }),
    )
    await setup.tell('openCover', { on: true })
    expect(await printing).toEqual({ outcome: 'failed', reason: 'COVER_OPEN' })
    await setup.tell('slow', { on: false })
    await setup.tell('openCover', { on: false })
    await untilStatus(setup.printer, isOnline)
    expect(setup.slips()).toEqual([])
    // The torn beginning is cut off before the next slip, not printed above it.
    expect((await setup.printer.print(striped(120))).outcome).toBe('done')
    expect(setup.partialSlips().length).toBe(1)
    expect((await dotsOf(setup.slips()[0] ?? '')).heightDots).toBe(120)
  })

  test('a jammed knife: failed with its reason, and free again after it was freed', async () => {
    const setup = await ready()
    await setup.printer.print(striped(50))
    await setup.tell('cutterJam', { on: true })
    expect(await setup.printer.print(striped(300))).toEqual({
      outcome: 'failed',
      reason: 'CUTTER_ERROR',
    })
    expect(setup.printer.status()).toEqual({ state: 'needsAttendant', reasons: ['CUTTER_ERROR'] })
    await setup.tell('cutterJam', { on: false })
    await untilStatus(setup.printer, isOnline)
    expect(setup.slips().length).toBe(1)
    expect((await setup.printer.print(striped(90))).outcome).toBe('done')
    expect((await dotsOf(setup.slips()[1] ?? '')).heightDots).toBe(90)
  })

  test('a printer that does not say that it cleared its buffer leaves the outcome unknown', async () => {
    const setup = await ready()
    await setup.tell('noClear', { on: true })
    await setup.tell('paperOutAfter', { bands: 2 })
    expect(await setup.printer.print(striped(1000))).toEqual({
      outcome: 'unknown',
      reason: 'PAPER_OUT',
    })
  })
})

describe('the wire', () => {
  test('silent during: unknown, though the slip came out; it answers again: online', async () => {
    const setup = await ready()
    await setup.tell('slow', { on: true })
    const printing = setup.printer.print(striped(1200))
    await vi.waitFor(async () =>
      expect(await setup.tell('state')).not.toMatchObject({ hangingRows: 0 }),
    )
    await setup.tell('fault', { fault: 'silent', on: true })
    expect((await printing).outcome).toBe('unknown')
    expect((await untilStatus(setup.printer, hasReason('SILENT'))).state).toBe('offline')
    await setup.tell('fault', { fault: 'silent', on: false })
    await untilStatus(setup.printer, isOnline)
    expect(setup.slips().length + setup.partialSlips().length).toBeLessThanOrEqual(1)
  })

  test('silent while idle is noticed, and printing is refused', async () => {
    const setup = await ready()
    await setup.tell('fault', { fault: 'silent', on: true })
    await untilStatus(setup.printer, hasReason('SILENT'))
    expect(await setup.printer.print(striped(100))).toEqual({
      outcome: 'refused',
      reason: 'SILENT',
    })
    expect(setup.slips()).toEqual([])
  })

  test('unplugged in mid-print: unknown; absent; plugged in again: online, nothing printed twice', async () => {
    const setup = await ready()
    await setup.tell('slow', { on: true })
    const printing = setup.printer.print(striped(2500))
    await vi.waitFor(async () =>
      expect(await setup.tell('state')).not.toMatchObject({ hangingRows: 0 }),
    )
    await setup.tell('plug', { on: false })
    expect(await printing).toEqual({ outcome: 'unknown', reason: 'DISCONNECTED' })
    await untilStatus(setup.printer, ({ state }) => state === 'absent')
    expect(await setup.printer.print(striped(100))).toEqual({
      outcome: 'refused',
      reason: 'PORT_MISSING',
    })
    await setup.tell('slow', { on: false })
    await setup.tell('plug', { on: true })
    await untilStatus(setup.printer, isOnline)
    const before = setup.slips().length
    expect(before).toBeLessThanOrEqual(1)
    expect((await setup.printer.print(striped(100))).outcome).toBe('done')
    expect(setup.slips().length).toBe(before + 1)
    expect((await dotsOf(setup.slips().at(-1) ?? '')).heightDots).toBe(100)
  })

  test('an echo that comes too late leaves its slip unknown and proves nothing of the next', async () => {
    const setup = await ready({ timeouts: { proofTimeoutMs: 300, replyTimeoutMs: 1_500 } })
    // Four answers to the question how it is, then the echo, each later than the driver waits for a proof.
    await setup.tell('fault', { fault: 'lateReply', on: true, delayMs: 400 })
    expect(await setup.printer.print(striped(200))).toEqual({
      outcome: 'unknown',
      reason: 'PRINT_NOT_CONFIRMED',
    })
    await setup.tell('fault', { fault: 'lateReply', on: false })
    await untilStatus(setup.printer, isOnline)
    await setup.tell('paperOutAfter', { bands: 1 })
    expect(await setup.printer.print(striped(200))).toMatchObject({ reason: 'PAPER_OUT' })
  })

  test('byte by byte: everything works', async () => {
    const setup = await ready({
      prepare: async (tell) =>
        void (await tell('fault', { fault: 'byteByByte', on: true, delayMs: 5 })),
    })
    expect((await setup.printer.print(striped(300))).outcome).toBe('done')
  })

  test('noise before every answer never makes a slip that did not come out done', async () => {
    const setup = await ready()
    await setup.tell('fault', { fault: 'noise', on: true })
    let done = 0
    for (let slip = 0; slip < 5; slip += 1) {
      const { outcome } = await setup.printer.print(striped(100))
      if (outcome === 'done') done += 1
      await vi.waitFor(() => expect(setup.printer.status().state).not.toBe('busy'))
    }
    expect(setup.slips().length).toBeGreaterThanOrEqual(done)
    expect(setup.printer.counters().garbledBytes).toBeGreaterThan(0)
    await setup.tell('fault', { fault: 'noise', on: false })
    await untilStatus(setup.printer, isOnline)
  })
})

describe('starting', () => {
  test('no printer: absent, and it appears by itself', async () => {
    const setup = await setUpPrinter({
      prepare: async (tell) => void (await tell('plug', { on: false })),
    })
    running.push(setup)
    await untilStatus(setup.printer, ({ state }) => state === 'absent')
    expect(setup.printer.status().reasons).toEqual(['PORT_MISSING'])
    await setup.tell('plug', { on: true })
    await untilStatus(setup.printer, isOnline)
  })

  test('a printer that is out of paper when we come says so, and proves itself later', async () => {
    const setup = await setUpPrinter({
      prepare: async (tell) => void (await tell('paper', { state: 'out' })),
    })
    running.push(setup)
    await untilStatus(setup.printer, hasReason('PAPER_OUT'))
    await setup.tell('paper', { state: 'ok' })
    await untilStatus(setup.printer, isOnline)
    expect((await setup.printer.print(striped(100))).outcome).toBe('done')
  })

  test('a driver that was killed in mid-slip: its rest is cut off, the next slip is whole', async () => {
    const setup = await ready()
    await happened(setup, 'plugged')
    await setup.tell('slow', { on: true })
    void setup.printer.print(striped(2500))
    await vi.waitFor(async () =>
      expect(await setup.tell('state')).not.toMatchObject({ hangingRows: 0 }),
    )
    // The channel goes without a word, as when the process dies.
    await setup.printer.stop()
    await setup.tell('slow', { on: false })
    setup.printer.start()
    await untilStatus(setup.printer, isOnline)
    expect((await setup.printer.print(striped(100))).outcome).toBe('done')
    expect((await dotsOf(setup.slips().at(-1) ?? '')).heightDots).toBe(100)
    expect(await setup.tell('state')).toMatchObject({ lettersPrinted: 0 })
  })
})
