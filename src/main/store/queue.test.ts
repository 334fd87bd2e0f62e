import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyAudit } from '../audit/verify-audit.ts'
import type { Store } from './open-store.ts'
import { readQueue } from './read-queue.ts'
import { StoreConflict } from './store-conflict.ts'
import { dumpDatabase } from './testing/dump-database.ts'
import {
  depositSample,
  openSampleStore,
  sampleAt,
  sampleIntakeId,
  sampleStaffId,
} from './testing/sample.ts'

const never = Number.MAX_SAFE_INTEGER
const by = { officialCode: 'H99-1', staffId: sampleStaffId, secondStaffId: 'staff-0002' }

let folder: string
let store: Store

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-queue-'))
  store = openSampleStore(folder)
  // Sequences 1 and 2 are of one lane, 3 of another.
  depositSample(store, 1, 1)
  store.flow.queueSlipSms(sampleIntakeId(1))
  depositSample(store, 2, 2)
})
afterEach(async () => {
  store.close()
  await rm(folder, { recursive: true, force: true })
})

const rows = () => store.queue.rows('all', 0, 9).toReversed()
const states = () => rows().map(({ state }) => state)
const keyOf = (sequence: number) => rows()[sequence - 1]?.key ?? ''
const due = (nowMs = never) => store.outbox.due(nowMs, 9).map(({ sequence }) => sequence)
const audits = () => store.auditRows().length

function acknowledge(sequence: number): void {
  store.outbox.markSending(keyOf(sequence))
  store.outbox.acknowledge(keyOf(sequence), '{}', sampleAt)
}

describe('a message in a person’s hands', () => {
  it('is never sent again once it was handed over, and its lane goes on', () => {
    expect(due()).toEqual([1, 3])
    store.outbox.markSending(keyOf(1))
    store.outbox.park(keyOf(1), 'DOSSIER_EXISTS')
    expect(due()).toEqual([3])
    expect(store.queue.deliverByHand(keyOf(1), by)).toBe(true)
    expect(due()).toEqual([2, 3])

    store.close()
    store = openSampleStore(folder)
    expect(due()).toEqual([2, 3])
    const key = keyOf(1)
    expect(() => store.outbox.markSending(key)).toThrow(StoreConflict)
    expect(() => store.outbox.postpone(key, 0, 'BUSY')).toThrow(StoreConflict)
    expect(store.queue.releaseParked(key, 'mended', sampleStaffId)).toBe(false)
    expect(store.queue.parkByHand(key, 'holdBack', sampleStaffId)).toBe(false)
    expect(store.queue.deliverByHand(key, by)).toBe(false)
    store.queue.retryNow(undefined, sampleStaffId)
    store.queue.retryNow(key, sampleStaffId)
    expect(states()).toEqual(['deliveredByHand', 'pending', 'pending'])
    expect(due()).toEqual([2, 3])
  })

  it('holds its own lane back while parked, and goes first when released', () => {
    expect(store.queue.parkByHand(keyOf(1), 'holdBack', sampleStaffId)).toBe(true)
    expect(due()).toEqual([3])
    expect(rows().map(({ behind }) => behind)).toEqual([false, true, false])
    expect(store.queue.releaseParked(keyOf(1), 'mended', sampleStaffId)).toBe(true)
    expect(due(0)).toEqual([1, 3])
  })

  it('goes at once when retried, however long it was put off, and keeps its attempts', () => {
    store.outbox.markSending(keyOf(1))
    store.outbox.postpone(keyOf(1), 900_000, 'BUSY')
    store.outbox.markSending(keyOf(3))
    store.outbox.postpone(keyOf(3), 900_000, 'BUSY')
    expect(due(0)).toEqual([])
    store.queue.retryNow(keyOf(3), sampleStaffId)
    expect(due(0)).toEqual([3])
    store.queue.retryNow(undefined, sampleStaffId)
    expect(due(0)).toEqual([1, 3])
    expect(rows().map(({ attempts }) => attempts)).toEqual([1, 0, 1])
  })

  it.each(['sending', 'acknowledged'] as const)('stays the worker’s when it is %s', (state) => {
    if (state === 'acknowledged') acknowledge(1)
    else store.outbox.markSending(keyOf(1))
    const key = keyOf(1)
    const before = dumpDatabase(folder)
    expect(store.queue.parkByHand(key, 'holdBack', sampleStaffId)).toBe(false)
    expect(store.queue.releaseParked(key, 'mended', sampleStaffId)).toBe(false)
    expect(store.queue.deliverByHand(key, by)).toBe(false)
    expect(dumpDatabase(folder)).toEqual(before)
  })

  it('has each act on record with who, what and why, in the chain of the audit', () => {
    const before = audits()
    store.queue.parkByHand(keyOf(1), 'maybeTwice', sampleStaffId)
    store.queue.releaseParked(keyOf(1), 'parkedByMistake', sampleStaffId)
    store.queue.retryNow(keyOf(1), sampleStaffId)
    store.queue.deliverByHand(keyOf(1), by)
    const acts = store.auditRows().slice(before)
    expect(acts.map(({ event, details }) => [event, details])).toEqual([
      ['message.parkedByHand', { staffId: sampleStaffId, sequence: 1, reason: 'maybeTwice' }],
      ['message.released', { staffId: sampleStaffId, sequence: 1, reason: 'parkedByMistake' }],
      ['message.retried', { staffId: sampleStaffId, sequence: 1, messages: 1 }],
      ['message.deliveredByHand', { ...by, sequence: 1 }],
    ])
    expect(verifyAudit(store.auditRows()).ok).toBe(true)
  })

  it('shows fields of its body, and of what is sealed the length', () => {
    const { facts } = store.queue.message(keyOf(1)) ?? { facts: [] }
    expect(facts).toContainEqual({ name: 'bagCode', value: 'BAG-1' })
    expect(facts).toContainEqual({ name: 'sealed', value: '(8)' })
    expect(JSON.stringify(facts)).not.toContain('c2VhbGVk')
    expect(store.queue.message('0198c1f2-0000-7000-8000-00000000ffff')).toBeUndefined()
  })
})

