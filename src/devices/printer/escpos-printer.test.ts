import { describe, expect, test } from 'vitest'
import type { Outcome, Raster } from '../contract.ts'
import { type ManualClock, manualClock } from '../manual-clock.ts'
import { type Channel, ChannelError } from '../transport/channel.ts'
import type { EscposPrinterOptions } from './escpos-options.ts'
import { escposPrinter } from './escpos-printer.ts'

/** A printer of which the test decides, frame by frame, when and what it answers. */
function scriptedPrinter() {
  const written: string[] = []
  const conditions = { status: [0x12, 0x12, 0x12, 0x12] }
  const behaviour = { echo: true, queued: true, clear: true, mute: false }
  /** What to say in place of taking a frame, by the start of its hex. */
  let failOn: { readonly start: string; readonly error: ChannelError } | undefined
  let listener: (bytes: Uint8Array) => void = () => undefined
  let closed: (error: ChannelError | undefined) => void = () => undefined
  const deliver = (hex: string) => listener(Uint8Array.from(Buffer.from(hex, 'hex')))
  let say: (hex: string) => void = deliver

  const answer = (hex: string): void => {
    if (behaviour.mute) return
    if (hex.startsWith('1004')) {
      say((conditions.status[Number(hex.slice(5, 6)) - 1] ?? 0).toString(16).padStart(2, '0'))
    } else if (hex.startsWith('1d2848') && behaviour.echo) say(`3722${hex.slice(14)}00`)
    else if (hex === '1d7201' && behaviour.queued) say('00')
    else if (hex.startsWith('1d49')) say('5f4100')
    else if (hex.startsWith('101408') && behaviour.clear) say('372500')
  }
  const channel = (): Channel => ({
    open: async () => undefined,
    async write(bytes) {
      const hex = Buffer.from(bytes).toString('hex')
      if (failOn !== undefined && hex.startsWith(failOn.start)) throw failOn.error
      written.push(hex)
      queueMicrotask(() => answer(hex))
    },
    onData(listen) {
      listener = listen
    },
    onClose(listen) {
      closed = listen
    },
    close: async () => undefined,
  })
  return {
    channel,
    written,
    conditions,
    behaviour,
    say: deliver,
    stalled: [] as string[],
    /** Takes everything and answers nothing until it goes on. */
    stall() {
      say = (hex) => this.stalled.push(hex)
    },
    /** What it owes comes out first, one answer every 2 ms, and all that follows behind it. */
    goOn(clock: ManualClock) {
      let freeAtMs = clock.monotonicMs()
      say = (hex) => {
        freeAtMs = Math.max(freeAtMs, clock.monotonicMs()) + 2
        clock.setTimer(freeAtMs - clock.monotonicMs(), () => deliver(hex))
      }
      for (const hex of this.stalled.splice(0)) say(hex)
    },
    failAt(start: string, code: 'NOT_CONNECTED' | 'WRITE_TIMEOUT') {
      failOn = { start, error: new ChannelError(code, 'scripted') }
    },
    hangUp: () => closed(new ChannelError('DISCONNECTED', 'scripted')),
    /** Ids that were asked for, in order. */
    ids: () => written.filter((hex) => hex.startsWith('1d2848')).map((hex) => hex.slice(14)),
    count: (start: string) => written.filter((hex) => hex.startsWith(start)).length,
  }
}

const raster: Raster = { widthDots: 64, heightDots: 600, data: new Uint8Array(8 * 600).fill(0x55) }
const bands = 3

async function ready(options: Partial<EscposPrinterOptions> = {}, clock = manualClock()) {
  const device = scriptedPrinter()
  const printer = escposPrinter({
    id: 'printer',
    channel: device.channel,
    clock,
    profile: { rasterWidthDots: 64, printedProof: 'processId', nearEnd: true },
    firstProcessId: 1000,
    ...options,
  })
  printer.start()
  await clock.advance(50)
  return { printer, device, clock }
}

