import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MessageKind } from '../../contract/province/message.ts'
import type { Store } from './open-store.ts'
import { StoreConflict } from './store-conflict.ts'
import { dumpDatabase } from './testing/dump-database.ts'
import {
  depositSample,
  openSampleStore,
  sampleAt,
  sampleClock,
  sampleGrant,
  sampleIntakeId,
  sampleResult,
  sampleSeal,
  sampleUuids,
  stockSample,
} from './testing/sample.ts'

let folder: string
let store: Store

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-sync-'))
  store = openSampleStore(folder)
})
afterEach(async () => {
  store.close()
  await rm(folder, { recursive: true, force: true })
})

const conflicts = (work: () => unknown) => expect(work).toThrow(StoreConflict)

describe('outbox', () => {
  /** Two messages in lane 1, one in lane 2. */
  function threeMessages(): void {
    depositSample(store, 1, 1)
    store.flow.queueSlipSms(sampleIntakeId(1))
    depositSample(store, 2, 2)
  }
  const due = (nowMs = 0, limit = 9) =>
    store.outbox.due(nowMs, limit).map((row) => [row.lane, row.kind])
  const first = () => {
    const row = store.outbox.due(Number.MAX_SAFE_INTEGER, 1)[0]
    if (row === undefined) throw new Error('nothing due')
    return row
  }

  it('leaves out what it is told to, and what waits behind it', () => {
    threeMessages()
    store.enqueue({ kind: 'rating', lane: 'kiosk', body: { score: 5 } })
    const kinds = (without: MessageKind[]) =>
      store.outbox.due(0, 1, without).map(({ kind }) => kind)
    expect(kinds(['dossierDeposited', 'dispute'])).toEqual(['rating'])
    expect(kinds(['rating'])).toEqual(['dossierDeposited'])
  })

  it('gives the oldest of each lane and lets the next follow a receipt', () => {
    threeMessages()
    expect(due()).toEqual([
      [sampleIntakeId(1), 'dossierDeposited'],
      [sampleIntakeId(2), 'dossierDeposited'],
    ])
    expect(due(0, 1)).toHaveLength(1)
    const { key } = first()
    conflicts(() => store.outbox.acknowledge(key, '{}', sampleAt))
    store.outbox.markSending(key)
    store.outbox.acknowledge(key, '{"receipt":1}', sampleAt)
    conflicts(() => store.outbox.acknowledge(key, '{}', sampleAt))
    conflicts(() => store.outbox.markSending(key))
    expect(due()).toEqual([
      [sampleIntakeId(1), 'notification'],
      [sampleIntakeId(2), 'dossierDeposited'],
    ])
    expect(dumpDatabase(folder).outbox?.[0]).toMatchObject({ receipt: '{"receipt":1}' })
  })

  it('sends what a crash left in sending again, with the same key and bytes', () => {
    threeMessages()
    const before = first()
    store.outbox.markSending(before.key)
    store.close()
    store = openSampleStore(folder)
    expect(first()).toEqual({ ...before, state: 'sending', attempts: 1 })
  })

  it('waits until the running time that it was put off to', () => {
    threeMessages()
    const { key } = first()
    store.outbox.markSending(key)
    store.outbox.postpone(key, 5_000, 'BUSY')
    expect(due(4_999)).toEqual([[sampleIntakeId(2), 'dossierDeposited']])
    expect(due(5_000)).toHaveLength(2)
  })

  it('puts the running time on record, for a clock that loses its own', () => {
    const clock = sampleClock()
    store.close()
    store = openSampleStore(folder, { clock })
    threeMessages()
    clock.running = 70_000
    store.outbox.postpone(first().key, 75_000, 'BUSY')
    expect(store.runningMs()).toBe(70_000)
  })

  it('lets a parked message hold back its own lane only', () => {
    threeMessages()
    const { key } = first()
    store.outbox.markSending(key)
    store.outbox.park(key, 'INVALID_MESSAGE')
    conflicts(() => store.outbox.park(key, 'INVALID_MESSAGE'))
    expect(due()).toEqual([[sampleIntakeId(2), 'dossierDeposited']])
    expect(store.outbox.counts()).toEqual({
      pending: 2,
      sending: 0,
      acknowledged: 0,
      parked: 1,
      deliveredByHand: 0,
    })
    expect(store.outbox.oldestOpenAt()).toBe(sampleAt)
  })

  it('numbers messages of no journey too', () => {
    store.enqueue({ kind: 'rating', lane: 'rating', body: { score: 5 } })
    expect(() => store.enqueue({ kind: 'rating', lane: 'rating', body: { score: 6 } })).toThrow()
    store.enqueue({ kind: 'rating', lane: 'other', body: { score: 1 } })
    expect(store.outbox.due(0, 9).map((row) => row.sequence)).toEqual([1, 2])
  })
})

