import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { keepAliveMark } from '../../../src/main/core/process/alive-mark.ts'
import { openChoicesMark } from '../../../src/main/core/process/choices-mark.ts'
import { openScreenMark } from '../../../src/main/core/process/screen-mark.ts'
import { pruneJournal } from '../../../src/main/core/prune-journal.ts'
import { openDeviceNote } from '../../../src/main/core/suspected-device.ts'
import { createPageShelf } from '../../../src/main/pages/page-shelf.ts'
import { makeBackup } from '../../../src/main/store/backup/make-backup.ts'
import { databaseFileName } from '../../../src/main/store/connection.ts'
import type { OpenJournal } from '../../../src/main/store/journal.ts'
import { backupFolderOf } from '../../../src/main/store/migrate.ts'
import { migrations } from '../../../src/main/store/migrations/migrations.ts'
import type { Store } from '../../../src/main/store/open-store.ts'
import type { Chance } from '../random/chance.ts'
import { diskFolders, type WorldEvent } from './world-event.ts'

type Tell = (event: WorldEvent) => void

/** Sealed pages as the scan desk keeps them: the file, then the row, and only then the tile on the screen. */
export async function keepPages(
  folder: string,
  { pages }: Store,
  chance: Chance,
  tell: Tell,
): Promise<readonly string[]> {
  const shelf = createPageShelf(diskFolders(folder).pages)
  const kept: string[] = []
  for (let count = chance.between(0, 3); count > 0; count -= 1) {
    const ciphertext = Buffer.alloc(chance.between(300, 9_000), String(chance.next()))
    const contentHash = createHash('sha256').update(ciphertext).digest('hex')
    await shelf.put(contentHash, ciphertext)
    pages.keepDraftPage({ contentHash, captureHash: contentHash, personHash: null })
    tell({ event: 'pageKept', contentHash })
    if (chance.happens(0.3)) {
      tell({ event: 'pageTakenBack', contentHash })
      pages.dropDraftPages([contentHash])
      await shelf.removeAllBut(pages.namedPages())
    } else kept.push(contentHash)
  }
  return kept
}

export async function sendPages(folder: string, hashes: readonly string[], tell: Tell) {
  const shelf = createPageShelf(diskFolders(folder).pages)
  for (const contentHash of hashes) {
    await shelf.putReceipt(contentHash, JSON.stringify({ contentHash }))
    tell({ event: 'pageReceipt', contentHash })
  }
}

/** Few fit under the cap: each one made takes an older one away. */
export function backUp(folder: string, runningMs: number, tell: Tell): void {
  const { data, secondBackups } = diskFolders(folder)
  const { secondPathFailed } = makeBackup({
    database: join(data, databaseFileName),
    folder: backupFolderOf(data),
    secondFolder: secondBackups,
    reason: 'hourly',
    at: new Date(runningMs),
    time: { runningMs, knownWallMs: undefined },
    limits: { lifeMs: 7 * 86_400_000, capBytes: 900_000 },
    schemas: migrations.map(({ version }) => version),
  })
  if (secondPathFailed !== null) throw new Error(`second path: ${secondPathFailed}`)
  tell({ event: 'backup', runningMs })
}

/** As if the time of all receipts had passed. */
export async function prune(folder: string, store: Store, journal: OpenJournal, tell: Tell) {
  const { data, secondBackups } = diskFolders(folder)
  await pruneJournal({
    journal,
    backupFolders: [backupFolderOf(data), secondBackups],
    sentBefore: '9999-01-01T00:00:00.000Z',
    forget: {
      journalOver: store.forget.journalOver,
      recordJournalForgotten(intakeIds) {
        store.forget.recordJournalForgotten(intakeIds)
        for (const intakeId of intakeIds) tell({ event: 'pruned', intakeId })
      },
    },
  })
}

/** What outlives a process only, written as core writes it: after a power cut it may be anything. */
export function openMarks(folder: string) {
  const { data } = diskFolders(folder)
  const alive = keepAliveMark(join(data, 'alive'))
  const screen = openScreenMark(join(data, 'on-screen'))
  const choices = openChoicesMark(join(data, 'choices'), true)
  const device = openDeviceNote(data, undefined)
  const frame = device.around(undefined)
  return {
    serve(intakeId: string) {
      screen.note(intakeId)
      choices.note({
        language: 'km',
        display: { largeText: true, highContrast: true, reach: false },
      })
      frame({ phase: 'before', direction: 'write', device: 'locker', message: 'unlock' })
      frame({ phase: 'after', direction: 'write', device: 'locker', message: 'unlock' })
    },
    leave() {
      screen.clear()
      choices.clear()
    },
    close() {
      alive.stop()
      device.close()
    },
  }
}
