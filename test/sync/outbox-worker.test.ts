import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { SyncIncident } from '../../src/main/sync/answer.ts'
import {
  createOutboxWorker,
  type OutboxWorker,
  type OutboxWorkerOptions,
} from '../../src/main/sync/outbox-worker.ts'
import type { EpochStore } from '../../src/main/sync/ports.ts'
import { createProvinceClient } from '../../src/main/sync/province-client.ts'
import { type MemoryOutbox, memoryEpoch, memoryOutbox } from './support/memory-outbox.ts'
import {
  type MisbehavingProvince,
  provinceToken,
  startMisbehavingProvince,
} from './support/misbehaving-province.ts'
import { type SyncTestClock, syncTestClock } from './support/sync-test-clock.ts'

let province: MisbehavingProvince
let outbox: MemoryOutbox
let clock: SyncTestClock
let worker: OutboxWorker
let incidents: SyncIncident[]

function makeWorker(
  options: OutboxWorkerOptions = {},
  more: { epochs?: EpochStore; token?: string; deadlineMs?: number } = {},
): OutboxWorker {
  const { url, provinceId, receiptKey } = province
  const client = createProvinceClient({
    ...{ url, provinceId, receiptKeys: [receiptKey], kioskId: 'K07' },
    token: more.token ?? provinceToken,
    deadlineMs: more.deadlineMs ?? 10_000,
  })
  worker = createOutboxWorker(
    {
      ...{ outbox, client, clock },
      epochs: more.epochs ?? memoryEpoch(),
      slipKey: { keyId: 'K07.1', publicKey: 'A'.repeat(43) },
      random: () => 0.5,
      report: (incident) => incidents.push(incident),
    },
    options,
  )
  return worker
}

beforeEach(async () => {
  province = await startMisbehavingProvince()
  outbox = memoryOutbox()
  clock = syncTestClock()
  incidents = []
})
afterEach(async () => {
  await worker?.stop()
  await province.close()
})

const states = () => outbox.rows.map((row) => row.state)
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 5 })
/** Turns time on by a little until the condition holds: back-off costs no real time. */
async function turning(check: () => void): Promise<void> {
  await eventually(() => {
    try {
      check()
    } catch (error) {
      void clock.advance(500)
      throw error
    }
  })
}
const allAcknowledged = () => expect(states().every((state) => state === 'acknowledged')).toBe(true)
const events = () => incidents.map(({ event, code }) => `${event} ${code}`)

test('delivers each message once, in order within its lane, several lanes at once', async () => {
  for (let number = 0; number < 60; number += 1) outbox.add(`lane-${number % 20}`)
  makeWorker().start()
  await eventually(allAcknowledged)
  expect(province.held.size).toBe(60)
  expect(province.maxOpen()).toBeGreaterThan(1)
  expect(province.maxOpen()).toBeLessThanOrEqual(8)
  for (const lane of new Set(outbox.rows.map((row) => row.lane))) {
    const keys = outbox.rows.filter((row) => row.lane === lane).map((row) => row.key)
    expect([...province.held.keys()].filter((key) => keys.includes(key))).toEqual(keys)
  }
})

test('the row says sending before the province sees a byte', async () => {
  outbox.add('a')
  province.script.push('silence')
  makeWorker().start()
  await eventually(() => expect(province.requests).toEqual(['message 1']))
  expect(outbox.log).toEqual(['sending 1'])
})

test('a row left over from a crash goes again with the same key and bytes', async () => {
  const row = outbox.add('a')
  province.script.push('commitThenSilence')
  makeWorker().start()
  await eventually(() => expect(province.held.size).toBe(1))
  await worker.stop()
  expect(states()).toEqual(['sending'])
  makeWorker().start()
  await eventually(allAcknowledged)
  expect([...province.held]).toEqual([[row.key, row.bodyHash]])
})

test('the connection breaks after the commit: the resend gets the same receipt', async () => {
  outbox.add('a')
  province.script.push('resetAfterCommit')
  makeWorker().start()
  await turning(allAcknowledged)
  expect(province.held.size).toBe(1)
  expect(province.requests).toEqual(['message 1', 'message 1'])
})

test('notify sends at once', async () => {
  makeWorker().start()
  outbox.add('a')
  worker.notify()
  await eventually(allAcknowledged)
})

test('without notify the poll finds it', async () => {
  makeWorker({ pollMs: 5_000 }).start()
  outbox.add('a')
  await clock.advance(4_999)
  expect(province.requests).toEqual([])
  await clock.advance(1)
  await eventually(allAcknowledged)
})

