import type { FeedItem } from '../../contract/province/feed.ts'
import type { MessageBody, MessageKind } from '../../contract/province/message.ts'
import type { Language } from '../../contract/roles.ts'
import type { ResultContents } from '../../contract/words.ts'
import type { CompartmentState } from '../domain/compartment.ts'
import type { DossierState } from '../domain/dossier.ts'
import type { SlipFacts } from '../domain/slip-facts.ts'

/**
 * What the journeys need of the store. Each method is one transaction, durable when it returns
 * (WAL, synchronous=FULL). Each writes its own audit rows in the same transaction. A method whose
 * precondition does not hold throws `StoreConflict`: that is a bug, and bugs crash.
 */

/** A message for the province; key, sequence, epoch and bytes are made in the transaction that holds it. */
export type OutboxDraft = {
  [K in MessageKind]: { readonly kind: K; readonly lane: string; readonly body: MessageBody<K> }
}[MessageKind]

export interface CompartmentRow {
  readonly number: number
  readonly state: CompartmentState
  readonly intakeId: string | null
  readonly resultId: string | null
  /** Reason code when `suspect` or `unknown`. */
  readonly reason: string | null
}

export interface DossierRow {
  readonly intakeId: string
  readonly state: DossierState
  readonly bagCode: string
  readonly procedureCode: string
  readonly compartment: number | null
  readonly contentHash: string
  /** age ciphertext to the province, base64. */
  readonly sealed: string
  readonly phoneConfirmed: boolean
  readonly language: Language
  /** Whether an unlock for this deposit may have reached the wire. Committed before the pulse. */
  readonly unlockSent: boolean
  readonly depositedAt: string | null
  readonly clockSynchronised: boolean
  /** Print attempts begun (committed before the first raster band). */
  readonly slipCopies: number
  readonly slipSeen: boolean
  /** Masked and public facts for printing the slip again. No full name, no number. */
  readonly facts: SlipFacts
  /** age ciphertext of the SMS that is sent when the slip cannot be printed; null without a phone. */
  readonly smsSealed: string | null
}

export interface SealInput {
  readonly intakeId: string
  readonly bagCode: string
  readonly procedureCode: string
  readonly compartment: number
  readonly contentHash: string
  readonly sealed: string
  readonly smsSealed: string | null
  readonly phoneConfirmed: boolean
  /** The person wanted everything in reach: their result goes behind a door in reach. */
  readonly lowDoor: boolean
  readonly language: Language
  readonly facts: SlipFacts
  /** Keyed hashes (HMAC) by which a card proves to be the applicant's or owner's later. */
  readonly applicantIdHash: string | null
  readonly ownerIdHash: string | null
  /** Keyed hash of the secret chosen by an applicant without a phone. */
  readonly secretHash: string | null
  /** Content hashes of the scanned pages, in the citizen's order. */
  readonly pages: readonly string[]
  readonly at: string
  readonly clockSynchronised: boolean
}

export interface DossierStore {
  /** Burns and returns the next number of this epoch; a gap is fine, a repeat is not. */
  allocateIntakeNumber(): { readonly epoch: number; readonly number: number }
  isBagUsed(bagCode: string): boolean
  /** draft → sealed; the compartment `empty → reserved`; the bag code is taken. */
  sealDossier(input: SealInput): void
  /** Before every pulse for this deposit. */
  recordDepositUnlock(intakeId: string): void
  /** The door never opened and nothing lies inside: reserve another compartment instead; the old one `suspect`. */
  moveDossier(intakeId: string, compartment: number, reason: string): void
  /** sealed → deposited, compartment → `occupied`, outbox `dossierDeposited`: one transaction. */
  depositDossier(intakeId: string, at: string): void
  /** Before the first band: counts a copy and returns its number (1 = first). */
  recordSlipBegun(intakeId: string): number
  /** The printer proved it: deposited → slipped, outbox `slipPrinted`. */
  recordSlipSeen(intakeId: string, copy: number, at: string): void
  /** Queues the SMS (once a dossier) because no slip was seen. */
  queueSlipSms(intakeId: string): boolean
  /** Nothing is inside, observed or never unlocked: → abandoned, compartment → `empty` or `suspect`, bag code free again. */
  abandonDossier(intakeId: string, reason: string, compartmentTo: 'empty' | 'suspect'): void
  /** Nobody saw: → unknown, compartment → `unknown`, outbox `dispute` with the sealed content. */
  markDepositUnknown(intakeId: string, reason: string, at: string): void
  dossier(intakeId: string): DossierRow | undefined
  dossierByBag(bagCode: string): DossierRow | undefined
  /** sealed, or deposited without a seen slip: what a restart has to settle. */
  unfinishedDossiers(): readonly DossierRow[]
  /** Officer took the bag out: → collected, compartment → `empty`, outbox `compartmentEmptied`. */
  recordBagCollected(
    intakeId: string,
    staffId: string,
    at: string,
    how?: { readonly unreadable: boolean },
  ): void
  /** Officer found no bag: → disputed, compartment → `empty`, outbox `bagMissing`. */
  recordBagMissing(intakeId: string, staffId: string, at: string): void
  /** Something lay there that nobody expected; `bagCode` as it was read: outbox `bagSurplus`. */
  recordSurplus(found: {
    readonly bagCode: string
    readonly compartment: number
    readonly staffId: string
    readonly at: string
  }): void
  /** Whether a card's keyed hash is the applicant's or the owner's of that dossier. */
  isPersonOf(intakeId: string, idHash: string): boolean
  isSecretOf(intakeId: string, secretHash: string): boolean
  /** Keyed hash of its applicant's ID number; undefined where there is none. */
  personOf(intakeId: string): string | undefined
}

