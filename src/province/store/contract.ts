import type { Assurance, FeedItem, FeedKind, FeedRefusal } from '../../contract/province/feed.ts'
import type { Message, MessageBody, MessageKind } from '../../contract/province/message.ts'
import type { EpochRegistration } from '../../contract/province/receipt.ts'

/**
 * What the province keeps. Each method is one transaction and durable when its promise resolves; the promises
 * are there for stores across a network. Instants are ISO 8601 UTC. Expected refusals are values.
 */
export interface ProvinceStore {
  readonly kiosks: KioskStore
  readonly messages: MessageStore
  readonly dossiers: DossierStore
  readonly results: ResultStore
  readonly feed: FeedStore
  readonly staff: StaffStore
  readonly users: UserStore
  readonly sms: SmsStore
  readonly accessLog: AccessLogStore
  close(): Promise<void>
}

export interface Kiosk {
  readonly kioskId: string
  readonly unitCode: string
  readonly place: string
  readonly tokenHash: string
  readonly lastContactAt: string | null
}

export interface Epoch {
  readonly epoch: number
  readonly instance: string
  readonly slipKeyId: string
  readonly startedAt: string
  readonly registeredAt: string
}

export interface KioskStore {
  /** Adds the kiosk or brings its unit, place and token up to the configuration. */
  put(kiosk: Omit<Kiosk, 'lastContactAt'>): Promise<void>
  find(kioskId: string): Promise<Kiosk | undefined>
  findByTokenHash(tokenHash: string): Promise<Kiosk | undefined>
  list(): Promise<readonly Kiosk[]>
  touch(kioskId: string, at: string): Promise<void>
  /** `repeated`: another database instance, or another slip key, already has this epoch. */
  registerEpoch(
    kioskId: string,
    registration: EpochRegistration,
    at: string,
  ): Promise<'registered' | 'repeated'>
  epochs(kioskId: string): Promise<readonly Epoch[]>
}

export type ReceivedMessage = {
  [K in MessageKind]: Omit<Message, 'kind' | 'body'> & {
    readonly kind: K
    readonly body: MessageBody<K>
  }
}[MessageKind]

export interface IncomingMessage {
  readonly message: ReceivedMessage
  /** Exactly as received. */
  readonly bytes: Buffer
  readonly bodyHash: string
  readonly receivedAt: string
  /** The JSON text of the signed receipt, answered again byte by byte. */
  readonly receipt: string
}

export interface HeldMessage {
  readonly kioskId: string
  readonly bodyHash: string
  readonly receipt: string
}

export type ReceiveOutcome =
  | { readonly outcome: 'stored' }
  /** Somebody else stored this key first; compare and answer from it. */
  | { readonly outcome: 'keyHeld'; readonly held: HeldMessage }
  | { readonly outcome: 'dossierExists' }
  | { readonly outcome: 'epochUnknown' }

export interface StoredMessage {
  readonly key: string
  readonly kioskId: string
  readonly epoch: number
  readonly sequence: number
  readonly lane: string
  readonly kind: MessageKind
  readonly at: string
  readonly receivedAt: string
  readonly bodyHash: string
  readonly bytes: Buffer
}

/** A message whose sealed text has to become an SMS. */
export interface PendingNotice {
  readonly messageKey: string
  readonly kioskId: string
  readonly bytes: Buffer
}

export type NoticeFailure =
  | 'UNSEAL_FAILED'
  | 'INVALID_CONTENT'
  | 'UNKNOWN_RESULT'
  | 'RESULT_MISMATCH'
  | 'NO_PHONE'

export interface MessageStore {
  find(key: string): Promise<HeldMessage | undefined>
  /** Message, receipt and everything that follows from it, in one transaction. */
  receive(incoming: IncomingMessage): Promise<ReceiveOutcome>
  /** In order of arrival. */
  list(filter: {
    readonly kioskId?: string
    readonly lane?: string
    readonly kind?: MessageKind
    readonly limit: number
    readonly newestFirst?: boolean
  }): Promise<readonly StoredMessage[]>
  pendingNotices(): Promise<readonly PendingNotice[]>
  /** The notice's SMS and its end in one transaction: a crash neither loses nor doubles it. */
  settleNotice(
    messageKey: string,
    end: { readonly sms: NewSms } | { readonly failure: NoticeFailure; readonly at: string },
  ): Promise<void>
  failedNotices(): Promise<readonly FailedNotice[]>
}

export interface FailedNotice {
  readonly messageKey: string
  readonly kioskId: string
  readonly lane: string
  readonly failure: NoticeFailure
  readonly receivedAt: string
}

export interface Dossier {
  readonly intakeId: string
  readonly messageKey: string
  readonly kioskId: string
  readonly unitCode: string
  readonly bagCode: string
  /** How many dossiers carry this bag: more than one needs a person. */
  readonly bagUses: number
  readonly procedureCode: string
  readonly compartment: number
  readonly depositedAt: string
  readonly clockSynchronised: boolean
  readonly phoneConfirmed: boolean
  readonly contentHash: string
  readonly sealed: string
  readonly receivedAt: string
  readonly slipPrintedAt: string | null
  readonly collectedAt: string | null
  readonly bagMissingAt: string | null
  readonly disputedAt: string | null
  /** National status code, 1–10; above 1 only after acceptance. */
  readonly status: number
  readonly dossierCode: string | null
  readonly acceptedAt: string | null
  readonly acceptedBy: string | null
}

export type AcceptOutcome =
  | { readonly outcome: 'accepted' | 'alreadyAccepted'; readonly dossierCode: string }
  | { readonly outcome: 'unknownDossier' }

