import type { Assurance, FeedItem, FeedKind, FeedRefusal } from '../../contract/province/feed.ts'
import type { AuditPoint, Heartbeat } from '../../contract/province/heartbeat.ts'
import type { Message, MessageBody, MessageKind } from '../../contract/province/message.ts'
import type { ResultContents } from '../../contract/words.ts'

export interface Identity {
  readonly provinceId: string
  readonly keyId: string
  /** age X25519 recipient. */
  readonly ageRecipient: string
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
  /** Ed25519, base64url. */
  readonly slipPublicKey: string
  readonly startedAt: string
  readonly registeredAt: string
}

export type KnownEpoch = Pick<Epoch, 'instance' | 'slipKeyId' | 'slipPublicKey'>

export interface StoredHeartbeat {
  readonly kioskId: string
  readonly receivedAt: string
  readonly heartbeat: Heartbeat
}

export const alarmKinds = [
  'EPOCH_REPEATED', // another database has registered, or reports with, this epoch
  'AUDIT_CUT_OFF', // the chain is shorter than it was
  'AUDIT_REWRITTEN', // the chain has another row where one was seen
  'AUDIT_SIGNATURE_BAD', // the head is not signed with the epoch's key
] as const

export interface NewAlarm {
  readonly kind: (typeof alarmKinds)[number]
  readonly epoch: number
  /** Numbers of audit rows, where the alarm is about some. */
  readonly seen: number | null
  readonly told: number | null
}

export interface KioskAlarm extends NewAlarm {
  readonly id: number
  readonly kioskId: string
  readonly firstAt: string
  readonly lastAt: string
  readonly times: number
}

export type JudgeHeartbeat = (
  kioskId: string,
  heartbeat: Heartbeat,
  known: { readonly epoch: KnownEpoch | undefined; readonly seen: AuditPoint | undefined },
) => { readonly alarms: readonly NewAlarm[]; readonly seen: AuditPoint | undefined }

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

export interface StoredPage {
  readonly kioskId: string
  /** SHA-256 hex of `bytes`. */
  readonly contentHash: string
  /** age ciphertext to the province. */
  readonly bytes: Buffer
  readonly receivedAt: string
  /** The JSON text of the signed receipt, answered again byte by byte. */
  readonly receipt: string
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
  | 'TOO_LATE'

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
  /** National status code, 1–10; above 1 only after an officer has accepted or ended it. */
  readonly status: number
  readonly dossierCode: string | null
  readonly acceptedAt: string | null
  readonly acceptedBy: string | null
  readonly end: DossierEnd | null
  /** Its content is gone: the time to keep it is over, or somebody asked for that. */
  readonly erasedAt: string | null
}

export const dossierEnds = ['refused', 'withdrawn'] as const
/** National status codes: not accepted, and withdrawn by the citizen. */
export const dossierEndStatus = { refused: 3, withdrawn: 7 } as const

/** Ended by an officer without a result: its papers go back. */
export interface DossierEnd {
  readonly how: (typeof dossierEnds)[number]
  readonly at: string
  readonly by: string
}

export type EndOutcome =
  | 'ended'
  | 'alreadyEnded'
  | 'alreadyAccepted'
  /** A result is on its way or has been taken. */
  | 'active'
  | 'unknownDossier'

export type AcceptOutcome =
  | { readonly outcome: 'accepted' | 'alreadyAccepted'; readonly dossierCode: string }
  | { readonly outcome: 'unknownDossier' | 'alreadyEnded' }

export const resultStates = ['announced', 'stocked', 'taken', 'expired', 'refused'] as const
export type ResultState = (typeof resultStates)[number]

