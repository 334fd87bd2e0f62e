import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { backUpInThread } from '../../src/main/store/backup/back-up-in-thread.ts'
import { defaultBackupLimits } from '../../src/main/store/backup/expire-backups.ts'
import { databaseFileName } from '../../src/main/store/connection.ts'
import { fsyncFile } from '../../src/main/store/fsync-file.ts'
import { backupFolderOf } from '../../src/main/store/migrate.ts'
import { migrations } from '../../src/main/store/migrations/migrations.ts'
import type { Store } from '../../src/main/store/open-store.ts'
import { examineDatabase } from '../../src/main/store/restore/examine-database.ts'
import { restoreDatabase } from '../../src/main/store/restore/restore-database.ts'
import { openBenchStore } from './bench-store.ts'
import { atMost, ratioOf, round, rounded } from './figure.ts'
import type { Part } from './part.ts'
import { fillWithPast } from './past-dossiers.ts'
import { summary } from './series.ts'

const dossiers = 100_000
const backups = 5
const schemas = migrations.map(({ version }) => version)

/** Commits of core while its database of many dossiers is backed up beside it; then a start and a restore of it. */
export const measureBackup: Part = async ({ progress }) => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-backup-'))
  const path = join(folder, databaseFileName)
  openBenchStore(folder, 1).close()
  fillWithPast(path, dossiers)
  const store = openBenchStore(folder, 1)
  try {
    const quiet = Array.from({ length: 400 }, () => commitMs(store))
    const busy: number[] = []
    const took: number[] = []
    for (let count = 1; count <= backups; count += 1) {
      const beforeMs = performance.now()
      let running = true
      const backup = backUp(path, folder, count).finally(() => {
        running = false
      })
      while (running) {
        busy.push(commitMs(store))
        await new Promise(setImmediate)
      }
      await backup
      took.push(performance.now() - beforeMs)
      progress(`backup ${count} of ${backups}`)
    }
    store.close()
    const examineMs = timed(() => {
      const evidence = { kioskId: 'K07', mark: undefined, newestDeposit: undefined }
      return examineDatabase(folder, { ...evidence, ranBefore: true })
    })
    const rawCopyMs = timed(() => {
      copyFileSync(path, join(folder, 'copy'))
      fsyncFile(join(folder, 'copy'))
    })
    const restoreMs = timed(() =>
      restoreDatabase({
        ...{ dataFolder: folder, backupFolders: [backupFolderOf(folder)], kioskId: 'K07' },
        ...{ damage: 'DAMAGED', at: new Date(), schemas },
      }),
    )
    const measured = summary(busy)
    const raw = summary(quiet)
    return {
      what: `commit of one audit row while ${dossiers} dossiers are backed up in a thread`,
      unit: 'ms',
      measured: rounded(measured),
      raw: { what: 'the same commit with no backup running', ...rounded(raw) },
      ratio: ratioOf(measured, raw),
      aims: [
        atMost('p99 ≤ 15 ms while a backup runs', measured.p99, 15),
        atMost('restore ≤ 30 s', restoreMs / 1_000, 30),
      ],
      more: {
        backup: rounded(summary(took)),
        examineAtStartMs: round(examineMs),
        restoreMs: round(restoreMs),
        rawCopyMs: round(rawCopyMs),
      },
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function timed(work: () => unknown): number {
  const beforeMs = performance.now()
  work()
  return performance.now() - beforeMs
}

function commitMs(store: Store): number {
  return timed(() => store.flow.audit.record('bench.commit', {}))
}

async function backUp(database: string, folder: string, count: number): Promise<void> {
  const answer = await backUpInThread({
    ...{ database, folder: backupFolderOf(folder), secondFolder: undefined, reason: 'hourly' },
    at: new Date(),
    time: { runningMs: count * 1_000, knownWallMs: undefined },
    limits: defaultBackupLimits,
    schemas,
  })
  if (!answer.ok) throw new Error(answer.code)
}
