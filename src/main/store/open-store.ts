import type { AuditRow } from '../audit/audit-row.ts'
import type { AuditSigner } from '../audit/signed-head.ts'
import type { QueueStore } from '../flows/staff/queue-port.ts'
import type { FlowStore, OutboxDraft } from '../flows/store-port.ts'
import type { EpochStore, FeedStore, OutboxStore, SentStore } from '../sync/ports.ts'
import { auditRepository } from './audit-repository.ts'
import { defaultBackupLimits } from './backup/expire-backups.ts'
import { collectionRepository } from './collection-repository.ts'
import { compartmentRepository } from './compartment-repository.ts'
import { openConnection } from './connection.ts'
import { type DeviceTestRepository, deviceTestRepository } from './device-test-repository.ts'
import { dossierRows } from './dossier-rows.ts'
import { emptyingRepository } from './emptying-repository.ts'
import { type EpochRepository, epochRepository } from './epoch-repository.ts'
import { feedRepository } from './feed-repository.ts'
import { type ForgetRepository, forgetRepository } from './forget-repository.ts'
import { type ConfiguredCompartment, initialiseStore } from './initialise-store.ts'
import { intakeRepository } from './intake-repository.ts'
import { type MigrationBackup, migrate } from './migrate.ts'
import { migrations } from './migrations/migrations.ts'
import { outboxRepository } from './outbox-repository.ts'
import { outboxWriter } from './outbox-writer.ts'
import { type Overrides, overridesRepository } from './overrides-repository.ts'
import { type PageRepository, pageRepository } from './page-repository.ts'
import { queueRepository } from './queue-repository.ts'
import { type ReminderRepository, reminderRepository } from './reminder-repository.ts'
import { followMark, touchNamed } from './restore/follow-mark.ts'
import type { Restoration } from './restore/restoration.ts'
import {
  type RestorationRepository,
  restorationRepository,
} from './restore/restoration-repository.ts'
import { restoreRows } from './restore/restore-rows.ts'
import type { StoreMark } from './restore/store-mark.ts'
import { resultRepository } from './result-repository.ts'
import { rightRows } from './right-rows.ts'
import { sentRepository } from './sent-repository.ts'
import { slipRepository } from './slip-repository.ts'
import { staffRepository } from './staff-repository.ts'
import type { StoreClock, StoreContext } from './store-context.ts'
import type { StoreTap } from './store-tap.ts'
import { type SupplyLimits, type SupplyRepository, supplyRepository } from './supply-repository.ts'
import { transactions } from './transact.ts'
import { tryRepository } from './try-repository.ts'

export interface StoreOptions {
  /** Made if it does not exist, for its owner only. */
  readonly folder: string
  readonly kioskId: string
  readonly compartments: readonly ConfiguredCompartment[]
  /** How much of each supply there is when it is full, and when it is low. */
  readonly supplies: SupplyLimits
  readonly clock: StoreClock
  /** UUIDv7: idempotency keys of messages. */
  readonly newKey: () => string
  /** UUID: identity of a database and epoch. */
  readonly newInstance: () => string
  /** Epoch of a database that does not exist yet, above every one that this kiosk may have used. */
  readonly firstEpoch?: number
  /** Signs the audit chain at every start and every so many rows. */
  readonly auditSigner?: AuditSigner | undefined
  /** Of the backup before a migration. */
  readonly backups?: Partial<Omit<MigrationBackup, 'at'>>
  /** On the second path: follows every commit. */
  readonly mark?: StoreMark | undefined
  /** The file was put in the place of a damaged one. */
  readonly restoration?: Restoration | undefined
  readonly tap?: StoreTap | undefined
}

