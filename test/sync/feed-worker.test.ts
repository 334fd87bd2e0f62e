import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type FeedItem, feedKinds, staffGrantText } from '../../src/contract/province/feed.ts'
import type { SyncIncident } from '../../src/main/sync/answer.ts'
import {
  createFeedWorker,
  type FeedWorker,
  type FeedWorkerOptions,
} from '../../src/main/sync/feed-worker.ts'
import { createProvinceClient } from '../../src/main/sync/province-client.ts'
import { createVerifier } from '../../src/main/sync/verifier.ts'
import { type MemoryFeed, memoryFeed } from './support/memory-feed.ts'
import {
  type MisbehavingProvince,
  provinceToken,
  startMisbehavingProvince,
} from './support/misbehaving-province.ts'
import { type SyncTestClock, syncTestClock } from './support/sync-test-clock.ts'

let province: MisbehavingProvince
let feed: MemoryFeed
let clock: SyncTestClock
let worker: FeedWorker
let incidents: SyncIncident[]
let applied: string[]

function makeWorker(options: FeedWorkerOptions = {}): FeedWorker {
  const { url, provinceId, receiptKey } = province
  const receiptKeys = [receiptKey]
  worker = createFeedWorker(
    {
      ...{ feed, clock },
      client: createProvinceClient({
        ...{ url, provinceId, receiptKeys, kioskId: 'K07', token: provinceToken },
      }),
      staffVerifier: createVerifier(receiptKeys),
      random: () => 0.5,
      report: (incident) => incidents.push(incident),
      onApplied: (kind) => applied.push(kind),
    },
    options,
  )
  return worker
}

beforeEach(async () => {
  province = await startMisbehavingProvince()
  feed = memoryFeed()
  clock = syncTestClock()
  incidents = []
  applied = []
})
afterEach(async () => {
  await worker.stop()
  await province.close()
})

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 5 })
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
const roundIsOver = () => expect(clock.pendingTimers()).toBe(1)

const result = (number: number): FeedItem<'results'> => ({
  resultId: `R${number}`,
  dossierCode: `000.00.01.H99-260701-000${number}`,
  procedureCode: '1.001193',
  assurance: 'code',
  phoneConfirmed: true,
  size: 'small',
  keepDays: 7,
})
const revocation = { what: 'collectionRight', id: 'right-1' } as const

function grant(fields: Partial<FeedItem<'staff'>> = {}): FeedItem<'staff'> {
  const unsigned = {
    grantId: 'G1',
    staffId: 'CB01',
    displayName: 'Cán bộ mẫu',
    role: 'officer',
    badgeHash: 'ab'.repeat(32),
    pinHash: 'scrypt$16384$8$1$AAAA$AAAA',
    notBefore: '2026-01-01T00:00:00Z',
    notAfter: '2026-12-31T00:00:00Z',
    keyId: 'p1',
    ...fields,
  } as const
  return { ...unsigned, signature: province.sign(staffGrantText(unsigned)) }
}

test('every kind has its own cursor; revocations are asked for and applied first', async () => {
  province.feed.set('results', [{ cursor: 5, item: result(1) }])
  province.feed.set('revocations', [{ cursor: 2, item: revocation }])
  province.feed.set('hours', [{ cursor: 9, item: { weekday: 1, ranges: ['07:30-11:30'] } }])
  makeWorker().start()
  await eventually(roundIsOver)
  expect(feed.log[0]).toBe(`revocations 2 ${JSON.stringify(revocation)}`)
  expect(feed.log).toHaveLength(3)
  expect(province.requests[0]).toBe('feed revocations 0')
  expect(province.requests).toHaveLength(feedKinds.length)
  expect(applied.toSorted()).toEqual(['hours', 'results', 'revocations'])
  expect(feed.cursor('results')).toBe(5)
})

test('the next round goes on from the cursors; nothing is applied twice', async () => {
  province.feed.set('results', [{ cursor: 5, item: result(1) }])
  makeWorker({ pollMs: 15_000 }).start()
  await eventually(roundIsOver)
  province.feed.get('results')?.push({ cursor: 6, item: result(2) })
  await clock.advance(15_000)
  await eventually(() => expect(feed.cursor('results')).toBe(6))
  expect(province.requests).toContain('feed results 5')
  expect(feed.log).toHaveLength(2)
})