const weak = { rasterWidthDots: 64, printedProof: 'queuedStatus', nearEnd: true } as const

/** The outcome, if it is there. */
function watched<T>(promise: Promise<Outcome<T>>) {
  const state: { outcome?: Outcome<T> } = {}
  void promise.then((outcome) => {
    state.outcome = outcome
  })
  return state
}

async function until(clock: ManualClock, isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 50 && !isSo(); turn += 1) await clock.advance(1)
  expect(isSo()).toBe(true)
}

describe('proof', () => {
  test('only the echo of this very print counts', async () => {
    const { printer, device, clock } = await ready()
    expect(printer.status()).toEqual({ state: 'online', reasons: [] })
    device.behaviour.echo = false
    const printing = watched(printer.print(raster))
    await until(clock, () => device.ids().length === 2)
    device.say('37224141414100')
    device.say(`3722${device.ids()[0]}00`)
    device.say('00')
    await clock.advance(100)
    expect(printing.outcome).toBeUndefined()
    expect(printer.status().state).toBe('busy')
    device.say(`3722${device.ids()[1]}00`)
    await clock.advance(1)
    expect(printing.outcome).toEqual({ outcome: 'done', value: { proof: 'processId' } })
    await printer.stop()
  })

  test('the late echo of one print proves nothing of the next', async () => {
    const { printer, device, clock } = await ready({ proofTimeoutMs: 5_000 })
    device.behaviour.echo = false
    const first = watched(printer.print(raster))
    await until(clock, () => device.ids().length === 2)
    const late = device.ids()[1]
    device.behaviour.echo = true
    await clock.advance(6_000)
    expect(first.outcome).toEqual({ outcome: 'unknown', reason: 'PRINT_NOT_CONFIRMED' })
    expect(printer.status().state).toBe('online')
    device.behaviour.echo = false
    const second = watched(printer.print(raster))
    await clock.advance(50)
    device.say(`3722${late}00`)
    await clock.advance(50)
    expect(second.outcome).toBeUndefined()
    await clock.advance(6_000)
    expect(second.outcome).toEqual({ outcome: 'unknown', reason: 'PRINT_NOT_CONFIRMED' })
    await printer.stop()
  })

  test('weaker proof: an answer that was owed from before is not taken for this print', async () => {
    const { printer, device, clock } = await ready({ profile: weak, proofTimeoutMs: 5_000 })
    expect(printer.capabilities().printedProof).toBe('queuedStatus')
    device.behaviour.clear = false
    device.behaviour.queued = false
    const first = watched(printer.print(raster))
    await clock.advance(7_000)
    expect(first.outcome).toEqual({ outcome: 'unknown', reason: 'PRINT_NOT_CONFIRMED' })
    // Its status comes now, when the driver has already asked again.
    await until(clock, () => device.count('1d7201') >= 3)
    device.say('00')
    await clock.advance(20)
    expect(printer.status().state).toBe('starting')
    device.say('00')
    await clock.advance(50)
    expect(printer.status().state).toBe('online')
    await printer.stop()
  })

  test('weaker proof: not on a line that is not clean', async () => {
    const { printer, device, clock } = await ready({ profile: weak })
    device.behaviour.queued = false
    const printing = watched(printer.print(raster))
    await until(clock, () => device.count('1d7201') === 2)
    device.say('00')
    device.say('00')
    await clock.advance(100)
    expect(printing.outcome).toEqual({ outcome: 'unknown', reason: 'PRINT_NOT_CONFIRMED' })
    await printer.stop()
  })

  test('a fault that is told after the last row, the echo already on its way: done', async () => {
    const { printer, device, clock } = await ready()
    device.behaviour.echo = false
    device.behaviour.clear = false
    const printing = watched(printer.print(raster))
    await until(clock, () => device.ids().length === 2)
    device.conditions.status = [0x1a, 0x32, 0x12, 0x7e]
    device.say('18000f00')
    await until(clock, () => device.count('101408') === 1)
    device.say(`3722${device.ids()[1]}00`)
    device.say('372500')
    await clock.advance(50)
    expect(printing.outcome).toEqual({ outcome: 'done', value: { proof: 'processId' } })
    expect(printer.status()).toEqual({ state: 'needsAttendant', reasons: ['PAPER_OUT'] })
    await printer.stop()
  })

  test('a fault that the printer denies when asked stops nothing', async () => {
    const { printer, device, clock } = await ready()
    device.behaviour.echo = false
    const printing = watched(printer.print(raster))
    await until(clock, () => device.ids().length === 2)
    device.say('38000000')
    await clock.advance(100)
    expect(device.count('101408')).toBe(0)
    device.say(`3722${device.ids()[1]}00`)
    await clock.advance(1)
    expect(printing.outcome).toMatchObject({ outcome: 'done' })
    await printer.stop()
  })
})