describe('epoch', () => {
  it('is one for a database, and the next one numbers afresh', () => {
    const before = store.epoch.epoch()
    expect(before).toMatchObject({ epoch: 1, startedAt: sampleAt, registered: false })
    store.epoch.markEpochRegistered(1)
    store.epoch.markEpochRegistered(1)
    store.close()
    store = openSampleStore(folder, { newInstance: () => 'another' })
    expect(store.epoch.epoch()).toEqual({ ...before, registered: true })
    store.flow.allocateIntakeNumber()
    expect(() => store.epoch.beginEpoch(1)).toThrow(/not a new one/)
    store.epoch.beginEpoch(4)
    expect(store.epoch.epoch()).toMatchObject({ epoch: 4, instance: 'another', registered: false })
    expect(store.flow.allocateIntakeNumber()).toEqual({ epoch: 4, number: 1 })
  })

  it('begins above the epochs of a lost database', () => {
    const other = openSampleStore(join(folder, 'fresh'), { firstEpoch: 3 })
    expect(other.epoch.epoch().epoch).toBe(3)
    other.close()
  })
})

describe('feed', () => {
  it('applies an item once, with its cursor', () => {
    expect(store.feed.cursor('results')).toBe(0)
    expect(store.feed.apply('results', 7, sampleResult('R1'))).toBeUndefined()
    expect(store.feed.cursor('results')).toBe(7)
    const before = dumpDatabase(folder)
    expect(store.feed.apply('results', 7, sampleResult('R1'))).toBeUndefined()
    expect(store.feed.apply('results', 6, sampleResult('R0'))).toBeUndefined()
    expect(dumpDatabase(folder)).toEqual(before)
    expect(store.feed.apply('results', 8, sampleResult('R1'))).toBeUndefined()
    expect(store.flow.resultsToStock()).toHaveLength(1)
  })

  it('refuses what does not fit, and then nothing has changed', () => {
    store.feed.apply('results', 1, sampleResult('R1'))
    store.flow.sealDossier(sampleSeal(1, 1))
    const before = dumpDatabase(folder)
    const apply = (more: object) => store.feed.apply('results', 2, sampleResult('R2', more))
    expect(apply({ intakeId: 'K07-1-999999-X' })).toBe('UNKNOWN_REFERENCE')
    expect(apply({ intakeId: sampleIntakeId(1) })).toBe('CONFLICT')
    expect(apply({ resultId: 'R1', keepDays: 3 })).toBe('CONFLICT')
    expect(
      store.feed.apply('statuses', 1, { intakeId: 'K07-1-999999-X', status: 2, at: sampleAt }),
    ).toBe('UNKNOWN_REFERENCE')
    expect(store.feed.apply('revocations', 1, { what: 'collectionRight', id: 'nobody' })).toBe(
      'UNKNOWN_REFERENCE',
    )
    expect(dumpDatabase(folder)).toEqual(before)
  })

  it('keeps cursor and code of a parked item until the province was told', () => {
    store.feed.parkItem('results', 5, 'INVALID_ITEM')
    store.feed.parkItem('results', 5, 'INVALID_ITEM')
    store.feed.parkItem('texts', 2, 'CONFLICT')
    expect(store.feed.cursor('results')).toBe(5)
    expect(store.feed.untoldRefusals()).toEqual([
      { kind: 'results', cursor: 5, code: 'INVALID_ITEM' },
      { kind: 'texts', cursor: 2, code: 'CONFLICT' },
    ])
    store.feed.markRefusalTold('results', 5)
    conflicts(() => store.feed.markRefusalTold('results', 6))
    expect(store.feed.untoldRefusals()).toHaveLength(1)
  })

  it('keeps the province’s status, also one that nobody knows', () => {
    const intakeId = depositSample(store, 1, 1)
    store.feed.apply('statuses', 1, { intakeId, status: 2, at: sampleAt, dossierCode: 'CODE-1' })
    store.feed.apply('statuses', 2, { intakeId, status: 77, at: sampleAt })
    expect(dumpDatabase(folder).dossier?.[0]).toMatchObject({
      province_status: 77,
      dossier_code: 'CODE-1',
      state: 'deposited',
    })
  })

  it('keeps overrides, the last one standing', () => {
    store.feed.apply('catalogue', 1, { procedureCode: 'p', takeIn: 'paper', handOut: true })
    store.feed.apply('catalogue', 2, { procedureCode: 'p', takeIn: 'no', handOut: false })
    store.feed.apply('texts', 1, { key: 'notice.idle', language: 'vi', text: 'Nghỉ lễ' })
    store.feed.apply('hours', 1, { weekday: 6, ranges: ['07:30-11:30'] })
    expect(store.overrides.catalogue()).toEqual([
      { procedureCode: 'p', takeIn: 'no', handOut: false },
    ])
    expect(store.overrides.texts()).toEqual([
      { key: 'notice.idle', language: 'vi', text: 'Nghỉ lễ' },
    ])
    expect(store.overrides.hours()).toEqual([{ weekday: 6, ranges: ['07:30-11:30'] }])
  })

  it('revokes a right, and the envelope waits for an officer', () => {
    const id = stockSample(store, 'R1', 11)
    expect(store.feed.apply('revocations', 1, { what: 'collectionRight', id })).toBeUndefined()
    expect(store.flow.rightOfResult('R1')?.state).toBe('revoked')
    expect(store.flow.compartment(11)).toMatchObject({ state: 'expired', resultId: 'R1' })
    conflicts(() => store.flow.beginOpening(id, sampleAt))
    expect(store.feed.apply('revocations', 2, { what: 'collectionRight', id })).toBeUndefined()
    store.flow.withdrawResult('R1', { staffId: 'staff-0001' }, 'notSeen', sampleAt)
    expect(store.flow.compartment(11).state).toBe('empty')
  })
})

