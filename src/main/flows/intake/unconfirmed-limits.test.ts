import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../store/open-store.ts'
import { openSampleStore, type SampleClock, sampleClock } from '../../store/testing/sample.ts'
import { type Draft, emptyDraft } from './draft.ts'
import { createUnconfirmedLimits } from './unconfirmed-limits.ts'

const hourMs = 3_600_000
let folder: string
let clock: SampleClock
let store: Store

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unconfirmed-'))
  clock = sampleClock()
  store = openSampleStore(folder, { clock })
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const limits = (change = {}) =>
  createUnconfirmedLimits({
    store: store.flow,
    secrets: {
      personHash: (idNumber) => `a${idNumber}`.padEnd(64, '0'),
      phoneHash: (phone) => `b${phone}`.padEnd(64, '0'),
    },
    limits: {
      perPersonPerDay: 2,
      perPhonePerDay: 3,
      perHour: 5,
      compartmentsForConfirmed: 2,
      ...change,
    },
  })

function draft(id: number, phone: number | undefined, phoneConfirmed = false): Draft {
  return {
    ...emptyDraft,
    applicant: {
      kind: 'person',
      name: 'Nguyễn Văn Mẫu',
      idNumber: `00000000000${id}`,
      idKind: 'citizenId',
      birthDate: '',
      sex: '',
      address: '',
      source: 'typed',
    },
    phone: phone === undefined ? '' : `090000000${phone}`,
    phoneConfirmed,
  }
}
const taken = (drafts: readonly Draft[]) => drafts.map((one) => limits().count(one))

describe('intakes without a confirmed phone', () => {
  it('are so many of one person, whatever number and bag goes with it', () => {
    expect(taken([draft(1, 1), draft(1, 2), draft(1, 3), draft(1, undefined)])).toEqual([
      ...[true, true, false, false],
    ])
  })

  it('are so many with one number, whoever holds the card', () => {
    expect(taken([draft(1, 1), draft(2, 1), draft(3, 1), draft(4, 1)])).toEqual([
      ...[true, true, true, false],
    ])
  })

  it('are so many within an hour, whoever they are', () => {
    const many = [1, 2, 3, 4, 5, 6].map((id) => draft(id, id))
    expect(taken(many)).toEqual([true, true, true, true, true, false])
    clock.running += hourMs
    expect(taken([draft(7, 7)])).toEqual([true])
  })

  it('are not counted when refused, so that nobody locks a stranger out by knocking', () => {
    taken([draft(1, 1), draft(1, 1), draft(1, 1), draft(1, 1), draft(1, 1)])
    expect(taken([draft(2, 1)])).toEqual([true])
  })

  it('stay counted over a restart, and whatever the wall clock is set to', () => {
    taken([draft(1, 1), draft(1, 1)])
    store.close()
    store = openSampleStore(folder, { clock, newKey: () => '00000000-0000-7000-9000-000000000000' })
    for (const year of [2001, 2099]) {
      clock.nowMs = Date.UTC(year, 0, 1)
      expect(limits().mayGoOn(draft(1, 2))).toBe(false)
      expect(taken([draft(1, 2)])).toEqual([false])
    }
    clock.running = 0
    expect(taken([draft(1, 2)])).toEqual([false])
    clock.running = 25 * hourMs
    expect(limits().mayGoOn(draft(1, 2))).toBe(true)
    expect(taken([draft(1, 2)])).toEqual([true])
  })

  it('take nothing from those with a confirmed phone, and leave them the last compartments', () => {
    const refused = taken([1, 2, 3, 4, 5, 6].map((id) => draft(id, id)))
    expect(refused.at(-1)).toBe(false)
    const confirmed = draft(1, 1, true)
    expect(taken(Array(10).fill(confirmed))).toEqual(Array(10).fill(true))
    expect(limits().keptCompartments(confirmed)).toBe(0)
    expect(limits().keptCompartments(draft(1, 1))).toBe(2)
  })

  it('ask without counting', () => {
    for (let count = 0; count < 10; count += 1) expect(limits().mayGoOn(draft(1, 1))).toBe(true)
    expect(taken([draft(1, 1), draft(1, 1)])).toEqual([true, true])
  })

  it('leave nobody’s hash in the audit', () => {
    taken([draft(1, 1), draft(1, 1)])
    const rows = store.auditRows().filter(({ event }) => event === 'tries.limitReached')
    expect(rows.map(({ details }) => details)).toEqual([{ scope: 'unconfirmed:person' }])
  })
})