test('notify asks at once, also while a round is under way', async () => {
  makeWorker().start()
  province.feed.set('results', [{ cursor: 5, item: result(1) }])
  worker.notify()
  await turning(() => expect(feed.cursor('results')).toBe(5))
})

test('between the pages of a long kind revocations are asked for again', async () => {
  const items = [1, 2, 3, 4, 5].map((number) => ({ cursor: number, item: result(number) }))
  province.feed.set('results', items)
  makeWorker({ pageSize: 2 }).start()
  await turning(() => expect(feed.cursor('results')).toBe(5))
  const asked = province.requests.filter((line) => /revocations|results/.test(line))
  expect(asked.slice(0, 6)).toEqual([
    'feed revocations 0',
    'feed results 0',
    'feed revocations 0',
    'feed results 2',
    'feed revocations 0',
    'feed results 4',
  ])
})

test('an item that is not allowed is parked and refused, and the cursor moves on', async () => {
  province.feed.set('results', [
    { cursor: 1, item: { ...result(1), url: 'https://example.org' } },
    { cursor: 2, item: { ...result(2), keepDays: 10_000 } },
    { cursor: 3, item: null },
    { cursor: 4, item: result(4) },
  ])
  makeWorker().start()
  await turning(() => {
    expect(province.refusals).toHaveLength(3)
    expect(feed.untoldRefusals()).toEqual([])
  })
  expect(feed.cursor('results')).toBe(4)
  expect(province.refusals).toEqual(
    [1, 2, 3].map((cursor) => ({ kind: 'results', cursor, code: 'INVALID_ITEM' })),
  )
  expect(incidents.every(({ severity }) => severity === 'incident')).toBe(true)
})

test('what conflicts with the store is refused with its code', async () => {
  province.feed.set('results', [{ cursor: 1, item: result(1) }])
  feed.conflictNext('results', 'CONFLICT')
  makeWorker().start()
  await turning(() =>
    expect(province.refusals).toEqual([{ kind: 'results', cursor: 1, code: 'CONFLICT' }]),
  )
})

test('a revocation never parks silently', async () => {
  province.feed.set('revocations', [{ cursor: 1, item: { what: 'door', id: '1' } }])
  makeWorker().start()
  await turning(() => expect(province.refusals).toHaveLength(1))
  expect(incidents).toEqual([
    {
      severity: 'alarm',
      event: 'REVOCATION_PARKED',
      code: 'INVALID_ITEM',
      subject: 'revocations 1',
    },
  ])
})

test('staff come only under a good signature of a known key', async () => {
  const good = grant()
  province.feed.set('staff', [
    { cursor: 1, item: { ...good, role: 'technician' } },
    { cursor: 2, item: { ...good, keyId: 'p9' } },
    { cursor: 3, item: { ...good, signature: '' } },
    { cursor: 4, item: grant({ notAfter: '2025-01-01T00:00:00Z' }) },
    { cursor: 5, item: good },
  ])
  makeWorker().start()
  await turning(() => expect(province.refusals).toHaveLength(4))
  expect(province.refusals).toMatchObject([
    { cursor: 1, code: 'BAD_SIGNATURE' },
    { cursor: 2, code: 'BAD_SIGNATURE' },
    { cursor: 3, code: 'BAD_SIGNATURE' },
    { cursor: 4, code: 'INVALID_ITEM' },
  ])
  expect(feed.log.filter((line) => line.startsWith('staff'))).toEqual([
    `staff 5 ${JSON.stringify(good)}`,
  ])
})

test('a page whose cursors do not rise is nobody we know', async () => {
  province.feed.set('results', [
    { cursor: 3, item: result(3) },
    { cursor: 2, item: result(2) },
  ])
  makeWorker().start()
  await turning(() => expect(incidents).not.toEqual([]))
  expect(incidents[0]).toMatchObject({ event: 'ANSWER_GARBLED', code: 'CURSOR_NOT_RISING' })
  expect(feed.cursor('results')).toBe(3)
})

