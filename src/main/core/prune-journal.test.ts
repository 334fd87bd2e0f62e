import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { defaultBackupLimits } from '../store/backup/expire-backups.ts'
import { makeBackup } from '../store/backup/make-backup.ts'
import { databaseFileName } from '../store/connection.ts'
import { type OpenJournal, openJournal } from '../store/journal.ts'
import { migrations } from '../store/migrations/migrations.ts'
import type { Store } from '../store/open-store.ts'
import {
  depositSample,
  openSampleStore,
  sampleAt,
  sampleIntakeId,
  sampleJournalEntry,
  sampleStaffId,
} from '../store/testing/sample.ts'
import { pruneJournal } from './prune-journal.ts'

let root: string
let store: Store
let journal: OpenJournal
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'prune-journal-'))
  store = openSampleStore(join(root, 'data'))
  journal = await openJournal({ folder: join(root, 'journal'), now: () => new Date(sampleAt) })
})
afterEach(async () => {
  await journal.close()
  store.close()
  rmSync(root, { recursive: true, force: true })
})

const later = '2026-04-02T00:00:00.000Z'
const own = () => join(root, 'backups')
const second = () => join(root, 'second')
const prune = (sentBefore = later) =>
  pruneJournal({ journal, forget: store.forget, backupFolders: [own(), second()], sentBefore })
const left = () => journal.intakeIds()

async function deposited(number: number) {
  depositSample(store, number, number)
  await journal.append(sampleJournalEntry(number))
}
function carriedAway(number: number) {
  store.flow.recordEmptyingUnlock(number, sampleStaffId)
  store.flow.recordBagCollected(sampleIntakeId(number), sampleStaffId, sampleAt)
}
function acknowledgeAll() {
  for (;;) {
    const [next] = store.outbox.due(Number.MAX_SAFE_INTEGER, 1)
    if (next === undefined) return
    store.outbox.markSending(next.key)
    store.outbox.acknowledge(next.key, '{"receipt":1}', sampleAt)
  }
}
function backUp(folder: string, runningMs: number) {
  makeBackup({
    database: join(root, 'data', databaseFileName),
    folder,
    secondFolder: undefined,
    reason: 'hourly',
    at: new Date(sampleAt),
    time: { runningMs, knownWallMs: undefined },
    limits: defaultBackupLimits,
    schemas: migrations.map(({ version }) => version),
  })
}

it('forgets what is over, and says so in the audit before it goes', async () => {
  await deposited(1)
  carriedAway(1)
  acknowledgeAll()
  expect(await prune()).toBe(1)
  expect(left()).toEqual([])
  expect(store.auditRows().at(-1)).toMatchObject({
    event: 'journal.forgotten',
    details: { intakeId: sampleIntakeId(1) },
  })
})

it('keeps what the province has not signed for, and what went by hand', async () => {
  for (const number of [1, 2]) {
    await deposited(number)
    carriedAway(number)
  }
  const by = { officialCode: 'CODE-1', staffId: sampleStaffId, secondStaffId: 'staff-0002' }
  for (;;) {
    const [next] = store.outbox.due(Number.MAX_SAFE_INTEGER, 1)
    if (next === undefined) break
    store.queue.parkByHand(next.key, 'provinceAsks', sampleStaffId)
    if (next.lane === sampleIntakeId(2)) store.queue.deliverByHand(next.key, by)
  }
  expect(store.flow.dossier(sampleIntakeId(2))?.state).toBe('reconciled')
  expect(await prune()).toBe(0)
  expect(left()).toEqual([1, 2].map(sampleIntakeId))
})

it('keeps a dossier of which only a part has a receipt', async () => {
  await deposited(1)
  acknowledgeAll()
  carriedAway(1)
  expect(await prune()).toBe(0)
  acknowledgeAll()
  expect(await prune()).toBe(1)
})

it('keeps what still lies in its compartment', async () => {
  await deposited(1)
  acknowledgeAll()
  expect(await prune()).toBe(0)
})

it('keeps what was signed for within the time', async () => {
  await deposited(1)
  carriedAway(1)
  acknowledgeAll()
  expect(await prune(sampleAt)).toBe(0)
})

it.each(['own', 'second'])('keeps what a backup on the %s path does not know', async (where) => {
  const folder = where === 'own' ? own() : second()
  backUp(folder, 1_000)
  await deposited(1)
  carriedAway(1)
  acknowledgeAll()
  backUp(folder, 2_000)
  expect(await prune()).toBe(0)
  expect(left()).toEqual([sampleIntakeId(1)])
  rmSync(folder, { recursive: true })
  backUp(folder, 2_000)
  expect(await prune()).toBe(1)
})

it('takes nothing while a backup cannot be read', async () => {
  await deposited(1)
  carriedAway(1)
  acknowledgeAll()
  backUp(own(), 1_000)
  writeFileSync(join(own(), 'backup-hourly-500-20260302T080000000Z.sqlite'), 'not one')
  expect(await prune()).toBe(0)
})
