import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyAudit } from '../audit/verify-audit.ts'
import { defaultBackupLimits } from '../store/backup/expire-backups.ts'
import { makeBackup } from '../store/backup/make-backup.ts'
import { databaseFileName } from '../store/connection.ts'
import { type OpenJournal, openJournal } from '../store/journal.ts'
import { backupFolderOf } from '../store/migrate.ts'
import { migrations } from '../store/migrations/migrations.ts'
import type { Store } from '../store/open-store.ts'
import { checkAccess } from '../store/restore/check-access.ts'
import { damagedFolderOf } from '../store/restore/set-aside.ts'
import { dumpDatabase } from '../store/testing/dump-database.ts'
import {
  sampleAt,
  sampleIntakeId,
  sampleSeal,
  sampleStaffId,
  stockSample,
} from '../store/testing/sample.ts'
import type { KioskConfig } from './config/kiosk-config.ts'
import { type OpenedKioskStore, openKioskStore, tryAccess } from './open-kiosk-store.ts'
import { pruneJournal } from './prune-journal.ts'

type Opened = Extract<OpenedKioskStore, { ok: true }> & {
  readonly wholeJournal: OpenJournal
  close(): Promise<void>
}

let root: string
/** Where the machine lies; a killed one is a copy of a running one's files. */
let at: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'restore-'))
  at = join(root, 'machine')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const data = () => join(at, 'data')
const database = (folder = data()) => join(folder, databaseFileName)
const log = () => `${database()}-wal`
const second = () => join(at, 'second')

async function start(
  more: { kioskId?: string; firstEpoch?: number; tap?: () => void } = {},
): Promise<Opened> {
  const config = {
    kioskId: more.kioskId ?? 'K07',
    firstEpoch: more.firstEpoch ?? 1,
    dataFolder: data(),
    journalFolder: join(at, 'journal'),
    backupFolder: second(),
    compartments: [
      ...[1, 2, 3, 4].map((number) => ({ number, kind: 'drop' as const })),
      ...[11, 12, 13].map((number) => ({ number, kind: 'result' as const })),
    ],
    bags: { capacity: 9, lowAt: 1 },
    paper: { rollMm: 1_000, lowAtMm: 10 },
    retention: { backupDays: 7 },
    limits: { backupMegabytes: 100 },
  } as unknown as KioskConfig
  const journal = await openJournal({ folder: config.journalFolder, now: () => new Date(sampleAt) })
  const opened = await openKioskStore({
    config,
    journal,
    runningMs: () => 5_000,
    time: { runningMs: 5_000, knownWallMs: undefined },
    tap: more.tap,
    log: pino({ level: 'silent' }),
  })
  if (!opened.ok) throw Object.assign(new Error(opened.message), { code: opened.code })
  return {
    ...opened,
    wholeJournal: journal,
    async close() {
      opened.store.close()
      opened.mark.close()
      await journal.close()
    },
  }
}

function backUp(runningMs = 1_000): void {
  makeBackup({
    database: database(),
    folder: backupFolderOf(data()),
    secondFolder: second(),
    reason: 'hourly',
    at: new Date(sampleAt),
    time: { runningMs, knownWallMs: undefined },
    limits: defaultBackupLimits,
    schemas: migrations.map(({ version }) => version),
  })
}

async function deposit({ store, journal }: Opened, number: number, compartment: number) {
  const seal = sampleSeal(number, compartment)
  store.flow.sealDossier(seal)
  store.flow.recordDepositUnlock(seal.intakeId)
  store.flow.depositDossier(seal.intakeId, sampleAt)
  const { intakeId, sealed, contentHash, bagCode, procedureCode } = seal
  await journal.append({
    ...{ intakeId, sealed, contentHash, bagCode, procedureCode, compartment },
    at: sampleAt,
  })
  store.flow.recordSlipBegun(intakeId)
  store.flow.recordSlipSeen(intakeId, 1, sampleAt)
}

/** A bag and two results before the backup; afterwards a bag, and one result is taken. */
async function liveUntilKilled(): Promise<ReturnType<typeof dumpDatabase>> {
  const running = await start()
  const { store } = running
  await deposit(running, 1, 1)
  stockSample(store, 'kept', 11)
  const taken = stockSample(store, 'taken', 12)
  backUp()
  copyFileSync(log(), join(root, 'log-before'))
  await deposit(running, 2, 2)
  store.flow.beginOpening(taken, sampleAt)
  store.flow.recordOpened(taken, sampleAt)
  store.flow.recordTaken(taken, sampleAt, 'empty')
  // As SIGKILL leaves it, with the log that nobody has written back.
  const killed = join(root, 'killed')
  cpSync(at, killed, { recursive: true })
  await running.close()
  at = killed
  const apart = join(root, 'apart')
  cpSync(data(), apart, { recursive: true })
  return dumpDatabase(apart)
}

