import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { databaseFileName } from '../connection.ts'
import { backupFolderOf } from '../migrate.ts'
import { migrations } from '../migrations/migrations.ts'
import { dumpDatabase } from '../testing/dump-database.ts'
import { depositSample, openSampleStore, sampleAt, sampleSeal } from '../testing/sample.ts'
import { backUpInThread } from './back-up-in-thread.ts'
import { backupName, parseBackupName } from './backup-name.ts'
import { createBackupSchedule } from './backup-schedule.ts'
import { expireBackups } from './expire-backups.ts'
import { listBackups } from './list-backups.ts'
import { type BackupRequest, makeBackup } from './make-backup.ts'
import { readBackup } from './read-backup.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const schemas = migrations.map(({ version }) => version)
const limits = { lifeMs: 7 * dayMs, capBytes: 1e9 }

let folder: string
let second: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'backup-'))
  second = join(folder, 'second')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const backups = () => backupFolderOf(folder)
const request = (more: Partial<BackupRequest> = {}): BackupRequest => ({
  database: join(folder, databaseFileName),
  folder: backups(),
  secondFolder: undefined,
  reason: 'hourly',
  at: new Date(sampleAt),
  time: { runningMs: 5 * dayMs, knownWallMs: undefined },
  limits,
  schemas,
  ...more,
})

describe('one backup', () => {
  it('holds what the database holds while it is written to, for its owner only, on both paths', async () => {
    const store = openSampleStore(folder)
    depositSample(store, 1, 1)
    const answer = await backUpInThread(request({ secondFolder: second }))
    if (!answer.ok) throw new Error(answer.code)
    const { name, facts, secondPathFailed } = answer.made
    expect(secondPathFailed).toBeNull()
    expect(facts).toMatchObject({ kioskId: 'K07', epoch: 1, lastSequence: 1 })
    expect(facts.auditHead).toEqual(store.auditHead())
    expect(statSync(join(backups(), name)).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(second, name))).toEqual(readFileSync(join(backups(), name)))
    expect(readdirSync(backups())).toEqual([name])

    const asDatabase = join(folder, 'restored')
    mkdirSync(asDatabase)
    writeFileSync(join(asDatabase, databaseFileName), readFileSync(join(backups(), name)))
    expect(dumpDatabase(asDatabase)).toEqual(dumpDatabase(folder))
    store.close()
  })

  it('keeps nothing of what was deleted', async () => {
    const store = openSampleStore(folder)
    const marker = 'bWFya2Vy'.repeat(40)
    store.flow.sealDossier({ ...sampleSeal(1, 1), sealed: marker })
    store.flow.abandonDossier(sampleSeal(1, 1).intakeId, 'test', 'empty')
    const before = makeBackup(request())
    expect(readFileSync(join(backups(), before.name)).includes(marker)).toBe(true)
    const { db } = await raw()
    db.prepare("UPDATE dossier SET sealed = ''").run()
    db.close()
    const after = makeBackup(request({ time: { runningMs: 6 * dayMs, knownWallMs: undefined } }))
    expect(readFileSync(join(backups(), after.name)).includes(marker)).toBe(false)
    store.close()
  })

  it.each([
    [
      'a hole in the audit chain',
      'DROP TRIGGER audit_never_shrinks; DELETE FROM audit WHERE sequence = 2',
    ],
    [
      'an audit row that was changed',
      "DROP TRIGGER audit_never_changes; UPDATE audit SET event = 'x' WHERE sequence = 2",
    ],
    ['a message beyond the counted ones', 'UPDATE kiosk SET last_sequence = 0'],
    ['no epoch', 'PRAGMA foreign_keys = OFF; DELETE FROM outbox; DELETE FROM epoch'],
    ['rows that point nowhere', 'PRAGMA foreign_keys = OFF; UPDATE outbox SET epoch = 9'],
  ])('is none with %s, and what was there stays', async (_, sql) => {
    const store = openSampleStore(folder)
    depositSample(store, 1, 1)
    store.close()
    const good = makeBackup(request())
    const { db } = await raw()
    db.exec(sql)
    db.close()
    expect(() => makeBackup(request({ at: new Date(Date.parse(sampleAt) + 1) }))).toThrow(
      expect.objectContaining({ code: 'CORRUPT' }),
    )
    expect(readdirSync(backups())).toEqual([good.name])
  })

  it('without its second path is there on the first, and says so', () => {
    openSampleStore(folder).close()
    writeFileSync(second, 'a file where the folder should be')
    const { name, secondPathFailed } = makeBackup(request({ secondFolder: second }))
    expect(secondPathFailed).toMatch(/EEXIST|ENOTDIR/)
    expect(readBackup(join(backups(), name), schemas).kioskId).toBe('K07')
  })

  it('of a database that is not there fails without making one', async () => {
    expect(await backUpInThread(request())).toEqual({ ok: false, code: 'DISK_ERROR' })
    expect(readdirSync(folder)).toEqual(['backups'])
  })

  async function raw() {
    const { default: Sqlite } = await import('better-sqlite3')
    return { db: new Sqlite(join(folder, databaseFileName)) }
  }
})

