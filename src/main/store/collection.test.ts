import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Store } from './open-store.ts'
import { StoreConflict } from './store-conflict.ts'
import { queuedMessages } from './testing/queued-messages.ts'
import {
  depositSample,
  openSampleStore,
  sampleAt,
  sampleClock,
  sampleIntakeId,
  sampleResult,
  sampleRight,
  sampleSeal,
  sampleStaffId,
  stockedDraft,
  stockSample,
} from './testing/sample.ts'

let folder: string
let store: Store

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-collection-'))
  store = openSampleStore(folder)
})
afterEach(async () => {
  store.close()
  await rm(folder, { recursive: true, force: true })
})

const conflicts = (work: () => unknown) => expect(work).toThrow(StoreConflict)
const kinds = () => {
  const sent = []
  for (let row = store.outbox.due(0, 1)[0]; row; row = store.outbox.due(0, 1)[0]) {
    store.outbox.markSending(row.key)
    store.outbox.acknowledge(row.key, '{}', sampleAt)
    sent.push(row.kind)
  }
  return sent
}

describe('stocking', () => {
  it('lists what the province announced until it is in a compartment', () => {
    const intakeId = depositSample(store, 1, 1)
    store.feed.apply('results', 1, sampleResult('R1', { intakeId }))
    store.feed.apply('results', 2, sampleResult('R2'))
    expect(store.flow.resultsToStock().map((row) => row.resultId)).toEqual(['R1', 'R2'])
    expect(store.flow.resultByIntakeId(intakeId)?.resultId).toBe('R1')
    expect(store.flow.resultByDossierCode('CODE-R2')?.resultId).toBe('R2')
    store.flow.assignResult('R1', 11, sampleStaffId)
    expect(store.flow.resultsToStock().map((row) => row.resultId)).toEqual(['R2'])
    expect(store.flow.result('R1')).toMatchObject({ state: 'assigned', compartment: 11 })
    expect(store.flow.compartment(11)).toMatchObject({ state: 'assigned', resultId: 'R1' })
  })

  it('knows behind which doors results of the same person wait', () => {
    const people = [
      { applicantIdHash: 'an', ownerIdHash: 'an' },
      { applicantIdHash: 'an', ownerIdHash: 'child' },
      { applicantIdHash: 'binh', ownerIdHash: null },
    ]
    people.forEach((person, index) => {
      const number = index + 1
      store.flow.sealDossier({ ...sampleSeal(number, number), ...person })
      store.flow.recordDepositUnlock(sampleIntakeId(number))
      store.flow.depositDossier(sampleIntakeId(number), sampleAt)
      const intakeId = sampleIntakeId(number)
      store.feed.apply('results', number, sampleResult(`R${number}`, { intakeId }))
    })
    store.feed.apply('results', 9, sampleResult('R9'))
    expect(store.flow.compartmentsOfSamePerson('R2')).toEqual([])
    for (const [resultId, compartment] of [
      ['R1', 11],
      ['R3', 12],
    ] as const) {
      const rightId = `right-${resultId}`
      store.flow.assignResult(resultId, compartment, sampleStaffId)
      const draft = stockedDraft(resultId, rightId, compartment)
      store.flow.stockResult(resultId, sampleRight(rightId), draft, sampleAt)
    }
    expect(store.flow.compartmentsOfSamePerson('R2')).toEqual([11])
    expect(store.flow.compartmentsOfSamePerson('R3')).toEqual([])
    expect(store.flow.compartmentsOfSamePerson('R9')).toEqual([])
  })

  it('assigns an announced result to an empty result compartment only', () => {
    store.feed.apply('results', 1, sampleResult('R1'))
    store.feed.apply('results', 2, sampleResult('R2'))
    conflicts(() => store.flow.assignResult('R1', 1, sampleStaffId))
    conflicts(() => store.flow.assignResult('R9', 11, sampleStaffId))
    store.flow.assignResult('R1', 11, sampleStaffId)
    conflicts(() => store.flow.assignResult('R1', 12, sampleStaffId))
    conflicts(() => store.flow.assignResult('R2', 11, sampleStaffId))
    expect(store.flow.result('R2')?.state).toBe('announced')
  })

  it('goes back when nothing was put in', () => {
    store.feed.apply('results', 1, sampleResult('R1'))
    conflicts(() => store.flow.unassignResult('R1', 'empty', 'nothingInside'))
    store.flow.assignResult('R1', 11, sampleStaffId)
    store.flow.unassignResult('R1', 'suspect', 'DOOR_NOT_OPENED')
    expect(store.flow.compartment(11)).toMatchObject({ state: 'suspect', resultId: null })
    store.flow.assignResult('R1', 12, sampleStaffId)
    store.flow.unassignResult('R1', 'empty', 'nothingInside')
    expect(store.flow.compartment(12)).toMatchObject({ state: 'empty', reason: null })
    expect(store.flow.result('R1')).toMatchObject({ state: 'announced', compartment: null })
  })

  it('mints right, state and message in one transaction', () => {
    stockSample(store, 'R1', 11)
    expect(store.flow.rightByQrHash('qr of right-R1')).toEqual({
      rightId: 'right-R1',
      resultId: 'R1',
      compartment: 11,
      state: 'valid',
      expiresAt: sampleRight('').expiresAt,
      isOver: false,
      wrongTries: 0,
    })
    expect(store.flow.rightByCodeHash('code of right-R1')?.rightId).toBe('right-R1')
    expect(store.flow.rightOfResult('R1')?.rightId).toBe('right-R1')
    expect(store.flow.compartment(11).state).toBe('stocked')
    expect(kinds()).toEqual(['resultStocked'])
  })

  it('refuses a message about something else, a second right, and digits already in use', () => {
    stockSample(store, 'R1', 11)
    store.feed.apply('results', 2, sampleResult('R2'))
    store.flow.assignResult('R2', 12, sampleStaffId)
    const right = sampleRight('G2')
    const stock = (draft = stockedDraft('R2', 'G2', 12), minted = right) =>
      store.flow.stockResult('R2', minted, draft, sampleAt)
    conflicts(() => stock(stockedDraft('R1', 'G2', 12)))
    conflicts(() => stock(stockedDraft('R2', 'G1', 12)))
    conflicts(() => stock(stockedDraft('R2', 'G2', 11)))
    conflicts(() => stock({ ...stockedDraft('R2', 'G2', 12), lane: 'elsewhere' }))
    conflicts(() => stock(undefined, { ...right, codeHash: 'code of right-R1' }))
    expect(store.flow.result('R2')?.state).toBe('assigned')
    stock()
    conflicts(() => stock())
  })
})