const deposits = (dump: ReturnType<typeof dumpDatabase>) =>
  (dump.outbox as { kind: string; key: string; payload: string }[])
    .filter(({ kind }) => kind === 'dossierDeposited')
    .map(({ key, payload }) => ({ key, payload }))

function expectRestored(store: Store, before: ReturnType<typeof dumpDatabase>): void {
  const dump = dumpDatabase(data())
  // The same keys with the same bytes: the province holds each of them once.
  expect(deposits(dump)).toEqual(deposits(before))
  expect(store.epoch.epoch()).toMatchObject({ epoch: 2, registered: false })
  expect(verifyAudit(store.auditRows()).ok).toBe(true)
  expect(store.flow.compartment(2)).toMatchObject({
    state: 'unknown',
    reason: 'STORE_RESTORED',
    intakeId: sampleIntakeId(2),
  })
  expect(store.flow.rightOfResult('taken')?.state).not.toBe('valid')
  expect(dump.restoration).toHaveLength(1)
}

const damages: readonly (readonly [string, string, () => void | Promise<void>])[] = [
  ['its header', 'DAMAGED', () => overwrite(0, 100)],
  ['zeros for its header', 'DAMAGED', () => overwrite(0, 100, 0)],
  ['pages in its middle', 'DAMAGED', () => overwrite(3 * 4_096, 12 * 4_096)],
  ['its end cut off', 'DAMAGED', () => cutOff(5 * 4_096)],
  ['nothing left in it', 'MISSING', () => truncateSync(database(), 0)],
  ['no file', 'MISSING', () => rmSync(database())],
  ['no files at all', 'MISSING', () => rmSync(data(), { recursive: true })],
  ['its log lost', 'OLDER', () => rmSync(`${database()}-wal`)],
  ['its log damaged', 'OLDER', () => flip(log())],
  ['zeros for the header of its log', 'OLDER', () => zeroHeader(log())],
  ['its own log of an hour ago', 'OLDER', () => copyFileSync(join(root, 'log-before'), log())],
  ['an older file in its place', 'OLDER', () => putBackupInPlace()],
]

function checkpoint(): void {
  // Opened and closed by a program of its own: all is in one file.
  dumpDatabase(data())
}
function overwrite(from: number, to: number, byte = 0xa5): void {
  checkpoint()
  const bytes = readFileSync(database())
  bytes.fill(byte, from, Math.min(to, bytes.length))
  writeFileSync(database(), bytes)
}
function cutOff(bytes: number): void {
  checkpoint()
  truncateSync(database(), bytes)
}
/** @param at from the start, or before the end; in the middle unless told */
function flip(path: string, at?: number): void {
  const bytes = readFileSync(path)
  const place = at === undefined ? Math.floor(bytes.length / 2) : bytes.length + at
  bytes[place] = (bytes[place] ?? 0) ^ 0x10
  writeFileSync(path, bytes)
}
function truncateAndFill(path: string, byte: number): void {
  writeFileSync(path, readFileSync(path).fill(byte))
}
function zeroHeader(path: string): void {
  writeFileSync(path, readFileSync(path).fill(0, 0, 32))
}
/** Whole by its own sums, and of other pages than those of the file beside it. */
async function putOtherLogInPlace(): Promise<void> {
  const mine = at
  at = join(root, 'other')
  await (await start({ kioskId: 'K08' })).close()
  const other = await start({ kioskId: 'K08' })
  stockSample(other.store, 'theirs', 13)
  copyFileSync(log(), join(root, 'other-log'))
  await other.close()
  at = mine
  checkpoint()
  copyFileSync(join(root, 'other-log'), log())
}
function putBackupInPlace(): void {
  const [name = ''] = readdirSync(second())
  for (const suffix of ['-wal', '-shm']) rmSync(`${database()}${suffix}`, { force: true })
  copyFileSync(join(second(), name), database())
}
const asideFolders = () =>
  existsSync(damagedFolderOf(data())) ? readdirSync(damagedFolderOf(data())) : []