/** Who did it, and who stood beside where that is asked for. */
export interface StaffOnRecord {
  readonly staffId: string
  readonly secondStaffId?: string
}

export interface CompartmentStore {
  compartments(): readonly CompartmentRow[]
  compartment(number: number): CompartmentRow
  /** empty/stocked/… → suspect or unknown, or out of use; keeps its contents' references. */
  markCompartment(number: number, state: 'suspect' | 'unknown', reason: string): void
  /** An officer opens a drop compartment to empty it: `occupied → emptying`; before the pulse. */
  recordEmptyingUnlock(number: number, staffId: string): void
  /** Somebody looks into a compartment of which nothing is known: `empty`, `suspect` or `unknown` → `emptying`. */
  recordLookUnlock(number: number, staffId: string): void
  /**
   * Somebody opens a compartment at rest that no work-list names, whatever it holds, with a second person
   * beside: → `emptying`; before the pulse.
   */
  recordWitnessedUnlock(number: number, by: Required<StaffOnRecord>, reason?: string): void
  /** Shut and seen empty: nothing lies inside and nothing is expected; it serves again. */
  releaseCompartment(number: number, staffId: string): void
  /** An officer opens a result compartment to take back what nobody may collect any more: → `emptying`. */
  recordReturnUnlock(number: number, staffId: string): void
  /** Door closed again with nothing settled: `emptying` → what it was. */
  cancelEmptying(number: number): void
}

export interface ResultRow {
  readonly resultId: string
  readonly dossierCode: string
  readonly intakeId: string | null
  readonly procedureCode: string
  readonly assurance: FeedItem<'results'>['assurance']
  readonly phoneConfirmed: boolean
  readonly size: 'small' | 'large'
  readonly what: ResultContents
  readonly keepDays: number
  readonly state: 'announced' | 'assigned' | 'stocked' | 'taken' | 'expired' | 'withdrawn'
  readonly compartment: number | null
}

export interface RightRow {
  readonly rightId: string
  readonly resultId: string
  readonly compartment: number
  readonly state: 'valid' | 'consumed' | 'expired' | 'revoked' | 'locked'
  /** Wall clock, for people; whether the right has ended is `isOver`. */
  readonly expiresAt: string
  /** Its time is over by the machine's running time, whatever the wall clock says. */
  readonly isOver: boolean
  readonly wrongTries: number
}

export interface NewRight {
  readonly rightId: string
  /** HMAC-SHA256 hex under the rights key. The digits themselves are never stored. */
  readonly codeHash: string
  readonly qrHash: string
  /** Wall clock, for people. */
  readonly expiresAt: string
  /** Milliseconds of running time from now: what counts. */
  readonly validMs: number
}

