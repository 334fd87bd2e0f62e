import { afterEach, expect, test } from 'vitest'
import type { ReasonCode } from '../../contract/faults.ts'
import type { Locker, Outcome } from '../contract.ts'
import { type ManualClock, manualClock } from '../manual-clock.ts'
import { boardDecoder } from '../protocols/kerong-cu16/board-decoder.ts'
import { encodeStatusReply } from '../protocols/kerong-cu16/replies.ts'
import { type Channel, ChannelError } from '../transport/channel.ts'
import { type KerongCu16Options, kerongCu16Locker } from './kerong-cu16.ts'

interface Frame {
  readonly atMs: number
  readonly what: string
}

/** A line whose timing the test decides, to the millisecond. */
function line(options: Partial<KerongCu16Options> = {}) {
  const clock: ManualClock = manualClock()
  const frames: Frame[] = []
  const ear = boardDecoder()
  let answerAfterMs: number | undefined = 3
  let lockBits = 0xffff
  let writeFailure: ReasonCode | undefined
  let opensOnPulse = true
  let hear: (bytes: Uint8Array) => void = () => undefined
  let breakDown: (error: ChannelError) => void = () => undefined

  const channel = (): Channel => ({
    open: async () => undefined,
    async write(bytes) {
      for (const request of ear.push(bytes)) {
        frames.push({ atMs: clock.monotonicMs(), what: request.type })
        if (writeFailure !== undefined) {
          const error = new ChannelError(writeFailure, 'failed by the test')
          breakDown(error)
          throw error
        }
        if (request.type === 'unlock' && opensOnPulse) lockBits &= ~(1 << request.lock)
        if (request.type === 'status' && answerAfterMs !== undefined) {
          const reply = encodeStatusReply({ board: request.board, lockBits, itemBits: 0 })
          clock.setTimer(answerAfterMs, () => hear(reply))
        }
      }
    },
    onData(listener) {
      hear = listener
    },
    onClose(listener) {
      breakDown = listener
    },
    close: async () => undefined,
  })
  const locker: Locker = kerongCu16Locker({
    id: 'locker',
    boards: [0],
    lockBitWhenClosed: 1,
    hasItemSensor: true,
    ...options,
    channel,
    clock,
  })
  locker.start()
  running.push(locker)
  return {
    clock,
    frames,
    locker,
    answerAfter: (ms: number | undefined) => {
      answerAfterMs = ms
    },
    failWrites: (reason: ReasonCode | undefined) => {
      writeFailure = reason
    },
    jam: () => {
      opensOnPulse = false
    },
    hear: (bytes: Uint8Array) => hear(bytes),
    pulses: () => frames.filter(({ what }) => what === 'unlock'),
    untilPoll: async () => {
      const before = frames.length
      while (frames.length === before) await clock.advance(1)
    },
  }
}

const running: Locker[] = []
afterEach(() => Promise.all(running.splice(0).map((locker) => locker.stop())))

/** The outcome if it is there already. */
function kept(promise: Promise<Outcome>): { value: Outcome | undefined } {
  const box: { value: Outcome | undefined } = { value: undefined }
  void promise.then((outcome) => {
    box.value = outcome
  })
  return box
}

const address = { board: 0, lock: 2 }

test('an unlock on a quiet line is written at once', async () => {
  const { clock, locker, pulses } = line()
  await clock.advance(200)
  const outcome = kept(locker.unlock(address))
  expect(pulses()).toEqual([{ atMs: 200, what: 'unlock' }])
  await clock.advance(110)
  expect(outcome.value).toEqual({ outcome: 'done', value: undefined })
})

test('an unlock during a poll waits for its answer and one gap, no longer', async () => {
  const { clock, locker, pulses, untilPoll } = line()
  await clock.advance(200)
  await untilPoll()
  const atMs = clock.monotonicMs()
  void locker.unlock(address)
  await clock.advance(20)
  expect(pulses().map((pulse) => pulse.atMs - atMs)).toEqual([8])
})

test('an unlock does not wait for a board that is silent', async () => {
  const { clock, locker, pulses, untilPoll, answerAfter } = line()
  await clock.advance(200)
  answerAfter(undefined)
  await untilPoll()
  const atMs = clock.monotonicMs()
  void locker.unlock(address)
  await clock.advance(100)
  expect(pulses().map((pulse) => pulse.atMs - atMs)).toEqual([60])
  expect(locker.counters().overtakenPolls).toBe(1)
})

test('the answer to an overtaken poll proves nothing about the pulse after it', async () => {
  const { clock, locker, hear, answerAfter, untilPoll, jam } = line()
  await clock.advance(200)
  jam()
  answerAfter(undefined)
  await untilPoll()
  const outcome = kept(locker.unlock(address))
  await clock.advance(100)
  hear(encodeStatusReply({ board: 0, lockBits: 0xfffb, itemBits: 0 }))
  await clock.advance(1)
  expect(outcome.value).toBeUndefined()
  expect(locker.sensors(address).door).toBe('closed')
  expect(locker.counters().lateFrames).toBe(1)
  answerAfter(3)
  await clock.advance(4_000)
  expect(outcome.value).toEqual({ outcome: 'failed', reason: 'DOOR_NOT_OPENED' })
})