describe('a database with', () => {
  it.each(damages)('%s is %s: set aside, and all of it is back', async (_, damage, bring) => {
    const before = await liveUntilKilled()
    await bring()
    const found = existsSync(database()) ? readFileSync(database()) : undefined
    const wasThere = existsSync(database()) || existsSync(`${database()}-wal`)
    const again = await start()
    expect(again.restored).toBe(true)
    expectRestored(again.store, before)
    if (found !== undefined) {
      const [name = ''] = asideFolders()
      expect(name).toContain(damage.toLowerCase())
      const aside = join(damagedFolderOf(data()), name, databaseFileName)
      if (damage === 'DAMAGED') expect(readFileSync(aside).equals(found)).toBe(true)
      expect(existsSync(aside)).toBe(true)
    }
    await again.close()

    const third = await start()
    expect(third.restored).toBe(false)
    expect(asideFolders().length).toBe(wasThere ? 1 : 0)
    await third.close()
  })

  it.each([
    ['one bit of its last commit turned over', () => flip(log(), -2_000)],
    [
      'its log cut off within its last frame',
      () => truncateSync(log(), statSync(log()).size - 999),
    ],
  ])('%s loses that commit alone, and an officer looks where it was', async (_, bring) => {
    const before = await liveUntilKilled()
    bring()
    const { store, restored, close } = await start()
    expect(restored).toBe(true)
    expect(deposits(dumpDatabase(data()))).toEqual(deposits(before))
    expect([2, 11, 12].map((number) => store.flow.compartment(number).state)).toEqual([
      ...['occupied', 'stocked', 'unknown'],
    ])
    expect(store.flow.rightOfResult('taken')?.state).not.toBe('valid')
    expect(store.flow.rightOfResult('kept')?.state).toBe('valid')
    await close()
  })

  it.each([
    ['nothing wrong', () => {}],
    ['no index of its log', () => rmSync(`${database()}-shm`)],
    ['zeros for the index of its log', () => truncateAndFill(`${database()}-shm`, 0)],
    ['another index of its log', () => truncateAndFill(`${database()}-shm`, 0xa5)],
  ])('%s is taken as it is, log and all', async (_, bring) => {
    const before = await liveUntilKilled()
    bring()
    const again = await start()
    expect(again.restored).toBe(false)
    expect(dumpDatabase(data())).toEqual(before)
    await again.close()
  })
})

describe('after a restore', () => {
  it('what was not used since the backup is as it was; the rest waits for a sensor or a person', async () => {
    await liveUntilKilled()
    overwrite(0, 100)
    const { store, close } = await start()
    const states = store.flow.compartments().map(({ number, state }) => [number, state])
    expect(states).toEqual([
      [1, 'occupied'],
      [2, 'unknown'],
      [3, 'empty'],
      [4, 'empty'],
      [11, 'stocked'],
      [12, 'unknown'],
      [13, 'empty'],
    ])
    expect(store.flow.rightOfResult('kept')?.state).toBe('valid')
    expect(store.restoration.unsettled()).toEqual([
      { number: 2, kind: 'drop' },
      { number: 12, kind: 'result' },
    ])
    // Something is on record behind both: no sensor settles them.
    expect([store.restoration.agreeEmpty(2), store.restoration.agreeEmpty(12)]).toEqual([
      false,
      false,
    ])
    store.flow.recordEmptyingUnlock(2, sampleStaffId)
    store.flow.recordBagCollected(sampleIntakeId(2), sampleStaffId, sampleAt)
    store.flow.withdrawResult('taken', { staffId: sampleStaffId }, 'gone', sampleAt)
    expect(store.restoration.unsettled()).toEqual([])
    await close()
  })

  it('without a mark nobody knows what was used since, and nothing is trusted', async () => {
    const before = await liveUntilKilled()
    overwrite(0, 100)
    rmSync(join(at, 'journal', 'store-mark'))
    const { store, close } = await start()
    expectRestored(store, before)
    const states = new Set(store.flow.compartments().map(({ state }) => state))
    expect([...states]).toEqual(['unknown'])
    expect(store.flow.rightOfResult('kept')?.state).toBe('locked')
    expect(store.restoration.agreeEmpty(3)).toBe(true)
    expect(store.flow.compartment(3).state).toBe('empty')
    await close()
  })

  it('a deposit that was sealed at the backup and deposited since has all that was sealed', async () => {
    const running = await start()
    running.store.flow.sealDossier(sampleSeal(1, 1))
    backUp()
    running.store.flow.recordDepositUnlock(sampleIntakeId(1))
    running.store.flow.depositDossier(sampleIntakeId(1), sampleAt)
    const { intakeId, sealed, contentHash, bagCode, procedureCode, compartment } = sampleSeal(1, 1)
    await running.journal.append({
      ...{ intakeId, sealed, contentHash, bagCode, procedureCode, compartment },
      at: sampleAt,
    })
    await running.close()
    overwrite(0, 100)
    const { store, close } = await start()
    expect(store.flow.dossier(intakeId)).toMatchObject({
      state: 'deposited',
      facts: sampleSeal(1, 1).facts,
    })
    await close()
  })

  it('a deposit of which only the backup knows that it was begun goes to an officer', async () => {
    const running = await start()
    running.store.flow.sealDossier(sampleSeal(1, 1))
    backUp()
    running.store.flow.recordDepositUnlock(sampleIntakeId(1))
    await running.close()
    overwrite(0, 100)
    const { store, close } = await start()
    expect(store.flow.dossier(sampleIntakeId(1))?.state).toBe('unknown')
    const kinds = (dumpDatabase(data()).outbox as { kind: string }[]).map(({ kind }) => kind)
    expect(kinds).toContain('dispute')
    await close()
  })

  it('of two bags in one compartment since the backup the first has been taken out', async () => {
    const running = await start()
    backUp()
    await deposit(running, 1, 1)
    running.store.flow.recordEmptyingUnlock(1, sampleStaffId)
    running.store.flow.recordBagCollected(sampleIntakeId(1), sampleStaffId, sampleAt)
    await deposit(running, 2, 1)
    await running.close()
    overwrite(0, 100)
    const { store, close } = await start()
    expect(store.flow.dossier(sampleIntakeId(1))?.state).toBe('collected')
    expect(store.flow.dossier(sampleIntakeId(2))?.state).toBe('unknown')
    expect(store.flow.compartment(1).intakeId).toBe(sampleIntakeId(2))
    expect(store.flow.isBagUsed('BAG-1')).toBe(true)
    await close()
  })
})