describe('a dossier whose bag an officer took out', () => {
  const intakeId = sampleIntakeId(1)
  const state = () => store.flow.dossier(intakeId)?.state
  const reconciled = () => store.auditRows().filter(({ event }) => event === 'dossier.reconciled')

  beforeEach(() => {
    store.flow.recordEmptyingUnlock(1, sampleStaffId)
    store.flow.recordBagCollected(intakeId, sampleStaffId, sampleAt)
    // Sequence 4, in the lane of 1 and 2.
    expect(rows()[3]).toMatchObject({ kind: 'compartmentEmptied' })
  })

  it('is settled when the word of it goes by hand, once', () => {
    acknowledge(1)
    acknowledge(2)
    expect(state()).toBe('collected')
    store.queue.deliverByHand(keyOf(4), by)
    expect(state()).toBe('reconciled')
    store.queue.deliverByHand(keyOf(4), by)
    expect(reconciled().map(({ details }) => details)).toEqual([{ intakeId }])
    expect(verifyAudit(store.auditRows()).ok).toBe(true)
  })

  it.each([
    ['by its receipt', () => acknowledge(1)],
    ['by hand too', () => store.queue.deliverByHand(keyOf(1), by)],
  ])('is not settled before what is older has left, %s', (_, leave) => {
    store.queue.deliverByHand(keyOf(4), by)
    store.queue.deliverByHand(keyOf(2), by)
    expect(state()).toBe('collected')
    leave()
    expect(state()).toBe('reconciled')
  })

  it('is settled by the receipt after a deposit that went by hand', () => {
    store.queue.deliverByHand(keyOf(1), by)
    acknowledge(2)
    acknowledge(4)
    expect(state()).toBe('reconciled')
  })
})

it('lists by state: what waits from its oldest, what is done from its newest', () => {
  for (let number = 1; number <= 2; number += 1) {
    store.enqueue({ kind: 'rating', lane: `lane-${number}`, body: { score: 4 } })
  }
  acknowledge(1)
  acknowledge(4)
  store.queue.parkByHand(keyOf(5), 'holdBack', sampleStaffId)
  const listed = (filter: 'open' | 'parked' | 'done' | 'all') =>
    store.queue.rows(filter, 0, 9).map(({ sequence }) => sequence)
  expect(listed('open')).toEqual([2, 3, 5])
  expect(listed('parked')).toEqual([5])
  expect(listed('done')).toEqual([4, 1])
  expect(listed('all')).toEqual([5, 4, 3, 2, 1])
  expect(store.queue.rows('all', 1, 2).map(({ sequence }) => sequence)).toEqual([4, 3])
  for (const filter of ['open', 'parked', 'done', 'all'] as const) {
    expect(store.queue.count(filter)).toBe(listed(filter).length)
  }
})

it('is read over a connection that cannot write, also what core has just committed', () => {
  store.queue.parkByHand(keyOf(1), 'holdBack', sampleStaffId)
  const read = readQueue(folder, (queue) => [queue.counts(), queue.rows('all', 0, 9)])
  expect(read).toEqual([store.queue.counts(), store.queue.rows('all', 0, 9)])
  expect(readQueue(join(folder, 'nowhere'), () => 1)).toBeUndefined()
})