test('a closed door is judged only when its time is over', async () => {
  const { clock, locker, jam, pulses } = line()
  await clock.advance(200)
  jam()
  const outcome = kept(locker.unlock(address))
  await clock.advance(2_999)
  expect(outcome.value).toBeUndefined()
  await clock.advance(2)
  expect(outcome.value).toEqual({ outcome: 'failed', reason: 'DOOR_NOT_OPENED' })
  await clock.advance(60_000)
  expect(pulses()).toHaveLength(1)
})

test.each([
  ['DISCONNECTED', { outcome: 'unknown', reason: 'DISCONNECTED' }],
  ['WRITE_TIMEOUT', { outcome: 'unknown', reason: 'WRITE_TIMEOUT' }],
] as const)(
  'a write that ended with %s may have opened the door; it is not repeated',
  async (reason, expected) => {
    const { clock, locker, pulses, failWrites } = line()
    await clock.advance(200)
    failWrites(reason)
    const outcome = kept(locker.unlock(address))
    await clock.advance(1)
    failWrites(undefined)
    expect(outcome.value).toEqual(expected)
    await clock.advance(60_000)
    expect(locker.status().state).toBe('online')
    expect(pulses()).toHaveLength(1)
  },
)

test('an unlock that waits for its distance is refused when the line goes, and never sent', async () => {
  const { clock, locker, pulses, failWrites } = line()
  await clock.advance(200)
  void locker.unlock(address)
  const second = kept(locker.unlock({ board: 0, lock: 3 }))
  failWrites('DISCONNECTED')
  await clock.advance(150)
  failWrites(undefined)
  expect(second.value).toEqual({ outcome: 'refused', reason: 'DISCONNECTED' })
  await clock.advance(60_000)
  expect(pulses()).toHaveLength(1)
})

test('stopping settles everything that is open and leaves no timer', async () => {
  const { clock, locker, jam } = line()
  await clock.advance(200)
  jam()
  const unlocking = kept(locker.unlock(address))
  const waiting = kept(locker.unlock({ board: 0, lock: 3 }))
  await clock.advance(50)
  await locker.stop()
  await clock.advance(10)
  expect(unlocking.value).toEqual({ outcome: 'unknown', reason: 'DISCONNECTED' })
  expect(waiting.value).toEqual({ outcome: 'refused', reason: 'DISCONNECTED' })
  expect(clock.pendingTimers()).toBe(0)
})

test('asks seldom while nothing happens and often while a door is open', async () => {
  const { clock, locker, frames } = line()
  await clock.advance(4_000)
  expect(frames.length).toBeLessThanOrEqual(11)
  const before = frames.length
  void locker.unlock(address)
  await clock.advance(4_000)
  expect(frames.length - before).toBeGreaterThanOrEqual(35)
})

test('facts are lost after three polls without an answer, and told once', async () => {
  const { clock, locker, answerAfter } = line({ wired: [address] })
  await clock.advance(200)
  const told: string[] = []
  locker.onSensors(({ sensors, sequence }) => told.push(`${sensors.door} ${sequence}`))
  answerAfter(undefined)
  await clock.advance(1_500)
  expect(told).toEqual([])
  await clock.advance(1_500)
  expect(told).toEqual(['unknown 0'])
  expect(locker.status()).toEqual({ state: 'offline', reasons: ['BUS_SILENT'] })
})

test('a bus that stays silent gets a new port', async () => {
  const { clock, locker, answerAfter } = line()
  await clock.advance(200)
  answerAfter(undefined)
  await clock.advance(30_000)
  expect(locker.counters().connects).toBeGreaterThanOrEqual(2)
  expect(locker.status()).toEqual({ state: 'offline', reasons: ['BUS_SILENT'] })
  answerAfter(3)
  await clock.advance(15_000)
  expect(locker.status()).toEqual({ state: 'online', reasons: [] })
})

test('a babbling line does not keep an unlock back for ever', async () => {
  const { clock, locker, hear, pulses } = line()
  await clock.advance(200)
  let babbling = true
  const babble = (): void => {
    if (!babbling) return
    hear(Uint8Array.of(0x55, 0xaa))
    clock.setTimer(10, babble)
  }
  babble()
  await clock.advance(5)
  void locker.unlock(address)
  await clock.advance(1_500)
  babbling = false
  expect(pulses()).toHaveLength(1)
})

test('an unlock from within a sensor event keeps the gap on the line', async () => {
  const { clock, locker, pulses, hear, answerAfter, untilPoll } = line()
  await clock.advance(200)
  answerAfter(undefined)
  await untilPoll()
  locker.onSensors(({ address: { lock }, sensors }) => {
    if (lock === 7 && sensors.door === 'open') void locker.unlock(address)
  })
  await clock.advance(3)
  const atMs = clock.monotonicMs()
  hear(encodeStatusReply({ board: 0, lockBits: 0xff7f, itemBits: 0 }))
  await clock.advance(20)
  expect(pulses().map((pulse) => pulse.atMs - atMs)).toEqual([5])
})