export interface Result {
  readonly resultId: string
  readonly kioskId: string
  readonly intakeId: string | null
  readonly dossierCode: string
  readonly what: ResultContents
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

export const deliveryStates = ['pending', 'sending', 'parked', 'delivered'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** One change of an accepted dossier, to be told to an official system. */
export interface OfficialStep {
  /** Of the feed of statuses: orders the steps of a dossier. */
  readonly cursor: number
  /** National status code. */
  readonly status: number
  readonly at: string
  readonly deliveredAt: string | null
}

/** A dossier on its way to an official system, or there. */
export interface OfficialDelivery {
  readonly adapter: string
  readonly intakeId: string
  /** The province's own code. */
  readonly dossierCode: string
  readonly state: DeliveryState
  readonly attempts: number
  readonly nextTryAt: string
  /** What the adapter wrote down to find its way again; JSON without personal data. */
  readonly memory: string
  /** The code that the official system gave, where it gives its own. */
  readonly officialCode: string | null
  readonly problem: string | null
  /** What the official system said to it, sealed to the province itself. */
  readonly sealedAnswer: string | null
  readonly changedAt: string
  readonly acceptedAt: string
}

export interface ClaimedDelivery extends OfficialDelivery {
  /** Proves later that nobody else has taken it over since. */
  readonly claim: string
  readonly steps: readonly OfficialStep[]
}

export interface DeliveryNote {
  readonly memory?: string
  readonly officialCode?: string
  /** Steps that the official system has taken. */
  readonly deliveredCursors?: readonly number[]
}

export type DeliveryEnd =
  | { readonly outcome: 'delivered' }
  | { readonly outcome: 'later'; readonly problem: string; readonly nextTryAt: string }
  | {
      readonly outcome: 'parked'
      readonly problem: string
      readonly sealedAnswer: string | null
    }

/** An official system as it was last seen from here. */
export interface OfficialSystem {
  readonly adapter: string
  readonly failures: number
  readonly pausedUntil: string | null
  readonly problem: string | null
  readonly problemAt: string | null
  readonly answeredAt: string | null
  readonly counts: Readonly<Record<DeliveryState, number>>
  /** When the oldest that is not yet there was accepted. */
  readonly oldestAt: string | null
}

export interface NewResult {
  readonly item: FeedItem<'results'>
  readonly kioskId: string
  readonly sealedPhone: string | null
  readonly user: string
  readonly at: string
}

export interface FeedEntry {
  readonly cursor: number
  readonly item: unknown
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

/** Officers see dossiers, operators machines; managers both, and who may work and who looked. */
export const userRoles = ['officer', 'operator', 'manager'] as const
export type UserRole = (typeof userRoles)[number]

export interface User {
  readonly name: string
  readonly displayName: string
  readonly role: UserRole
  readonly passwordHash: string
}

export interface StoredSession {
  /** SHA-256 hex of the cookie's secret. */
  readonly idHash: string
  readonly userName: string
  /** Must come back in every form of this session. */
  readonly csrfToken: string
  readonly startedAt: string
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

export const sendingStates = ['pending', 'sending', 'sent', 'failed', 'uncertain'] as const
export type SendingState = (typeof sendingStates)[number]

export type SendingProblem =
  | 'UNREACHABLE' // nothing was sent
  | 'NO_ANSWER' // what became of it is not known
  | 'REFUSED'
  | 'TOO_LATE'
  | 'UNREADABLE'
  | 'ALPHABET' // the carrier's alphabet has no such letters

/** What became of a message at the carrier's. */
export interface SmsSending {
  readonly smsId: number
  readonly state: SendingState
  /** Of the closed list, and for a refusal the carrier's own code after a colon. */
  readonly problem: string | null
  readonly changedAt: string
}

export interface ClaimedSms extends StoredSms {
  readonly claim: string
  /** The same at every try. */
  readonly requestId: string
  /** Earlier tries of which nobody knows whether they reached the carrier. */
  readonly unanswered: number
  readonly attempts: number
}

export type SendingEnd =
  | { readonly state: 'sent' }
  | { readonly state: 'failed' | 'uncertain'; readonly problem: string }
  | {
      readonly state: 'pending'
      readonly problem: string
      readonly nextTryAt: string
      /** Nothing of this try has reached the carrier. */
      readonly notSent: boolean
    }

/** A dossier that is over and still lies here. */
export interface ErasableDossier {
  readonly intakeId: string
  readonly kioskId: string
  readonly sealed: string
}

export type EraseOutcome =
  | 'erased'
  | 'alreadyErased'
  /** It is being dealt with, or an official system has not got it yet. */
  | 'notOver'
  | 'unknownDossier'

export const accessActions = [
  'signIn',
  'signInFailed',
  'signInLocked',
  'signOut',
  'refused',
  'viewDossiers',
  'viewDossier',
  'viewPages',
  'acceptDossier',
  'endDossier',
  'viewResults',
  'sendResult',
  'revokeRight',
  'resendCode',
  'viewSms',
  'viewKiosks',
  'settleAlarm',
  'viewOfficial',
  'settleOfficial',
  'eraseDossier',
  'findPerson',
  'exportPerson',
  'erasePerson',
  'viewStaff',
  'addStaff',
  'revokeStaff',
  'viewAccessLog',
] as const
export type AccessAction = (typeof accessActions)[number]

/** Who did what to which dossier, result or grant, and when. Never personal data of citizens. */
export interface AccessEntry {
  readonly at: string
  readonly user: string
  readonly action: AccessAction
  readonly subject: string
}
