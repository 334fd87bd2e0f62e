import { randomUUID } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import type { DeviceReport } from '../../contract/diagnosis.ts'
import type { ReasonCode } from '../../contract/faults.ts'
import type { AuditSigner } from '../audit/signed-head.ts'
import type { Journal } from '../flows/store-port.ts'
import type { BackupTime } from '../store/backup/expire-backups.ts'
import { listBackups } from '../store/backup/list-backups.ts'
import type { OpenJournal } from '../store/journal.ts'
import { migrations } from '../store/migrations/migrations.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { checkAccess } from '../store/restore/check-access.ts'
import { keepInEpochBook, readEpochBook } from '../store/restore/epoch-book.ts'
import { type Damage, examineDatabase } from '../store/restore/examine-database.ts'
import type { Restoration } from '../store/restore/restoration.ts'
import { restoreDatabase } from '../store/restore/restore-database.ts'
import { openStoreMark, type StoreMark } from '../store/restore/store-mark.ts'
import { StoreFault } from '../store/store-fault.ts'
import type { StoreTap } from '../store/store-tap.ts'
import { backupFolders, backupLimits } from './compose-backups.ts'
import type { KioskConfig } from './config/kiosk-config.ts'
import { storeOptions } from './config/store-options.ts'
import type { Logger } from './log.ts'
import type { LogWatch } from './process/log-watch.ts'

export interface KioskStoreParts {
  readonly config: KioskConfig
  readonly journal: OpenJournal
  readonly runningMs: () => number
  readonly time: BackupTime
  readonly auditSigner?: AuditSigner
  readonly tap: StoreTap | undefined
  readonly log: Logger
}

export type OpenedKioskStore =
  | {
      readonly ok: true
      readonly store: Store
      /** Keeps with each deposit its exact message. */
      readonly journal: Journal
      readonly mark: StoreMark
      readonly restored: boolean
    }
  | { readonly ok: false; readonly code: string; readonly message: string }

/**
 * The database as this machine wrote it last; where it is damaged, missing or an older one, the newest good backup
 * with what the second path knows. What must not be used is refused in a sentence; what the disk does is a crash.
 */
export async function openKioskStore(parts: KioskStoreParts): Promise<OpenedKioskStore> {
  const { config, journal } = parts
  const { journalFolder } = config
  const mark = openStoreMark(journalFolder)
  try {
    const restoration = await restoreIfDamaged(parts, mark)
    const store = openStore({
      ...storeOptions(config),
      clock: { now: () => new Date(), runningMs: parts.runningMs },
      newKey: uuidv7,
      // The journal and the book first: a database that was lost must not give out its numbers again.
      firstEpoch: restoration?.epochs.at(-1)?.epoch ?? nextEpoch(parts, 0),
      newInstance: () => restoration?.epochs.at(-1)?.instance ?? randomUUID(),
      backups: {
        secondFolder: config.backupFolder,
        time: parts.time,
        limits: backupLimits(config),
      },
      mark,
      restoration,
      auditSigner: parts.auditSigner,
      tap: parts.tap,
    })
    await keepInEpochBook(journalFolder, store.restoration.epochs())
    return {
      ok: true,
      store,
      mark,
      restored: restoration !== undefined,
      journal: {
        has: journal.has,
        append: (entry) =>
          journal.append({ ...entry, ...store.restoration.depositMessage(entry.intakeId) }),
      },
    }
  } catch (error) {
    mark.close()
    const { code, message } = refusal(error)
    return { ok: false, code, message }
  }
}

async function restoreIfDamaged(
  parts: KioskStoreParts,
  mark: StoreMark,
): Promise<Restoration | undefined> {
  const { config, journal, log } = parts
  const { dataFolder, journalFolder, kioskId } = config
  const damage = databaseDamage(parts, mark)
  if (damage === undefined) return undefined
  const at = new Date()
  const schemas = migrations.map(({ version }) => version)
  const { setAside, source, unusable } = restoreDatabase({
    ...{ dataFolder, backupFolders: backupFolders(config), kioskId, damage, at, schemas },
  })
  const epoch = nextEpoch(parts, source?.facts.epoch ?? 0)
  // On record before it is used: a crash in between burns a number, it never repeats one.
  await keepInEpochBook(journalFolder, [
    { epoch, instance: randomUUID(), startedAt: at.toISOString() },
  ])
  log.error(
    { damage, setAside, source: source?.name ?? null, unusable, epoch },
    'database restored',
  )
  return {
    ...{ damage, setAside, mark: mark.found },
    source: source?.name ?? null,
    sourceSequence: source?.facts.auditHead.sequence ?? 0,
    journal: await journal.entries(),
    epochs: readEpochBook(journalFolder),
  }
}

/** What is wrong with the database, as far as mark and journal tell; looks and changes nothing. */
export function databaseDamage(
  { config, journal }: Pick<KioskStoreParts, 'config' | 'journal'>,
  mark: StoreMark,
): Damage | undefined {
  return examineDatabase(config.dataFolder, {
    kioskId: config.kioskId,
    mark: mark.found,
    newestDeposit: journal.newest?.intakeId,
    ranBefore:
      config.firstEpoch > 1 ||
      mark.found !== undefined ||
      journal.newest !== undefined ||
      readEpochBook(config.journalFolder).length > 0 ||
      backupFolders(config).some((folder) => listBackups(folder).length > 0),
  })
}

function nextEpoch({ config, journal }: KioskStoreParts, inSource: number): number {
  const booked = readEpochBook(config.journalFolder).map(({ epoch }) => epoch)
  const highest = Math.max(inSource, journal.highestEpoch, ...booked)
  return Math.max(config.firstEpoch, highest + 1)
}

/** Before anything is written: @returns why the folders cannot be used, if they cannot */
export function tryAccess(
  folders: readonly string[],
): { readonly code: string; readonly message: string } | undefined {
  try {
    for (const folder of folders) checkAccess(folder)
    return undefined
  } catch (error) {
    return refusal(error)
  }
}

function refusal(error: unknown): StoreFault {
  if (error instanceof StoreFault && error.code.startsWith('REFUSED_')) return error
  throw error
}

/** For technicians: a database that was restored waits until every compartment has been settled. */
export function databaseReport(store: Store, databaseLog: LogWatch): DeviceReport {
  const unsettled = store.restoration.unsettled().length
  const reasons: ReasonCode[] = []
  if (unsettled > 0) reasons.push('STORE_RESTORED')
  if (databaseLog.isLong()) reasons.push('DATABASE_LOG_LONG')
  return {
    id: 'database',
    state: reasons.length === 0 ? 'online' : 'needsAttendant',
    reasons,
    identity: {},
    counters: {
      ...{ epoch: store.epoch.epoch().epoch, unsettled },
      logMegabytes: databaseLog.megabytes(),
    },
    lastTest: null,
  }
}