describe('what goes out', () => {
  test('nothing of a slip is sent twice, whatever becomes of it', async () => {
    const { printer, device, clock } = await ready({ proofTimeoutMs: 3_000 })
    device.behaviour.echo = false
    const printing = watched(printer.print(raster))
    await clock.advance(30_000)
    expect(printing.outcome).toMatchObject({ outcome: 'unknown' })
    expect(device.count('1d7630')).toBe(bands)
    await printer.stop()
  })

  test('silence after the last band: unknown, and again nothing is sent twice', async () => {
    const { printer, device, clock } = await ready()
    device.behaviour.echo = false
    const printing = watched(printer.print(raster))
    await until(clock, () => device.ids().length === 2)
    device.behaviour.mute = true
    await clock.advance(30_000)
    expect(printing.outcome).toEqual({ outcome: 'unknown', reason: 'SILENT' })
    expect(printer.status()).toEqual({ state: 'offline', reasons: ['SILENT'] })
    expect(device.count('1d7630')).toBe(bands)
    await printer.stop()
  })

  test('a fault between two bands stops the rest', async () => {
    const { printer, device, clock } = await ready({
      tap: ({ phase, message }) => {
        if (phase === 'after' && message === 'raster-band') device.say('38000000')
      },
    })
    device.conditions.status = [0x12, 0x12, 0x12, 0x12]
    const printing = watched(printer.print(raster))
    await clock.advance(50)
    expect(printing.outcome).toEqual({ outcome: 'failed', reason: 'COVER_OPEN' })
    expect(device.count('1d7630')).toBe(1)
    expect(device.count('101408')).toBe(1)
    await printer.stop()
  })

  test.each([
    ['1b40', 'NOT_CONNECTED', { outcome: 'refused', reason: 'NOT_CONNECTED' }],
    ['1d7630', 'NOT_CONNECTED', { outcome: 'unknown', reason: 'DISCONNECTED' }],
    ['1d7630', 'WRITE_TIMEOUT', { outcome: 'unknown', reason: 'WRITE_TIMEOUT' }],
    ['1d5642', 'WRITE_TIMEOUT', { outcome: 'unknown', reason: 'WRITE_TIMEOUT' }],
  ] as const)('a write of %s that ends in %s', async (start, code, outcome) => {
    const { printer, device, clock } = await ready()
    device.failAt(start, code)
    const printing = watched(printer.print(raster))
    await clock.advance(50)
    expect(printing.outcome).toEqual(outcome)
    await printer.stop()
  })

  test('a hang-up while waiting for the proof: unknown, and the next channel starts afresh', async () => {
    const { printer, device, clock } = await ready()
    device.behaviour.echo = false
    const printing = watched(printer.print(raster))
    await until(clock, () => device.ids().length === 2)
    device.hangUp()
    await clock.advance(1)
    expect(printing.outcome).toEqual({ outcome: 'unknown', reason: 'DISCONNECTED' })
    expect(printer.status()).toEqual({ state: 'offline', reasons: ['DISCONNECTED'] })
    device.behaviour.echo = true
    await clock.advance(1_000)
    expect(printer.status().state).toBe('online')
    expect(device.count('1d7630')).toBe(bands)
    await printer.stop()
  })
})