export interface Store {
  readonly flow: FlowStore
  readonly outbox: OutboxStore
  /** What the province has signed for. */
  readonly sent: SentStore
  /** The same in a person's hands. */
  readonly queue: QueueStore
  readonly epoch: EpochStore & Pick<EpochRepository, 'beginEpoch'>
  readonly feed: FeedStore
  readonly overrides: Overrides
  readonly pages: PageRepository
  readonly forget: ForgetRepository
  readonly deviceTests: DeviceTestRepository
  readonly reminders: ReminderRepository
  readonly restoration: RestorationRepository
  readonly supplies: Omit<SupplyRepository, 'takeBag'>
  /** A message that belongs to no step of a journey: fault, rating, audit head, surplus bag. */
  enqueue(draft: OutboxDraft): void
  auditRows(afterSequence?: number): readonly AuditRow[]
  auditHead(): { readonly sequence: number; readonly hash: string }
  auditHashAt(sequence: number): string | undefined
  /** Milliseconds of running time that are on record; a running clock is raised to them. */
  runningMs(): number
  close(): void
}

/**
 * Opens, checks and migrates the kiosk's database. Throws `StoreFault` when it must not be used. The caller
 * holds the lock of the data folder: there is one writing connection.
 */
export function openStore(options: StoreOptions): Store {
  const { clock, tap } = options
  const { db, path } = openConnection(options.folder)
  try {
    migrate(db, path, migrations, {
      at: clock.now(),
      time: { runningMs: clock.runningMs(), knownWallMs: undefined },
      limits: defaultBackupLimits,
      ...options.backups,
    })
    const { kioskId, mark, restoration, auditSigner: signer } = options
    const auditRecords = auditRepository(db, clock, signer && { kioskId, signer })
    const transact = transactions(db, tap, () => mark?.note(auditRecords.head()))
    const enqueue = outboxWriter(db, clock, options.newKey)
    const audit: StoreContext['audit'] = (event, details) => {
      const sequence = auditRecords.append(event, details)
      if (mark !== undefined) touchNamed(mark, sequence, details)
    }
    const context: StoreContext = { db, transact, clock, audit, enqueue }
    // What was lost stays on the mark until the restore is committed.
    if (mark !== undefined && restoration === undefined) followMark(mark, auditRecords)
    initialiseStore({ ...context, transact: transactions(db, tap) }, options)
    if (restoration !== undefined) {
      mark?.startAt(auditRecords.head().sequence)
      restoreRows(context, restoration)
    } else {
      mark?.note(auditRecords.head())
    }
    auditRecords.signHead()

    const epoch = epochRepository(context, options.newInstance)
    const tries = tryRepository(context)
    const rights = rightRows(context, tries.triesOf)
    const runningMs = db.prepare<[], number>('SELECT running_ms FROM kiosk').pluck()
    const outbox = outboxRepository(context)
    const supplies = supplyRepository(context, options.supplies)
    return {
      flow: {
        ...dossierRows(context),
        ...intakeRepository(context, supplies.takeBag),
        ...slipRepository(context),
        ...emptyingRepository(context),
        ...compartmentRepository(context),
        ...resultRepository(context),
        ...rights,
        ...collectionRepository(context, rights),
        ...staffRepository(context),
        allocateIntakeNumber: epoch.allocateIntakeNumber,
        beginTry: tries.beginTry,
        mayTry: tries.mayTry,
        clearTries: tries.clearTries,
        takeBackTry: tries.takeBackTry,
        audit: {
          record(event, details) {
            transact('commit:recordAudit', () => audit(event, details))
          },
        },
      },
      outbox,
      sent: sentRepository(context),
      queue: {
        ...queueRepository(context),
        counts: outbox.counts,
        oldestOpenAt: outbox.oldestOpenAt,
      },
      epoch,
      feed: feedRepository(context),
      overrides: overridesRepository(context),
      pages: pageRepository(context),
      forget: forgetRepository(context),
      deviceTests: deviceTestRepository(context),
      reminders: reminderRepository(context),
      restoration: restorationRepository(context),
      supplies,
      enqueue(draft) {
        transact('commit:enqueue', () => enqueue(draft))
      },
      auditRows: auditRecords.rows,
      auditHead: auditRecords.head,
      auditHashAt: auditRecords.hashAt,
      runningMs: () => runningMs.get() ?? 0,
      close: () => db.close(),
    }
  } catch (error) {
    db.close()
    throw error
  }
}
