import { expect, test } from 'vitest'
import { connection } from './connection.ts'
import { manualClock } from './manual-clock.ts'
import { type Channel, ChannelError } from './transport/channel.ts'

/** A cable whose far end the test holds. */
function cable() {
  const clock = manualClock()
  const attemptsAtMs: number[] = []
  const events: string[] = []
  const written: number[][] = []
  let refusal: ChannelError | undefined
  let closed = 0
  let toDriver: (bytes: Uint8Array) => void = () => undefined
  let breakDown: (error: ChannelError) => void = () => undefined

  const factory = (): Channel => ({
    async open() {
      attemptsAtMs.push(clock.monotonicMs())
      if (refusal !== undefined) throw refusal
    },
    async write(bytes) {
      written.push([...bytes])
    },
    onData(listener) {
      toDriver = listener
    },
    onClose(listener) {
      breakDown = listener
    },
    async close() {
      closed += 1
    },
  })
  const link = connection({
    channel: factory,
    clock,
    handlers: {
      connected: () => events.push('connected'),
      data: (bytes) => events.push(`data ${bytes.length}`),
      disconnected: (reason, was) => events.push(`${was ? 'lost' : 'failed'} ${reason}`),
    },
  })
  return {
    clock,
    attemptsAtMs,
    events,
    written,
    link,
    refuse: (code: ChannelError['code'] | undefined) => {
      refusal = code === undefined ? undefined : new ChannelError(code, 'refused by the test')
    },
    hear: (bytes: Uint8Array) => toDriver(bytes),
    cut: () => breakDown(new ChannelError('DISCONNECTED', 'cut by the test')),
    closed: () => closed,
  }
}

test('keeps trying with growing waits, at most five seconds', async () => {
  const { clock, attemptsAtMs, link, refuse } = cable()
  refuse('PORT_MISSING')
  link.start()
  await clock.advance(20_000)
  expect(attemptsAtMs).toEqual([0, 200, 700, 1_700, 3_700, 8_700, 13_700, 18_700])
  await link.stop()
  expect(clock.pendingTimers()).toBe(0)
})

test('does not spin on a missing right', async () => {
  const { clock, attemptsAtMs, events, link, refuse } = cable()
  refuse('PERMISSION')
  link.start()
  await clock.advance(11_000)
  expect(attemptsAtMs).toEqual([0, 5_000, 10_000])
  expect(events[0]).toBe('failed PERMISSION')
  await link.stop()
})

test('waits are short again only after the device has spoken', async () => {
  const { clock, attemptsAtMs, events, link, hear, cut } = cable()
  link.start()
  await clock.advance(0)
  cut()
  await clock.advance(200)
  cut()
  await clock.advance(500)
  hear(Uint8Array.of(1, 2))
  cut()
  await clock.advance(200)
  expect(attemptsAtMs).toEqual([0, 200, 700, 900])
  expect(events).toEqual([
    'connected',
    'lost DISCONNECTED',
    'connected',
    'lost DISCONNECTED',
    'connected',
    'data 2',
    'lost DISCONNECTED',
    'connected',
  ])
  await link.stop()
})

test('never writes to a channel that is not there, and keeps nothing for later', async () => {
  const { clock, written, link, cut } = cable()
  await expect(link.write(Uint8Array.of(1))).rejects.toMatchObject({ code: 'NOT_CONNECTED' })
  link.start()
  await clock.advance(0)
  await link.write(Uint8Array.of(2))
  cut()
  await expect(link.write(Uint8Array.of(3))).rejects.toMatchObject({ code: 'NOT_CONNECTED' })
  await clock.advance(1_000)
  expect(written).toEqual([[2]])
  await link.stop()
})

test('a dropped channel is closed and replaced', async () => {
  const { clock, events, link, closed } = cable()
  link.start()
  await clock.advance(0)
  link.drop('BUS_SILENT')
  await clock.advance(200)
  expect(events).toEqual(['connected', 'lost BUS_SILENT', 'connected'])
  expect(closed()).toBe(1)
  await link.stop()
  expect(closed()).toBe(2)
})

test('no handler is called after stop', async () => {
  const { clock, events, link, hear, cut } = cable()
  link.start()
  await clock.advance(0)
  await link.stop()
  hear(Uint8Array.of(1))
  cut()
  await clock.advance(10_000)
  expect(events).toEqual(['connected'])
})

test('the trace keeps the newest 200 exchanges and hides personal payloads', async () => {
  const { clock, link, hear } = cable()
  link.start()
  await clock.advance(0)
  await link.write(Uint8Array.of(0xaa, 1, 2, 3), { shownBytes: 1 })
  expect(link.exchanges.list()).toEqual([{ atMs: 0, direction: 'out', hex: 'aa +3 bytes' }])
  for (let n = 0; n < 250; n += 1) hear(Uint8Array.of(n & 0xff))
  expect(link.exchanges.list()).toHaveLength(200)
  expect(link.exchanges.list().at(-1)?.hex).toBe('f9')
  await link.stop()
})