describe('what is kept', () => {
  const wall = Date.parse(sampleAt)
  const put = (runningMs: number, bytes = 10, reason: 'hourly' | 'before-migration' = 'hourly') => {
    mkdirSync(backups(), { recursive: true })
    const name = backupName(reason, runningMs, new Date(wall + runningMs))
    writeFileSync(join(backups(), name), Buffer.alloc(bytes))
    return name
  }
  const keptMs = () => listBackups(backups()).map(({ runningMs }) => runningMs)

  it('is every hour of the last day and one of each day before, at most seven days old', () => {
    for (let hour = 0; hour <= 10 * 24; hour += 1) put(hour * hourMs)
    const nowMs = 10 * dayMs
    expireBackups(backups(), limits, { runningMs: nowMs, knownWallMs: undefined })
    const ages = keptMs().map((ms) => (nowMs - ms) / hourMs)
    expect(ages.slice(0, 24)).toEqual(Array.from({ length: 24 }, (_, hour) => hour))
    expect(ages.slice(24)).toEqual([24, 48, 72, 96, 120, 144])
  })

  it('is nothing after seven days of running time, whatever the wall clock says', () => {
    put(1_000)
    expireBackups(backups(), limits, {
      runningMs: 1_000 + 7 * dayMs,
      knownWallMs: wall - 50 * dayMs,
    })
    expect(keptMs()).toEqual([])
  })

  it('is nothing after seven days by a wall clock that is vouched for, also when the machine was off', () => {
    put(1_000)
    const knownWallMs = wall + 1_000 + 7 * dayMs
    expireBackups(backups(), limits, { runningMs: 2_000, knownWallMs })
    expect(keptMs()).toEqual([])
  })

  it('stays when a running time was lost and begins anew', () => {
    put(5 * dayMs)
    expireBackups(backups(), limits, { runningMs: 0, knownWallMs: undefined })
    expect(keptMs()).toEqual([5 * dayMs])
  })

  it('is no more than the cap, the newest in any case', () => {
    for (const hour of [1, 2, 3]) put(hour * hourMs, 400)
    const time = { runningMs: 3 * hourMs, knownWallMs: undefined }
    expireBackups(backups(), { ...limits, capBytes: 900 }, time)
    expect(keptMs()).toEqual([3 * hourMs, 2 * hourMs])
    expireBackups(backups(), { ...limits, capBytes: 10 }, time)
    expect(keptMs()).toEqual([3 * hourMs])
  })

  it('is not what a crash left unfinished, nor what an older program made; other files are nobody’s', () => {
    const good = put(hourMs)
    for (const name of [`.unfinished-${good}`, 'before-migration-of-40-x.sqlite', 'notes.txt']) {
      writeFileSync(join(backups(), name), 'x')
    }
    expireBackups(backups(), limits, { runningMs: hourMs, knownWallMs: undefined })
    expect(readdirSync(backups()).sort()).toEqual([good, 'notes.txt'].sort())
  })

  it('is found by name', () => {
    const name = backupName('before-migration', 12.4, new Date(sampleAt))
    expect(parseBackupName(name)).toEqual({
      name,
      reason: 'before-migration',
      runningMs: 12,
      at: new Date(sampleAt),
    })
    expect(parseBackupName('backup-hourly-1-20261399T000000000Z.sqlite')).toBeUndefined()
  })
})

describe('the schedule', () => {
  function bench(answers: readonly string[], fromMinute = 0, capBytes = 1e9) {
    let fire = () => {}
    let runningMs = 10 * dayMs + fromMinute * 60_000
    const made: number[] = []
    const told: (string | null)[] = []
    const capped: boolean[] = []
    const left = [...answers]
    const schedule = createBackupSchedule({
      dataFolder: folder,
      secondFolder: undefined,
      limits: { ...limits, capBytes },
      everyMs: hourMs,
      clock: {
        now: () => new Date(sampleAt),
        runningMs: () => runningMs,
        knownWallMs: () => undefined,
        setTimer(_, callback) {
          fire = callback
          return () => {
            fire = () => {}
          }
        },
      },
      async backUp(asked) {
        const next = left.shift() ?? 'good'
        return next === 'good' ? { ok: true, made: makeBackup(asked) } : { ok: false, code: next }
      },
      onMade: () => made.push(Math.round((runningMs - 10 * dayMs) / 60_000)),
      onChange: (failed) => told.push(failed),
      onCap: (isReached) => capped.push(isReached),
    })
    const minutes = async (count: number) => {
      for (let minute = 0; minute < count; minute += 1) {
        runningMs += 60_000
        fire()
        await new Promise(setImmediate)
      }
    }
    return { schedule, minutes, made, told, capped }
  }

  it('makes one a minute after the first start and then one an hour, over restarts too', async () => {
    openSampleStore(folder).close()
    const first = bench([])
    first.schedule.start()
    await first.minutes(130)
    expect(first.made).toEqual([1, 61, 121])
    first.schedule.stop()
    const again = bench([], 130)
    again.schedule.start()
    await again.minutes(80)
    expect(again.made).toEqual([181])
  })

  it('tells once that backups fail and once that they are good again, and tries six times an hour', async () => {
    openSampleStore(folder).close()
    const { schedule, minutes, made, told } = bench(['DISK_FULL', 'DISK_FULL'])
    schedule.start()
    await minutes(11)
    expect(schedule.report()).toMatchObject({ state: 'needsAttendant', reasons: ['BACKUP_FAILED'] })
    // The remedy of BACKUP_FAILED: mended, it goes on by itself.
    await minutes(20)
    expect([made, told]).toEqual([[21], ['DISK_FULL', null]])
    expect(schedule.report()).toMatchObject({ state: 'online', reasons: [], counters: { kept: 1 } })
  })

  it('tells once that older ones go before their time for want of room, and keeps the newest', async () => {
    openSampleStore(folder).close()
    const { schedule, minutes, made, capped } = bench([], 0, 1)
    schedule.start()
    await minutes(1)
    expect(schedule.report()).toMatchObject({ state: 'online', reasons: [] })
    await minutes(120)
    expect(made).toEqual([1, 61, 121])
    expect(capped).toEqual([true])
    expect(schedule.report()).toMatchObject({
      ...{ state: 'needsAttendant', reasons: ['CAP_REACHED'], counters: { kept: 1 } },
    })
  })
})