export interface DossierStore {
  /** Newest first. */
  list(page: { readonly offset: number; readonly limit: number }): Promise<readonly Dossier[]>
  count(): Promise<number>
  find(intakeId: string): Promise<Dossier | undefined>
  /** Gives the official code and tells the kiosk (status 2). */
  accept(acceptance: {
    readonly intakeId: string
    readonly user: string
    readonly at: string
    /** Local day of the counter, `yyyy-MM-dd`. */
    readonly day: string
    readonly codeOf: (unitCode: string, sequence: number) => string
  }): Promise<AcceptOutcome>
}

export const resultStates = ['announced', 'stocked', 'taken', 'expired', 'refused'] as const
export type ResultState = (typeof resultStates)[number]

export interface Result {
  readonly resultId: string
  readonly kioskId: string
  readonly intakeId: string | null
  readonly dossierCode: string
  readonly procedureCode: string
  readonly assurance: Assurance
  readonly phoneConfirmed: boolean
  readonly size: 'small' | 'large'
  readonly keepDays: number
  /** Sealed to the province itself; absent: the phone is in the dossier. */
  readonly sealedPhone: string | null
  readonly state: ResultState
  readonly rightId: string | null
  readonly lastDay: string | null
  readonly announcedAt: string
  readonly announcedBy: string
  readonly stockedAt: string | null
  readonly takenAt: string | null
}

export interface NewResult {
  readonly item: FeedItem<'results'>
  readonly kioskId: string
  readonly sealedPhone: string | null
  readonly user: string
  readonly at: string
}

export interface ResultStore {
  list(limit: number): Promise<readonly Result[]>
  find(resultId: string): Promise<Result | undefined>
  ofDossier(dossierCode: string): Promise<readonly Result[]>
  /** `active`: this dossier has a result on its way or in a compartment already. */
  announce(result: NewResult): Promise<'announced' | 'active' | 'unknownKiosk' | 'notAccepted'>
  /** The kiosk's right to hand out ends; the item stays in its compartment for an officer. */
  revokeRight(resultId: string, at: string): Promise<'revoked' | 'noRight'>
}

export interface FeedEntry {
  readonly cursor: number
  readonly item: unknown
}

export interface FeedStore {
  /** `kioskId` null: for every kiosk. Cursors of a kind grow in the order in which items become visible. */
  publish<K extends FeedKind>(
    kind: K,
    kioskId: string | null,
    item: FeedItem<K>,
    at: string,
  ): Promise<number>
  page(kioskId: string, kind: FeedKind, after: number, limit: number): Promise<readonly FeedEntry[]>
  refuse(
    kioskId: string,
    kind: FeedKind,
    refusal: FeedRefusal,
    at: string,
  ): Promise<'recorded' | 'unknownCursor'>
  refusals(): Promise<readonly StoredRefusal[]>
}

export interface StoredRefusal {
  readonly kioskId: string
  readonly kind: FeedKind
  readonly cursor: number
  readonly code: FeedRefusal['code']
  readonly at: string
}

export interface StaffGrant {
  readonly grantId: string
  readonly staffId: string
  readonly displayName: string
  readonly role: FeedItem<'staff'>['role']
  readonly notBefore: string
  readonly notAfter: string
  readonly issuedBy: string
  readonly revokedAt: string | null
  readonly revokedBy: string | null
}

export interface StaffStore {
  /** Puts the grant on every kiosk's feed and revokes an older live one of the same person. */
  issue(grant: FeedItem<'staff'>, user: string, at: string): Promise<void>
  revoke(
    grantId: string,
    user: string,
    at: string,
  ): Promise<'revoked' | 'alreadyRevoked' | 'unknown'>
  /** Newest first. */
  list(): Promise<readonly StaffGrant[]>
}

export interface User {
  readonly name: string
  readonly displayName: string
  readonly role: 'officer' | 'manager'
  readonly passwordHash: string
}

export interface UserStore {
  addIfMissing(user: User): Promise<void>
  find(name: string): Promise<User | undefined>
  /** Counts the try before anything is compared: a crash cannot give tries back. */
  beginTry(
    name: string,
    now: string,
    rule: { readonly maxTries: number; readonly lockedUntil: string },
  ): Promise<'allowed' | 'locked'>
  forgetTries(name: string): Promise<void>
}

export const smsPurposes = ['phoneCode', 'collection', 'notification'] as const
export type SmsPurpose = (typeof smsPurposes)[number]

export interface NewSms {
  readonly at: string
  readonly kioskId: string
  readonly purpose: SmsPurpose
  /** `SmsContent` as JSON, sealed to the province itself. */
  readonly sealed: string
}

export interface StoredSms extends NewSms {
  /** Counts up; never reused. */
  readonly id: number
}

export interface SmsStore {
  add(sms: NewSms): Promise<number>
  /** In order, those with a greater id. */
  after(id: number, limit: number): Promise<readonly StoredSms[]>
  newest(limit: number): Promise<readonly StoredSms[]>
}

export const accessActions = [
  'signIn',
  'signInFailed',
  'signInLocked',
  'signOut',
  'viewDossier',
  'acceptDossier',
  'sendResult',
  'revokeRight',
  'viewSms',
  'addStaff',
  'revokeStaff',
] as const
export type AccessAction = (typeof accessActions)[number]

/** Who did what to which dossier, result or grant, and when. Never personal data of citizens. */
export interface AccessEntry {
  readonly at: string
  readonly user: string
  readonly action: AccessAction
  readonly subject: string
}

export interface AccessLogStore {
  add(entry: AccessEntry): Promise<void>
  /** Newest first. */
  list(limit: number): Promise<readonly AccessEntry[]>
}
