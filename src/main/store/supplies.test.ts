import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Store } from './open-store.ts'
import { queuedMessages } from './testing/queued-messages.ts'
import { openSampleStore, sampleIntakeId, sampleSeal, sampleStaffId } from './testing/sample.ts'

let folder: string
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supplies-'))
  store = openSampleStore(folder, {
    supplies: { bags: { capacity: 3, lowAt: 1 }, paper: { capacity: 1_000, lowAt: 300 } },
  })
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const left = () =>
  Object.fromEntries(store.supplies.supplies().map((one) => [one.supply, one.left]))
const told = () =>
  queuedMessages(folder)
    .flatMap(({ body }) => ('device' in body ? [body] : []))
    .map(({ device, reason, state }) => [device, reason, state])

it('counts nothing until somebody has filled it up', () => {
  store.flow.sealDossier(sampleSeal(1, 1))
  store.supplies.usePaper(250)
  expect(left()).toEqual({ bags: null, paper: null })
  expect(told()).toEqual([])
})

it('counts each bag once, tells at the limit and at the end, and again when it is filled up', () => {
  store.supplies.fillSupply('bags', sampleStaffId)
  store.flow.sealDossier(sampleSeal(1, 1))
  // It comes back with its bag: no other bag has left the stock.
  store.flow.abandonDossier(sampleIntakeId(1), 'nothing', 'empty')
  store.flow.sealDossier({ ...sampleSeal(2, 1), bagCode: sampleSeal(1, 1).bagCode })
  expect(left()).toMatchObject({ bags: 2 })
  expect(told()).toEqual([])
  store.flow.sealDossier(sampleSeal(3, 2))
  store.flow.sealDossier(sampleSeal(4, 3))
  // More bags than were counted: the stock was not filled to the full.
  store.flow.sealDossier(sampleSeal(5, 4))
  expect(left()).toMatchObject({ bags: 0 })
  store.supplies.fillSupply('bags', sampleStaffId)
  store.supplies.fillSupply('bags', sampleStaffId)
  expect(left()).toMatchObject({ bags: 3 })
  expect(told()).toEqual([
    ['bags', 'BAGS_LOW', 'needsAttendant'],
    ['bags', 'NO_BAGS', 'needsAttendant'],
    ['bags', 'NO_BAGS', 'online'],
  ])
})

it('keeps what is left over a restart', () => {
  store.supplies.fillSupply('paper', sampleStaffId)
  store.supplies.usePaper(250.4)
  store.close()
  store = openSampleStore(folder)
  expect(left()).toMatchObject({ paper: 749 })
})