describe('collection', () => {
  it('goes from stocked to taken, the right consumed', () => {
    const rightId = stockSample(store, 'R1', 11)
    conflicts(() => store.flow.recordOpened(rightId, sampleAt))
    conflicts(() => store.flow.recordTaken(rightId, sampleAt, 'empty'))
    conflicts(() => store.flow.recordNotTaken(rightId))
    store.flow.beginOpening(rightId, sampleAt)
    expect(store.flow.compartment(11).state).toBe('opening')
    store.flow.recordOpened(rightId, sampleAt)
    expect(store.flow.compartment(11).state).toBe('opened')
    conflicts(() => store.flow.beginOpening(rightId, sampleAt))
    store.flow.recordTaken(rightId, sampleAt, 'empty')
    expect(store.flow.compartment(11)).toMatchObject({ state: 'empty', resultId: null })
    expect(store.flow.result('R1')?.state).toBe('taken')
    expect(store.flow.rightOfResult('R1')?.state).toBe('consumed')
    conflicts(() => store.flow.beginOpening(rightId, sampleAt))
    conflicts(() => store.flow.recordTaken(rightId, sampleAt, 'empty'))
    expect(kinds()).toEqual(['resultStocked', 'resultTaken'])
  })

  it('keeps a compartment out of service whose door stayed open', () => {
    const rightId = stockSample(store, 'R1', 11)
    store.flow.beginOpening(rightId, sampleAt)
    store.flow.recordOpened(rightId, sampleAt)
    store.flow.markCompartment(11, 'suspect', 'DOOR_LEFT_OPEN')
    store.flow.recordTaken(rightId, sampleAt, 'suspect')
    expect(store.flow.compartment(11)).toMatchObject({
      state: 'suspect',
      resultId: null,
      reason: 'DOOR_LEFT_OPEN',
    })
  })

  it('lets the citizen ask again; each opening is a record of its own', () => {
    const rightId = stockSample(store, 'R1', 11)
    store.flow.beginOpening(rightId, sampleAt)
    store.flow.beginOpening(rightId, sampleAt)
    store.flow.recordNotTaken(rightId)
    expect(store.flow.compartment(11).state).toBe('stocked')
    store.flow.beginOpening(rightId, sampleAt)
    store.flow.recordOpened(rightId, sampleAt)
    store.flow.recordTaken(rightId, sampleAt, 'empty')
    const unlocks = store.auditRows().filter((row) => row.event === 'collection.unlock')
    expect(unlocks).toHaveLength(3)
  })

  it('tells a restart which doors were under way', () => {
    const first = stockSample(store, 'R1', 11)
    const second = stockSample(store, 'R2', 12)
    stockSample(store, 'R3', 13)
    store.flow.beginOpening(first, sampleAt)
    store.flow.beginOpening(second, sampleAt)
    store.flow.recordOpened(second, sampleAt)
    store.flow.markCompartment(12, 'suspect', 'DOOR_LEFT_OPEN')
    store.close()
    store = openSampleStore(folder)
    expect(store.flow.unfinishedOpenings().map((row) => row.rightId)).toEqual([first, second])
    store.flow.recordOpened(second, sampleAt)
    store.flow.recordNotTaken(second)
    expect(store.flow.unfinishedOpenings().map((row) => row.rightId)).toEqual([first])
  })

  it('locks the right and blocks the compartment when nobody saw', () => {
    const rightId = stockSample(store, 'R1', 11)
    conflicts(() => store.flow.markCollectionUnknown(rightId, 'BUS_SILENT', sampleAt))
    store.flow.beginOpening(rightId, sampleAt)
    store.flow.markCollectionUnknown(rightId, 'BUS_SILENT', sampleAt)
    expect(store.flow.rightOfResult('R1')?.state).toBe('locked')
    expect(store.flow.compartment(11)).toMatchObject({ state: 'unknown', resultId: 'R1' })
    conflicts(() => store.flow.beginOpening(rightId, sampleAt))
    expect(kinds()).toEqual(['resultStocked', 'fault'])
    store.flow.withdrawResult('R1', { staffId: sampleStaffId }, 'notSeen', sampleAt)
    expect(store.flow.result('R1')?.state).toBe('withdrawn')
    expect(store.flow.compartment(11)).toMatchObject({ state: 'empty', resultId: null })
    // Its owner is told in the same transaction.
    expect(kinds()).toEqual(['resultReturned'])
  })

  it('says that a result was taken when an officer finds it gone', () => {
    const rightId = stockSample(store, 'R1', 11)
    conflicts(() => store.flow.withdrawResult('R9', { staffId: sampleStaffId }, 'gone', sampleAt))
    store.flow.beginOpening(rightId, sampleAt)
    conflicts(() => store.flow.withdrawResult('R1', { staffId: sampleStaffId }, 'gone', sampleAt))
    store.flow.markCollectionUnknown(rightId, 'BUS_SILENT', sampleAt)
    store.flow.withdrawResult('R1', { staffId: sampleStaffId }, 'gone', sampleAt)
    expect(kinds()).toEqual(['resultStocked', 'fault', 'resultTaken'])
  })

  it('lets no wall clock end a right or bring one back', () => {
    const clock = sampleClock()
    store.close()
    store = openSampleStore(folder, { clock })
    const rightId = stockSample(store, 'R1', 11)
    const yearMs = 365 * 86_400_000
    const years = (count: number) => new Date(Date.parse(sampleAt) + count * yearMs).toISOString()
    clock.nowMs += 30 * yearMs
    expect(store.flow.expireRights(years(30))).toEqual([])
    expect(store.flow.rightById(rightId)).toMatchObject({ state: 'valid', isOver: false })
    clock.nowMs -= 60 * yearMs
    expect(store.flow.rightById(rightId)?.isOver).toBe(false)
    clock.running += sampleRight('').validMs
    expect(store.flow.rightById(rightId)?.isOver).toBe(true)
    expect(store.flow.expireRights(years(-30)).map((row) => row.rightId)).toEqual([rightId])
  })

  it('has a holder reminded once, on the morning of the day before the last, by running time', () => {
    const clock = sampleClock()
    store.close()
    store = openSampleStore(folder, { clock })
    const rightId = stockSample(store, 'R1', 11)
    clock.nowMs += 400 * 86_400_000
    expect(store.reminders.remindHolders(sampleAt)).toEqual([])
    // Forty hours before a day ends it is eight o'clock on the day before.
    clock.running += sampleRight('').validMs - 40 * 3_600_000 - 1
    expect(store.reminders.remindHolders(sampleAt)).toEqual([])
    clock.running += 1
    expect(store.reminders.remindHolders(sampleAt)).toEqual([rightId])
    expect(store.reminders.remindHolders(sampleAt)).toEqual([])
    const reminders = queuedMessages(folder).filter(({ kind }) => kind === 'resultReminder')
    expect(reminders.map(({ body }) => body)).toEqual([
      { resultId: 'R1', dossierCode: 'CODE-R1', rightId, lastDay: '2026-04-01', at: sampleAt },
    ])
  })

  it('has nobody reminded who took it, whose time is over, or who was told two days ago', () => {
    const clock = sampleClock()
    store.close()
    store = openSampleStore(folder, { clock })
    const taken = stockSample(store, 'R1', 11)
    store.flow.beginOpening(taken, sampleAt)
    store.flow.recordOpened(taken, sampleAt)
    store.flow.recordTaken(taken, sampleAt, 'empty')
    stockSample(store, 'R2', 12)
    store.feed.apply('results', 9, sampleResult('R3'))
    store.flow.assignResult('R3', 13, sampleStaffId)
    store.flow.stockResult(
      'R3',
      { ...sampleRight('G3'), validMs: 60 * 3_600_000 },
      stockedDraft('R3', 'G3', 13),
      sampleAt,
    )
    clock.running += 30 * 3_600_000
    expect(store.reminders.remindHolders(sampleAt)).toEqual([])
    clock.running += sampleRight('').validMs
    expect(store.reminders.remindHolders(sampleAt)).toEqual([])
  })

  it('expires rights that have run out, but no open door', () => {
    const clock = sampleClock()
    store.close()
    store = openSampleStore(folder, { clock })
    const open = stockSample(store, 'R1', 11)
    const idle = stockSample(store, 'R2', 12)
    store.flow.beginOpening(open, sampleAt)
    expect(store.flow.expireRights(sampleAt)).toEqual([])
    const late = '2026-04-01T17:00:00.000Z'
    clock.running += sampleRight('').validMs - 1
    expect(store.flow.expireRights(late)).toEqual([])
    clock.running += 1
    expect(store.flow.rightById(idle)?.isOver).toBe(true)
    expect(store.flow.expireRights(late).map((row) => [row.rightId, row.state])).toEqual([
      [idle, 'expired'],
    ])
    expect(store.flow.expireRights(late)).toEqual([])
    expect(store.flow.compartment(12)).toMatchObject({ state: 'expired', resultId: 'R2' })
    expect(store.flow.result('R2')?.state).toBe('expired')
    conflicts(() => store.flow.beginOpening(idle, sampleAt))
    store.flow.withdrawResult('R2', { staffId: sampleStaffId }, 'notSeen', sampleAt)
    expect(store.flow.compartment(12).state).toBe('empty')
    store.flow.recordTaken(open, late, 'empty')
    expect(kinds()).toEqual([
      'resultStocked',
      'resultStocked',
      'resultExpired',
      'resultReturned',
      'resultTaken',
    ])
  })

  it('ends an opening that a revocation overtook as the sensors saw it', () => {
    const taken = stockSample(store, 'R1', 11)
    const left = stockSample(store, 'R2', 12)
    store.flow.beginOpening(taken, sampleAt)
    store.flow.beginOpening(left, sampleAt)
    store.feed.apply('revocations', 1, { what: 'collectionRight', id: taken })
    store.feed.apply('revocations', 2, { what: 'collectionRight', id: left })
    store.flow.recordTaken(taken, sampleAt, 'empty')
    store.flow.recordNotTaken(left)
    expect(store.flow.rightOfResult('R1')?.state).toBe('consumed')
    expect(store.flow.rightOfResult('R2')?.state).toBe('revoked')
    expect(store.flow.compartment(12)).toMatchObject({ state: 'expired', resultId: 'R2' })
    conflicts(() => store.flow.beginOpening(left, sampleAt))
  })
})