describe('when', () => {
  it('the first path is lost with its backups, the second has both backup and journal', async () => {
    const before = await liveUntilKilled()
    rmSync(data(), { recursive: true })
    const again = await start()
    expectRestored(again.store, before)
    expect(again.store.flow.compartment(1).state).toBe('occupied')
    await again.close()
  })

  it('the newest backup is damaged too, the one before it serves', async () => {
    const running = await start()
    await deposit(running, 1, 1)
    backUp(1_000)
    await deposit(running, 2, 2)
    backUp(2_000)
    await running.close()
    for (const folder of [second(), backupFolderOf(data())]) {
      const newest = readdirSync(folder).find((name) => name.includes('-2000-')) ?? ''
      flip(join(folder, newest))
      truncateSync(join(folder, newest), 3 * 4_096)
    }
    overwrite(0, 100)
    const { store, close } = await start()
    const [row] = dumpDatabase(data()).restoration as { source: string }[]
    expect(row?.source).toContain('-1000-')
    expect(store.flow.dossier(sampleIntakeId(2))?.state).toBe('unknown')
    await close()
  })

  it('the journal has forgotten what was over, the backup has that and the journal the rest', async () => {
    const running = await start()
    const { store, wholeJournal: journal } = running
    for (const number of [1, 2]) await deposit(running, number, number)
    store.flow.recordEmptyingUnlock(1, sampleStaffId)
    store.flow.recordBagCollected(sampleIntakeId(1), sampleStaffId, sampleAt)
    for (;;) {
      const [next] = store.outbox.due(Number.MAX_SAFE_INTEGER, 1)
      if (next === undefined) break
      store.outbox.markSending(next.key)
      store.outbox.acknowledge(next.key, '{"receipt":1}', sampleAt)
    }
    backUp()
    await deposit(running, 3, 3)
    const backupFolders = [backupFolderOf(data()), second()]
    const sentBefore = '2027-01-01T00:00:00.000Z'
    expect(await pruneJournal({ journal, forget: store.forget, backupFolders, sentBefore })).toBe(1)
    await running.close()
    overwrite(0, 100)
    const again = await start()
    expect(again.restored).toBe(true)
    const stateOf = (number: number) => again.store.flow.dossier(sampleIntakeId(number))?.state
    expect([1, 2, 3].map(stateOf)).toEqual(['reconciled', 'slipped', 'unknown'])
    expect(again.journal.has(sampleIntakeId(1))).toBe(false)
    expect(again.store.outbox.counts()).toMatchObject({ acknowledged: 5 })
    expect(again.store.epoch.epoch().epoch).toBe(2)
    await again.close()
  })

  it('no backup is good, a new database begins above every epoch, with what the journal holds', async () => {
    const before = await liveUntilKilled()
    rmSync(data(), { recursive: true })
    rmSync(second(), { recursive: true })
    const { store, close } = await start()
    expect(deposits(dumpDatabase(data()))).toEqual(deposits(before))
    expect(store.epoch.epoch().epoch).toBe(2)
    expect(store.epoch.unregistered().map(({ epoch }) => epoch)).toEqual([1, 2])
    expect(store.flow.compartments().every(({ state }) => state === 'unknown')).toBe(true)
    await close()
  })

  it('nothing is left at all, it begins at the epoch of the configuration and trusts no compartment', async () => {
    await liveUntilKilled()
    rmSync(at, { recursive: true })
    const first = await start({ firstEpoch: 7 })
    expect(first.store.epoch.epoch().epoch).toBe(7)
    expect(first.store.flow.compartments().every(({ state }) => state === 'unknown')).toBe(true)
    expect(first.store.restoration.agreeEmpty(1)).toBe(true)
    first.store.flow.recordLookUnlock(2, sampleStaffId)
    first.store.flow.recordSurplus({
      ...{ bagCode: 'BAG-2', compartment: 2, staffId: sampleStaffId },
      at: sampleAt,
    })
    first.store.flow.releaseCompartment(2, sampleStaffId)
    await first.close()
    // The key may stay in the configuration: it is a least one.
    const again = await start({ firstEpoch: 7 })
    expect(again.restored).toBe(false)
    expect(again.store.epoch.epoch().epoch).toBe(7)
    expect(again.store.flow.compartment(2).state).toBe('empty')
    await again.close()
  })

  it('it is damaged a second time, no epoch and no number is given twice', async () => {
    const before = await liveUntilKilled()
    overwrite(0, 100)
    await (await start()).close()
    overwrite(0, 100)
    const { store, close } = await start()
    expect(store.epoch.epoch().epoch).toBe(3)
    expect(deposits(dumpDatabase(data()))).toEqual(deposits(before))
    expect(asideFolders()).toHaveLength(2)
    await close()
  })

  it.each(['before', 'after'])(
    'it is killed %s the restore is committed, the next start ends it',
    async (phase) => {
      const before = await liveUntilKilled()
      overwrite(0, 100)
      const killed = join(root, 'killed again')
      const first = await start({
        tap: ((event: { phase: string; effect: string }) => {
          if (event.effect !== 'commit:restoreStore' || event.phase !== phase) return
          cpSync(at, killed, { recursive: true })
        }) as () => void,
      })
      await first.close()
      at = killed
      const { store, restored, close } = await start()
      expect(restored).toBe(phase === 'before')
      expect(deposits(dumpDatabase(data()))).toEqual(deposits(before))
      expect(dumpDatabase(data()).restoration).toHaveLength(1)
      expect(store.epoch.epoch().epoch).toBe(phase === 'before' ? 3 : 2)
      await close()
    },
  )
})

