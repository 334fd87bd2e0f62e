import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkRight, type Given } from '../flows/collection/check-right.ts'
import type { Store } from '../store/open-store.ts'
import {
  depositSample,
  openSampleStore,
  sampleAt,
  sampleResult,
  sampleRight,
  sampleStaffId,
  stockedDraft,
} from '../store/testing/sample.ts'

const limits = { triesPerRight: 3, triesPerPerson: 4, triesPerHour: 5 }
const goodCode = 'code of right-R1'

/** Somebody at the glass who wants to lock others out, with the machine's own store. */
describe('tries of others', () => {
  let folder: string
  let store: Store
  let intakeId: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'collection-tries-'))
    store = openSampleStore(folder)
    intakeId = depositSample(store, 1, 1)
    stock('R1', 11, 'code')
  })
  afterEach(async () => {
    store.close()
    await rm(folder, { recursive: true, force: true })
  })

  function stock(resultId: string, compartment: number, assurance: 'code' | 'codeAndProof') {
    const more = resultId === 'R1' ? { intakeId, assurance } : { assurance }
    const cursor = store.feed.cursor('results') + 1
    store.feed.apply('results', cursor, sampleResult(resultId, more))
    store.flow.assignResult(resultId, compartment, sampleStaffId)
    const rightId = `right-${resultId}`
    const draft = stockedDraft(resultId, rightId, compartment)
    store.flow.stockResult(resultId, sampleRight(rightId), draft, sampleAt)
  }

  /** Hashes are the texts themselves: what is counted is looked at here, not how it is hidden. */
  const secrets = {
    personHash: (idNumber: string) => idNumber.padEnd(64, '0'),
    rightHash: (text: string) => text,
    secretHash: (_intakeId: string, secret: string) => secret,
  } as Parameters<typeof checkRight>[1]['secrets']
  function check(given: Given): string {
    const answer = checkRight(given, { store: store.flow, secrets, limits })
    return answer.verdict === 'refused' ? answer.refusal : answer.verdict
  }
  function guessUntilShut(given: Given): void {
    for (let tries = 0; tries < 50; tries += 1) check({ ...given, code: `${10_000_000 + tries}` })
    expect(check({ ...given, code: '99999999' })).toBe('tooManyTries')
  }

  it('codes typed by a stranger do not shut out who holds a slip', () => {
    guessUntilShut({})
    expect(check({ code: goodCode })).toBe('tooManyTries')
    expect(check({ intakeId, slipShown: true, code: goodCode })).toBe('open')
  })

  it('a number typed by a stranger does not shut out who holds its slip', () => {
    guessUntilShut({ intakeId })
    expect(check({ intakeId, slipShown: true, code: goodCode })).toBe('open')
  })

  it('a made-up card of a stranger does not shut out who holds a slip', () => {
    guessUntilShut({ idNumber: 'a1' })
    expect(check({ intakeId, slipShown: true, code: goodCode })).toBe('open')
  })

  it('who holds a slip gets only so many guesses, and none more by typing its number', () => {
    guessUntilShut({ intakeId, slipShown: true })
    expect(check({ intakeId, slipShown: true, code: goodCode })).toBe('tooManyTries')
    guessUntilShut({ intakeId })
    expect(check({ intakeId, code: goodCode })).toBe('tooManyTries')
  })

  it('guesses at a number do not shut out who holds the one-time QR and has to prove it', () => {
    guessUntilShut({ intakeId })
    expect(check({ qr: 'qr of right-R1', intakeId, slipShown: true })).toBe('open')
  })

  it('good codes use nothing up, however many are collected within an hour', () => {
    for (let person = 0; person < 3 * limits.triesPerHour; person += 1) {
      expect(check({ code: goodCode })).toBe('open')
    }
    expect(check({ code: '10000000' })).toBe('codeNotValid')
  })

  it('a good code between two guesses gives a guesser nothing', () => {
    const said: string[] = []
    for (let tries = 0; tries < 2 * limits.triesPerHour; tries += 1) {
      said.push(check({ code: `${10_000_000 + tries}` }))
      check({ code: goodCode })
    }
    expect(said.filter((answer) => answer === 'codeNotValid')).toHaveLength(limits.triesPerHour)
  })

  it('whose slip belongs to a code is guessed only so often', () => {
    stock('R2', 12, 'codeAndProof')
    const code = 'code of right-R2'
    const said = [1, 2, 3, 4, 5].map((number) => check({ code, idNumber: `${number}` }))
    expect(said).toEqual(['notYours', 'notYours', 'notYours', 'tooManyTries', 'tooManyTries'])
  })
})