describe('staff', () => {
  it('knows a badge by its grant until the grant is revoked', () => {
    const { grantId, keyId, signature, ...row } = sampleGrant
    expect(store.flow.staffByBadgeHash(row.badgeHash)).toBeUndefined()
    store.feed.apply('staff', 1, sampleGrant)
    expect(store.flow.staffByBadgeHash(row.badgeHash)).toEqual(row)
    expect(store.feed.apply('staff', 2, sampleGrant)).toBeUndefined()
    expect(store.feed.apply('staff', 3, { ...sampleGrant, role: 'technician' })).toBe('CONFLICT')
    store.feed.apply('revocations', 1, { what: 'staffGrant', id: grantId })
    expect(store.flow.staffByBadgeHash(row.badgeHash)).toBeUndefined()
  })

  it('stays revoked when the grant comes after its revocation', () => {
    store.feed.apply('revocations', 1, { what: 'staffGrant', id: sampleGrant.grantId })
    store.feed.apply('staff', 1, sampleGrant)
    expect(store.flow.staffByBadgeHash(sampleGrant.badgeHash)).toBeUndefined()
  })

  it('prefers the grant that is valid now over a newer one of later', () => {
    const clock = sampleClock()
    store.close()
    store = openSampleStore(folder, { clock, newKey: sampleUuids(7) })
    store.feed.apply('staff', 1, sampleGrant)
    const later = { notBefore: '2026-06-01T00:00:00Z', notAfter: '2027-06-01T00:00:00Z' }
    store.feed.apply('staff', 2, { ...sampleGrant, ...later, grantId: 'grant-2' })
    const valid = () => store.flow.staffByBadgeHash(sampleGrant.badgeHash)?.notAfter
    expect(valid()).toBe(sampleGrant.notAfter)
    clock.nowMs = Date.parse('2027-01-15T00:00:00Z')
    expect(valid()).toBe(later.notAfter)
  })
})