test('while somebody is served it sends one at a time and rests, then all at once', async () => {
  for (let number = 0; number < 40; number += 1) outbox.add(`lane-${number}`)
  let serving = true
  makeWorker({ isServing: () => serving, servingRestMs: 25 }).start()
  for (let count = 1; count <= 5; count += 1) {
    await eventually(() => expect(outbox.counts().acknowledged).toBe(count))
    await clock.advance(24)
    worker.notify()
    expect(province.requests).toHaveLength(count)
    await clock.advance(1)
  }
  expect(province.maxOpen()).toBe(1)
  serving = false
  worker.notify()
  await eventually(allAcknowledged)
  expect(province.maxOpen()).toBeGreaterThan(1)
})

test('in quiet hours dossiers wait, what is small goes, and nothing overtakes in its lane', async () => {
  outbox.add('a', 'dossierDeposited')
  outbox.add('a', 'slipPrinted')
  outbox.add('b', 'rating')
  for (let number = 0; number < 100; number += 1) outbox.add(`more-${number}`, 'dossierDeposited')
  outbox.add('c', 'fault')
  province.byLane.set('a', (raw) => raw.destroy())
  let quiet = true
  makeWorker({ isQuiet: () => quiet, pollMs: 5_000 }).start()
  await eventually(() => expect(outbox.counts().acknowledged).toBe(2))
  await clock.advance(3_600_000)
  expect(province.requests).toEqual(['message 3', 'message 104'])
  expect(states().slice(0, 3)).toEqual(['pending', 'pending', 'acknowledged'])
  quiet = false
  province.byLane.clear()
  await turning(allAcknowledged)
  expect(province.requests.indexOf('message 1')).toBeLessThan(
    province.requests.indexOf('message 2'),
  )
})

test('a parked message holds back its own lane and no other', async () => {
  outbox.add('poison')
  outbox.add('poison')
  outbox.add('good')
  province.byLane.set('poison', { status: 422, code: 'DOSSIER_EXISTS' })
  makeWorker().start()
  await eventually(() => expect(states()).toEqual(['parked', 'pending', 'acknowledged']))
  outbox.add('good')
  worker.notify()
  await eventually(() => expect(states().at(-1)).toBe('acknowledged'))
  expect(states()[1]).toBe('pending')
  expect(events()).toEqual(['MESSAGE_PARKED DOSSIER_EXISTS'])
})

test('a message that always fails holds back no other', async () => {
  outbox.add('poison')
  for (let number = 0; number < 30; number += 1) outbox.add(`good-${number}`)
  province.byLane.set('poison', { status: 500, code: 'INTERNAL' })
  makeWorker().start()
  await turning(() => expect(outbox.counts().acknowledged).toBe(30))
  expect(outbox.rows[0]?.answer).toBe('INTERNAL')
  expect(states()[0]).not.toBe('acknowledged')
})

test('a message at which the connection breaks each time holds back no other', async () => {
  outbox.add('poison')
  for (let number = 0; number < 10; number += 1) outbox.add(`good-${number}`)
  province.byLane.set('poison', 'resetBeforeCommit')
  makeWorker().start()
  await turning(() => expect(outbox.counts().acknowledged).toBe(10))
})

test('a busy server is left alone for as long as it asks, within reason', async () => {
  for (let number = 0; number < 40; number += 1) outbox.add(`lane-${number}`)
  for (let number = 0; number < 8; number += 1) {
    province.script.push({ status: 429, code: 'BUSY', retryAfter: '315360000' })
  }
  makeWorker().start()
  await eventually(() => expect(worker.status()).toMatchObject({ state: 'paused', inFlight: 0 }))
  expect(province.requests).toHaveLength(8)
  await clock.advance(599_000)
  expect(province.requests).toHaveLength(8)
  await turning(allAcknowledged)
  expect(province.held.size).toBe(40)
})

test('while nobody answers, thousands of messages do not knock one by one', async () => {
  for (let number = 0; number < 500; number += 1) outbox.add(`lane-${number}`)
  const { url } = province
  await province.close()
  makeWorker().start()
  await eventually(() => expect(worker.status()).toMatchObject({ state: 'paused', inFlight: 0 }))
  for (let minute = 0; minute < 10; minute += 1) {
    await clock.advance(60_000)
    await eventually(() => expect(worker.status().inFlight).toBe(0))
  }
  const tries = outbox.log.filter((line) => line.startsWith('sending')).length
  expect(tries).toBeGreaterThan(8)
  expect(tries).toBeLessThan(60)
  expect(url).toMatch(/^http:/)
})

