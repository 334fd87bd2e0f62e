import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { SealInput } from '../flows/store-port.ts'
import type { Store } from './open-store.ts'
import {
  openSampleStore,
  sampleAt,
  sampleIntakeId,
  samplePage,
  sampleResult,
  sampleRight,
  sampleSeal,
  sampleStaffId,
  stockedDraft,
} from './testing/sample.ts'

let folder: string
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forget-'))
  store = openSampleStore(folder)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const id = sampleIntakeId
const mark = Buffer.from('SEALED-MARK').toString('base64')
const late = '2026-03-03T00:00:00.000Z'
const early = '2026-03-01T00:00:00.000Z'
const all = { over: late, withoutResult: late, abandoned: late, sent: late }

/** In, out again by an officer's hand, and everything told to the province. */
function collected(number: number, changes: Partial<SealInput> = {}) {
  store.flow.sealDossier({ ...sampleSeal(number, number), sealed: mark, ...changes })
  store.flow.recordDepositUnlock(id(number))
  store.flow.depositDossier(id(number), sampleAt)
  store.flow.recordEmptyingUnlock(number, sampleStaffId)
  store.flow.recordBagCollected(id(number), sampleStaffId, sampleAt)
}

function acknowledgeAll() {
  for (;;) {
    const [next] = store.outbox.due(Number.MAX_SAFE_INTEGER, 1)
    if (next === undefined) return
    store.outbox.markSending(next.key)
    store.outbox.acknowledge(next.key, '{"receipt":1}', sampleAt)
  }
}

/** Every byte of the database's files. */
function onDisk(): string {
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name)).toString('latin1'))
    .join('\n')
}

it('forgets what the province has and nobody needs, and nothing of it lies on in the file', () => {
  store.pages.keepDraftPage(samplePage(1))
  collected(1, { pages: [samplePage(1).contentHash] })
  acknowledgeAll()
  expect(onDisk()).toContain(mark)
  expect(store.forget.forgetOld(all, 10)).toMatchObject({ dossiers: 1 })
  expect(store.flow.dossier(id(1))).toMatchObject({
    sealed: '',
    smsSealed: null,
    state: 'reconciled',
    facts: { applicantMasked: '', ownerMasked: '', procedureName: 'Thủ tục mẫu' },
  })
  expect(store.flow.isPersonOf(id(1), sampleSeal(1, 1).applicantIdHash ?? '')).toBe(false)
  expect(store.pages.namedPages().size).toBe(0)
  // Its number, its bag and what was told of it stay.
  expect(store.flow.isBagUsed('BAG-1')).toBe(true)
  expect(store.queue.rows('done', 0, 9).map(({ lane }) => lane)).toContain(id(1))
  const [row] = store.queue.rows('done', 0, 9)
  expect(store.queue.message(row?.key ?? '')?.bodyHash).toMatch(/^[0-9a-f]{64}$/)
  expect(store.auditRows().at(-1)).toMatchObject({
    event: 'dossier.forgotten',
    details: { intakeId: id(1), why: 'age' },
  })
  store.close()
  store = openSampleStore(folder)
  expect(onDisk()).not.toContain(mark)
  expect(onDisk()).not.toContain(sampleSeal(1, 1).applicantIdHash)
})

it('keeps what the province has not confirmed, also what was only delivered by hand', () => {
  collected(1)
  expect(store.forget.forgetOld(all, 10)).toEqual({ dossiers: 0, messages: 0 })
  expect(store.forget.forgetDossier(id(1))).toBe('notOver')
  expect(store.flow.dossier(id(1))?.sealed).toBe(mark)
})

it('keeps what lies in the machine, and what it does not know about', () => {
  store.flow.sealDossier(sampleSeal(1, 1))
  store.flow.recordDepositUnlock(id(1))
  store.flow.depositDossier(id(1), sampleAt)
  store.flow.sealDossier(sampleSeal(2, 2))
  store.flow.markDepositUnknown(id(2), 'BUS_SILENT', sampleAt)
  acknowledgeAll()
  expect(store.forget.forgetOld(all, 10)).toMatchObject({ dossiers: 0 })
})

it('counts its days by what became of it', () => {
  const none = { over: early, withoutResult: early, abandoned: early, sent: early }
  collected(1)
  collected(2)
  store.flow.sealDossier(sampleSeal(3, 3))
  store.flow.abandonDossier(id(3), 'nothing', 'empty')
  store.feed.apply('results', 1, sampleResult('R1', { intakeId: id(1) }))
  store.flow.assignResult('R1', 11, sampleStaffId)
  store.flow.stockResult('R1', sampleRight('G1'), stockedDraft('R1', 'G1', 11), sampleAt)
  acknowledgeAll()
  expect(store.forget.forgetOld({ ...none, over: late }, 10)).toMatchObject({ dossiers: 0 })
  store.flow.beginOpening('G1', sampleAt)
  store.flow.recordOpened('G1', sampleAt)
  store.flow.recordTaken('G1', sampleAt, 'empty')
  acknowledgeAll()
  expect(store.forget.forgetOld(none, 10)).toEqual({ dossiers: 0, messages: 0 })
  const forgotten = (number: number) => store.flow.dossier(id(number))?.sealed === ''
  store.forget.forgetOld({ ...none, over: late }, 10)
  expect([1, 2, 3].map(forgotten)).toEqual([true, false, false])
  store.forget.forgetOld({ ...none, abandoned: late }, 10)
  expect([1, 2, 3].map(forgotten)).toEqual([true, false, true])
  store.forget.forgetOld({ ...none, withoutResult: late }, 10)
  expect([1, 2, 3].map(forgotten)).toEqual([true, true, true])
  // The code that was sealed for the citizen's phone goes by the age of its receipt.
  expect(onDisk()).toContain('bm90aWNl')
  expect(store.forget.forgetOld({ ...none, sent: late }, 10).messages).toBeGreaterThan(0)
})

it('lets pages go by the age of the receipt, and keeps what is still to be sent', () => {
  for (const number of [1, 2]) store.pages.keepDraftPage(samplePage(number))
  const pageOf = (number: number) => samplePage(number).contentHash
  store.flow.sealDossier({ ...sampleSeal(1, 1), pages: [pageOf(1)] })
  store.flow.recordDepositUnlock(id(1))
  store.flow.depositDossier(id(1), sampleAt)
  acknowledgeAll()
  collected(2, { pages: [pageOf(2)] })
  const none = { over: early, withoutResult: early, abandoned: early, sent: early }
  store.forget.forgetOld(none, 10)
  expect([...store.pages.namedPages()].sort()).toEqual([pageOf(1), pageOf(2)].sort())
  store.forget.forgetOld({ ...none, sent: late }, 10)
  // Its dossier still lies in the machine, and is known.
  expect([...store.pages.namedPages()]).toEqual([pageOf(2)])
  expect(store.flow.dossier(id(1))?.sealed).not.toBe('')
})

it('does a few at a time', () => {
  collected(1)
  collected(2)
  acknowledgeAll()
  expect(store.forget.forgetOld(all, 1)).toMatchObject({ dossiers: 1 })
  expect(store.forget.forgetOld(all, 1)).toMatchObject({ dossiers: 1 })
  expect(store.forget.forgetOld(all, 1)).toMatchObject({ dossiers: 0 })
})