describe('is refused, and nothing is restored:', () => {
  it("another kiosk's database", async () => {
    await (await start()).close()
    await expect(start({ kioskId: 'K08' })).rejects.toMatchObject({ code: 'REFUSED_OTHER_KIOSK' })
    expect(asideFolders()).toEqual([])
  })

  it("what another machine's log has made of it; without it, all is back", async () => {
    const before = await liveUntilKilled()
    await putOtherLogInPlace()
    await expect(start()).rejects.toMatchObject({ code: 'REFUSED_OTHER_KIOSK' })
    expect(asideFolders()).toEqual([])
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${database()}${suffix}`, { force: true })
    const again = await start()
    expectRestored(again.store, before)
    await again.close()
  })

  it('that of a newer program', async () => {
    const running = await start()
    await deposit(running, 1, 1)
    await running.close()
    const db = new Sqlite(database())
    db.pragma('user_version = 9990')
    db.close()
    const found = readFileSync(database())
    await expect(start()).rejects.toMatchObject({ code: 'REFUSED_NEWER_SCHEMA' })
    expect(asideFolders()).toEqual([])
    expect(readFileSync(database()).equals(found)).toBe(true)
  })

  it("somebody else's files", async () => {
    await (await start()).close()
    const stranger = (process.getuid?.() ?? 0) + 1
    expect(() => checkAccess(data(), stranger)).toThrow(
      expect.objectContaining({ code: 'REFUSED_OWNER', message: expect.stringContaining('chown') }),
    )
    expect(tryAccess([data()])).toBeUndefined()
  })
})