test.each([
  'wrongSignature',
  'receiptOfOtherKey',
  'truncatedJson',
  'loginPage',
  'redirect',
] as const)(
  'an answer that is no receipt for it is an incident and goes again: %s',
  async (behaviour) => {
    outbox.add('a')
    province.script.push(behaviour)
    makeWorker().start()
    await turning(allAcknowledged)
    expect(incidents).toMatchObject([{ severity: 'incident', event: 'ANSWER_GARBLED' }])
    expect(province.requests).toEqual(['message 1', 'message 1'])
    expect(JSON.parse(outbox.rows[0]?.receipt ?? '')).toMatchObject({ keyId: 'p1' })
  },
)

test('a wrong token stops everything until a person resumes it', async () => {
  outbox.add('a')
  makeWorker({}, { token: 'not-the-token-0000000' }).start()
  await eventually(() => expect(worker.status().state).toBe('stopped'))
  expect(worker.status().stopCode).toBe('UNAUTHENTICATED')
  expect(events()).toEqual(['WORKER_STOPPED UNAUTHENTICATED'])
  expect(states()).toEqual(['pending'])
  outbox.add('b')
  worker.notify()
  await clock.advance(3_600_000)
  expect(outbox.log.filter((line) => line.startsWith('sending'))).toHaveLength(1)
})

test('after the token is put right, resume delivers what waited', async () => {
  for (const lane of ['a', 'b', 'c']) outbox.add(lane)
  province.script.push({ status: 403, code: 'FORBIDDEN' }, { status: 401 }, { status: 401 })
  makeWorker().start()
  await eventually(() => expect(worker.status()).toMatchObject({ state: 'stopped', inFlight: 0 }))
  worker.resume()
  await eventually(allAcknowledged)
  expect(incidents.filter(({ event }) => event === 'WORKER_STOPPED')).toHaveLength(1)
})

test('a province that takes no message at all stops the worker before all are parked', async () => {
  for (let number = 0; number < 30; number += 1) {
    outbox.add(`lane-${number}`)
    province.byLane.set(`lane-${number}`, { status: 400, code: 'INVALID_MESSAGE' })
  }
  makeWorker({ lanesInFlight: 2 }).start()
  await eventually(() => expect(worker.status()).toMatchObject({ state: 'stopped', inFlight: 0 }))
  expect(worker.status().stopCode).toBe('CONTRACT')
  expect(outbox.counts().parked).toBeLessThanOrEqual(4)
})

test('the epoch is registered before the first upload, once', async () => {
  outbox.add('a')
  const epochs = memoryEpoch(false)
  province.epochScript.push({ status: 500 }, 'loginPage')
  makeWorker({}, { epochs }).start()
  await turning(allAcknowledged)
  expect(province.requests).toEqual(['epoch', 'epoch', 'epoch', 'message 1'])
  expect(epochs.epoch().registered).toBe(true)
  await worker.stop()
  outbox.add('a')
  makeWorker({}, { epochs }).start()
  await eventually(allAcknowledged)
  expect(province.requests.slice(4)).toEqual(['message 2'])
})

test('epochs of lost databases are registered before the current one', async () => {
  outbox.add('a')
  const epochs = memoryEpoch(false, [1, 2])
  province.epochScript.push({ status: 500 })
  makeWorker({}, { epochs }).start()
  await turning(allAcknowledged)
  expect(province.requests).toEqual(['epoch', 'epoch', 'epoch', 'epoch', 'message 1'])
  expect(epochs.unregistered()).toEqual([])
})

test('an epoch that another database has used stops and alarms; nothing is sent', async () => {
  outbox.add('a')
  province.epochScript.push({ status: 409, code: 'EPOCH_REPEATED' })
  makeWorker({}, { epochs: memoryEpoch(false) }).start()
  await eventually(() => expect(worker.status().stopCode).toBe('EPOCH_REPEATED'))
  expect(incidents).toMatchObject([{ severity: 'alarm', code: 'EPOCH_REPEATED' }])
  expect(outbox.log).toEqual([])
})

test('a province that forgot the epoch is told it again', async () => {
  outbox.add('a')
  province.script.push({ status: 409, code: 'EPOCH_UNKNOWN' })
  makeWorker().start()
  await turning(allAcknowledged)
  expect(province.requests).toEqual(['message 1', 'epoch', 'message 1'])
})

test('stopping leaves no timer and no open request', async () => {
  outbox.add('a')
  province.script.push('silence')
  makeWorker().start()
  await eventually(() => expect(province.requests).toHaveLength(1))
  await worker.stop()
  expect(clock.pendingTimers()).toBe(0)
  expect(worker.status().inFlight).toBe(0)
  expect(states()).toEqual(['sending'])
})