describe('status', () => {
  test('a cover that says it is closed is believed after asking', async () => {
    const { printer, device, clock } = await ready()
    device.conditions.status = [0x1a, 0x16, 0x12, 0x12]
    device.say('38000000')
    await clock.advance(10)
    expect(printer.status()).toEqual({ state: 'needsAttendant', reasons: ['COVER_OPEN'] })
    device.say('10000000')
    await clock.advance(10)
    expect(printer.status()).toEqual({ state: 'needsAttendant', reasons: ['COVER_OPEN'] })
    device.conditions.status = [0x12, 0x12, 0x12, 0x12]
    await clock.advance(2_100)
    expect(printer.status()).toEqual({ state: 'online', reasons: [] })
    await printer.stop()
  })

  test('one missed round is forgiven, two are silence, an answer is a new start', async () => {
    const { printer, device, clock } = await ready()
    device.behaviour.mute = true
    await clock.advance(2_600)
    expect(printer.status().state).toBe('online')
    await clock.advance(2_600)
    expect(printer.status()).toEqual({ state: 'offline', reasons: ['SILENT'] })
    device.behaviour.mute = false
    await clock.advance(2_600)
    expect(printer.status()).toEqual({ state: 'online', reasons: [] })
    await printer.stop()
  })

  test('late answers are not taken for those of other questions', async () => {
    const { printer, device, clock } = await ready()
    // Cover open: 16 says so to the second question, and means a broken mechanism to the third.
    device.conditions.status = [0x1a, 0x16, 0x12, 0x12]
    device.stall()
    // Long enough for one question without an answer, and for the next one just to have gone out.
    const before = device.count('1004')
    for (let turn = 0; turn < 9_000 && device.count('1004') < before + 2; turn += 1) {
      await clock.advance(1)
    }
    const seen: string[] = []
    printer.onStatus(({ reasons }) => seen.push(...reasons))
    device.goOn(clock)
    await clock.advance(5_000)
    expect(new Set(seen)).toEqual(new Set(['COVER_OPEN']))
    expect(printer.status()).toEqual({ state: 'needsAttendant', reasons: ['COVER_OPEN'] })
    await printer.stop()
  })

  test('one answer that is lost before a slip is asked for again; two are a silent printer', async () => {
    const { printer, device, clock } = await ready()
    device.behaviour.mute = true
    const printing = watched(printer.print(raster))
    await clock.advance(499)
    expect(printing.outcome).toBeUndefined()
    device.behaviour.mute = false
    await clock.advance(600)
    expect(printing.outcome).toMatchObject({ outcome: 'done' })
    device.behaviour.mute = true
    const refused = watched(printer.print(raster))
    await clock.advance(1_500)
    expect(refused.outcome).toEqual({ outcome: 'refused', reason: 'SILENT' })
    await printer.stop()
  })

  test('a device that answers the status but obeys nothing is in the wrong mode', async () => {
    const clock = manualClock()
    const device = scriptedPrinter()
    device.behaviour.echo = false
    device.behaviour.queued = false
    const printer = escposPrinter({
      id: 'printer',
      channel: device.channel,
      clock,
      profile: weak,
    })
    printer.start()
    await clock.advance(12_000)
    expect(printer.status()).toEqual({ state: 'broken', reasons: ['WRONG_MODE'] })
    await printer.stop()
  })

  test('stopping leaves no timer behind, even in mid-print', async () => {
    const { printer, device, clock } = await ready()
    device.behaviour.echo = false
    const printing = watched(printer.print(raster))
    await until(clock, () => device.ids().length === 2)
    await printer.stop()
    await clock.advance(1)
    expect(printing.outcome).toEqual({ outcome: 'unknown', reason: 'DISCONNECTED' })
    expect(clock.pendingTimers()).toBe(0)
  })
})