export interface ResultStore {
  /** Announced by the province and not yet in a compartment, or in one of which nobody knows. */
  resultsToStock(): readonly ResultRow[]
  result(resultId: string): ResultRow | undefined
  resultByDossierCode(dossierCode: string): ResultRow | undefined
  /** Doors behind which results of the same applicant or owner wait. */
  compartmentsOfSamePerson(resultId: string): readonly number[]
  /** Its dossier was handed in by somebody who wanted everything in reach. */
  wantsLowDoor(resultId: string): boolean
  resultByIntakeId(intakeId: string): ResultRow | undefined
  /** announced → assigned, compartment `empty → assigned`; before the officer's pulse. */
  assignResult(resultId: string, compartment: number, staffId: string): void
  /** Door closed and nothing inside: back to announced and `empty` (or `suspect`). */
  unassignResult(resultId: string, compartmentTo: 'empty' | 'suspect', reason: string): void
  /** Item sensed, door closed: assigned → stocked, right stored, outbox `resultStocked`: one transaction. */
  stockResult(resultId: string, right: NewRight, draft: OutboxDraft, at: string): void
  /**
   * An officer ends the stay of a result by hand (expired, revoked, or nobody saw): its envelope was still
   * inside and goes back to the office for a reason (→ withdrawn, outbox `resultReturned`: its owner is told),
   * or it had gone (→ taken, outbox `resultTaken`).
   */
  withdrawResult(
    resultId: string,
    by: StaffOnRecord,
    found: MessageBody<'resultReturned'>['reason'] | 'gone',
    at: string,
  ): void
}

export interface RightStore {
  rightById(rightId: string): RightRow | undefined
  rightByQrHash(qrHash: string): RightRow | undefined
  rightByCodeHash(codeHash: string): RightRow | undefined
  rightOfResult(resultId: string): RightRow | undefined
  /**
   * Counts a try in each scope before anything is compared, and says whether the try may go on. Scopes such
   * as `kiosk`, `right:<id>`, `intake:<id>`. `limit` tries within `windowMs` of kiosk running time.
   */
  beginTry(
    scopes: readonly {
      readonly scope: string
      readonly limit: number
      readonly windowMs: number
    }[],
  ): boolean
  /** What `beginTry` would answer; counts nothing. */
  mayTry(scopes: Parameters<RightStore['beginTry']>[0]): boolean
  /** The try was right: these scopes start again from zero. */
  clearTries(scopes: readonly string[]): void
  /** The try just begun was right: it alone counts no more in these scopes; what others tried stays. */
  takeBackTry(scopes: readonly string[]): void
  /** stocked → opening; before every pulse. Each opening is a new record. */
  beginOpening(rightId: string, at: string): void
  /** The switch was seen open: opening → opened. */
  recordOpened(rightId: string, at: string): void
  /** Item gone and door closed (or left open): consumed, compartment → `empty` or `suspect`, outbox `resultTaken`. */
  recordTaken(rightId: string, at: string, compartmentTo: 'empty' | 'suspect'): void
  /** Door closed with the item inside: back to stocked, the right stands. */
  recordNotTaken(rightId: string): void
  /** Nobody saw: compartment → `unknown`, right → locked, outbox `fault`. An officer settles it. */
  markCollectionUnknown(rightId: string, reason: string, at: string): void
  /** opening or opened: what a restart has to settle. */
  unfinishedOpenings(): readonly RightRow[]
  /** Ends what has run out by running time; `now` is what the message says. */
  expireRights(now: string): readonly RightRow[]
}

export interface StaffGrantRow {
  readonly staffId: string
  readonly displayName: string
  readonly role: 'officer' | 'operator' | 'technician'
  readonly badgeHash: string
  readonly pinHash: string
  readonly notBefore: string
  readonly notAfter: string
}

export interface StaffStore {
  staffByBadgeHash(badgeHash: string): StaffGrantRow | undefined
}

/** Append-only record of what is no state change of a row: staff signed in, door forced, sensor lost. */
export interface AuditPort {
  record(event: string, details: Readonly<Record<string, string | number | boolean | null>>): void
}

export interface Journal {
  /** Appends the sealed message of a deposit on the second path and fsyncs it. */
  append(entry: {
    readonly intakeId: string
    readonly at: string
    readonly sealed: string
    readonly contentHash: string
    readonly bagCode: string
    readonly compartment: number
    readonly procedureCode: string
  }): Promise<void>
  has(intakeId: string): boolean
}

export interface FlowStore
  extends DossierStore,
    CompartmentStore,
    ResultStore,
    RightStore,
    StaffStore {
  readonly audit: AuditPort
}