describe('tries', () => {
  const scopes = [
    { scope: 'kiosk', limit: 5, windowMs: 10_000 },
    { scope: 'right:right-R1', limit: 2, windowMs: 1_000 },
  ]

  it('counts before it answers, over a restart, and lets time pass by running time', () => {
    const clock = sampleClock()
    store.close()
    store = openSampleStore(folder, { clock })
    stockSample(store, 'R1', 11)
    expect(store.flow.beginTry(scopes)).toBe(true)
    store.close()
    store = openSampleStore(folder, { clock, newKey: () => '00000000-0000-7000-9000-000000000000' })
    expect(store.flow.beginTry(scopes)).toBe(true)
    expect(store.flow.beginTry(scopes)).toBe(false)
    expect(store.flow.rightOfResult('R1')?.wrongTries).toBe(2)
    // Setting the wall clock opens nothing.
    clock.nowMs += 365 * 24 * 60 * 60 * 1000
    expect(store.flow.beginTry(scopes)).toBe(false)
    clock.running += 1_000
    expect(store.flow.beginTry(scopes)).toBe(true)
  })

  it('does not count a refused try, and starts from zero when cleared', () => {
    const one = [{ scope: 'a', limit: 1, windowMs: 1_000 }]
    const both = [...one, { scope: 'b', limit: 2, windowMs: 1_000 }]
    expect(store.flow.beginTry(one)).toBe(true)
    expect(store.flow.beginTry(both)).toBe(false)
    store.flow.clearTries(['a'])
    expect(store.flow.beginTry(both)).toBe(true)
    store.flow.clearTries(['a'])
    expect(store.flow.beginTry(both)).toBe(true)
    store.flow.clearTries(['a'])
    expect(store.flow.beginTry(both)).toBe(false)
  })

  it('takes one try back and leaves all others counted', () => {
    const one = [{ scope: 'a', limit: 2, windowMs: 1_000 }]
    expect(store.flow.beginTry(one)).toBe(true)
    expect(store.flow.beginTry(one)).toBe(true)
    store.flow.takeBackTry(['a', 'never begun'])
    expect(store.flow.beginTry(one)).toBe(true)
    expect(store.flow.beginTry(one)).toBe(false)
  })

  it('counts one scope once, however many windows look at it', () => {
    const windows = [
      { scope: 'pin', limit: 2, windowMs: 1_000 },
      { scope: 'pin', limit: 3, windowMs: 100_000 },
    ]
    const clock = sampleClock()
    store.close()
    store = openSampleStore(folder, { clock })
    const answers = [1, 2, 3, 4, 5].map(() => {
      clock.running += 600
      return store.flow.beginTry(windows)
    })
    expect(answers).toEqual([true, true, true, false, false])
  })

  it('never goes back in time, whatever clock it is given', () => {
    const clock = sampleClock()
    store.close()
    store = openSampleStore(folder, { clock })
    const one = [{ scope: 'a', limit: 1, windowMs: 1_000 }]
    expect(store.flow.beginTry(one)).toBe(true)
    clock.running = 0
    expect(store.flow.beginTry(one)).toBe(false)
    expect(store.runningMs()).toBe(1_000)
  })
})