test.each(['silence', 'loginPage', 'truncatedJson', 'resetBeforeCommit', 'redirect'] as const)(
  'no other kind is asked while revocations cannot be had, and later all goes on: %s',
  async (behaviour) => {
    province.feed.set('results', [{ cursor: 1, item: result(1) }])
    province.feedScript.push(behaviour)
    makeWorker().start()
    await eventually(() => expect(province.requests).toEqual(['feed revocations 0']))
    if (behaviour === 'silence') {
      expect(feed.log).toEqual([])
      return
    }
    await eventually(roundIsOver)
    expect(province.requests).toEqual(['feed revocations 0'])
    await turning(() => expect(feed.cursor('results')).toBe(1))
  },
)

test('a refusal that cannot be told now is told later, one nobody wants is let go', async () => {
  province.feed.set('hours', [{ cursor: 1, item: {} }])
  province.refusalScript.push({ status: 503 })
  makeWorker().start()
  await turning(() => expect(province.refusals).toHaveLength(1))
  expect(province.requests.filter((line) => line === 'refusal hours')).toHaveLength(2)
  province.feed.set('statuses', [{ cursor: 1, item: {} }])
  province.refusalScript.push({ status: 404, code: 'NOT_FOUND' })
  await turning(() => expect(feed.log).toContain('told statuses 1'))
  expect(province.refusals).toHaveLength(1)
  expect(incidents.at(-1)).toMatchObject({ event: 'REFUSAL_NOT_TAKEN', subject: 'statuses 1' })
  expect(worker.status().state).toBe('running')
})

test('401 stops and alarms; resume goes on', async () => {
  province.feedScript.push({ status: 401 })
  makeWorker().start()
  await eventually(() => expect(worker.status().stopCode).toBe('UNAUTHENTICATED'))
  expect(incidents).toMatchObject([{ severity: 'alarm', event: 'WORKER_STOPPED' }])
  province.feed.set('results', [{ cursor: 1, item: result(1) }])
  await clock.advance(3_600_000)
  worker.notify()
  expect(province.requests).toHaveLength(1)
  worker.resume()
  await eventually(() => expect(feed.cursor('results')).toBe(1))
})

test('a feed of rubbish without end is read one page at a time, not as fast as it comes', async () => {
  const rubbish = Array.from({ length: 1_000 }, (_, index) => ({
    cursor: index + 1,
    item: { __proto__: null, unlock: [1, 2, 3], url: 'http://elsewhere' },
  }))
  for (const kind of feedKinds) province.feed.set(kind, rubbish)
  makeWorker({ pageSize: 10, pollMs: 10_000 }).start()
  await eventually(roundIsOver)
  await clock.advance(9_999)
  const pages = () => province.requests.filter((line) => line.startsWith('feed ')).length
  expect(pages()).toBe(feedKinds.length)
  expect(feed.log.every((line) => /^(parked|told) /.test(line))).toBe(true)
})

test('revocations without end hold back no other kind', async () => {
  const item = (id: number) => ({ what: 'collectionRight', id: `right-${id}` })
  province.feed.set(
    'revocations',
    Array.from({ length: 1_000 }, (_, index) => ({ cursor: index + 1, item: item(index) })),
  )
  province.feed.set('results', [{ cursor: 1, item: result(1) }])
  makeWorker({ pageSize: 10 }).start()
  await eventually(() => expect(applied).toContain('results'))
  expect(applied.filter((kind) => kind === 'revocations')).toHaveLength(20)
})

test('a page that is longer than was asked for is not the province’s', async () => {
  province.feedScript.push((raw) => {
    const items = Array.from({ length: 11 }, (_, index) => ({ cursor: index + 1, item: {} }))
    raw.writeHead(200, { 'content-type': 'application/json' })
    raw.end(JSON.stringify({ items }))
  })
  makeWorker({ pageSize: 10 }).start()
  await eventually(() => expect(incidents).toMatchObject([{ code: 'PAGE_MALFORMED' }]))
  expect(feed.log).toEqual([])
})
