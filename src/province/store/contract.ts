import type { FeedItem, FeedKind, FeedRefusal } from '../../contract/province/feed.ts'
import type { AuditPoint, Heartbeat } from '../../contract/province/heartbeat.ts'
import type { HeldInEpoch } from '../../contract/province/held.ts'
import type { MessageKind } from '../../contract/province/message.ts'
import type { EpochRegistration } from '../../contract/province/receipt.ts'
import type {
  AcceptOutcome,
  Dossier,
  DossierEnd,
  EndOutcome,
  ErasableDossier,
  EraseOutcome,
} from './records/dossier-records.ts'
import type { FeedEntry, StoredRefusal } from './records/feed-records.ts'
import type {
  Epoch,
  Identity,
  JudgeHeartbeat,
  Kiosk,
  KioskAlarm,
  StoredHeartbeat,
} from './records/kiosk-records.ts'
import type {
  FailedNotice,
  HeldMessage,
  IncomingMessage,
  NoticeFailure,
  PendingNotice,
  ReceiveOutcome,
  StoredMessage,
  StoredPage,
} from './records/message-records.ts'
import type {
  ClaimedDelivery,
  DeliveryEnd,
  DeliveryNote,
  OfficialDelivery,
  OfficialSystem,
} from './records/official-records.ts'
import type { NewResult, Result } from './records/result-records.ts'
import type {
  ClaimedSms,
  NewSms,
  SendingEnd,
  SmsSending,
  StoredSms,
} from './records/sms-records.ts'
import type { AccessEntry, StaffGrant, StoredSession, User } from './records/user-records.ts'

/**
 * What the province keeps. Each method is one transaction and durable when its promise resolves; the promises
 * are there for stores across a network. Instants are ISO 8601 UTC. Expected refusals are values.
 */
export interface ProvinceStore {
  readonly identity: IdentityStore
  readonly kiosks: KioskStore
  readonly heartbeats: HeartbeatStore
  readonly messages: MessageStore
  readonly pages: PageStore
  readonly dossiers: DossierStore
  readonly results: ResultStore
  readonly feed: FeedStore
  readonly staff: StaffStore
  readonly users: UserStore
  readonly sessions: SessionStore
  readonly sms: SmsStore
  readonly official: OfficialStore
  readonly erasures: ErasureStore
  readonly accessLog: AccessLogStore
  close(): Promise<void>
}

/** Which province, and which keys, this store belongs to: the first that claims it. */
export interface IdentityStore {
  find(): Promise<Identity | undefined>
  /** Answers who holds it: the caller, if nobody did. */
  claim(mine: Identity, at: string): Promise<Identity>
}

export interface KioskStore {
  /** Adds the kiosk or brings its unit, place and token up to the configuration. */
  put(kiosk: Omit<Kiosk, 'lastContactAt'>): Promise<void>
  find(kioskId: string): Promise<Kiosk | undefined>
  findByTokenHash(tokenHash: string): Promise<Kiosk | undefined>
  list(): Promise<readonly Kiosk[]>
  touch(kioskId: string, at: string): Promise<void>
  /** `repeated`: another database instance, or another slip key, already has this epoch; raises an alarm. */
  registerEpoch(
    kioskId: string,
    registration: EpochRegistration,
    at: string,
  ): Promise<'registered' | 'repeated'>
  epochs(kioskId: string): Promise<readonly Epoch[]>
  /** Counts a wanted phone code; `tooMany` when `max` were counted after `since`. */
  beginPhoneCode(
    kioskId: string,
    at: string,
    rule: { readonly since: string; readonly max: number },
  ): Promise<'allowed' | 'tooMany'>
}

export interface HeartbeatStore {
  /**
   * Keeps the newest heartbeat of each kiosk, and with it, in one transaction, the alarms that `judge` raises and
   * the furthest row of the audit chain that counts as seen; answers that row. `judge` must be pure.
   */
  beat(
    kioskId: string,
    heartbeat: Heartbeat,
    at: string,
    judge: JudgeHeartbeat,
  ): Promise<AuditPoint | null>
  newest(): Promise<readonly StoredHeartbeat[]>
  /** Those that nobody has settled, oldest first. */
  alarms(): Promise<readonly KioskAlarm[]>
  /** The chain may begin anew after it. Answers its kiosk; undefined when there is no such open alarm. */
  settleAlarm(id: number, user: string, at: string): Promise<string | undefined>
}

export interface MessageStore {
  find(key: string): Promise<HeldMessage | undefined>
  /** How many of each epoch. */
  heldByEpoch(kioskId: string): Promise<readonly HeldInEpoch[]>
  /** Those of these keys, for which the kiosk has receipts, under which nothing is held: an alarm. */
  missing(kioskId: string, keys: readonly string[], at: string): Promise<readonly string[]>
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

/** Scanned pages as the kiosk sealed them. */
export interface PageStore {
  /** The first one wins: the same page again changes nothing and answers what is held. */
  put(page: StoredPage): Promise<{ readonly isNew: boolean; readonly receipt: string }>
  find(kioskId: string, contentHash: string): Promise<StoredPage | undefined>
  /** Which of these are held. */
  held(kioskId: string, contentHashes: readonly string[]): Promise<ReadonlySet<string>>
}

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
  /** Refused or withdrawn: tells the kiosk (status 3 or 7). */
  end(end: {
    readonly intakeId: string
    readonly how: DossierEnd['how']
    readonly user: string
    readonly at: string
  }): Promise<EndOutcome>
}

export interface ResultStore {
  list(limit: number): Promise<readonly Result[]>
  find(resultId: string): Promise<Result | undefined>
  ofDossier(dossierCode: string): Promise<readonly Result[]>
  /**
   * A result of an accepted dossier, or the papers of one that has ended (`notEnded` otherwise).
   * `active`: this dossier has a result on its way or in a compartment already.
   */
  announce(
    result: NewResult,
  ): Promise<'announced' | 'active' | 'unknownKiosk' | 'notAccepted' | 'notEnded'>
  /** The kiosk's right to hand out ends; the item stays in its compartment for an officer. */
  revokeRight(resultId: string, at: string): Promise<'revoked' | 'noRight'>
  /**
   * The SMS with the collection code once more, as it was: to the number that it went to, and no other. Written to the
   * access log in the same transaction, which also counts.
   */
  resendCode(resend: {
    readonly resultId: string
    readonly user: string
    readonly at: string
    /** At most `limit` from this moment on. */
    readonly since: string
    readonly limit: number
  }): Promise<'resent' | 'noCode' | 'tooMany'>
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

export interface StaffStore {
  /** Puts the grant on every kiosk's feed and revokes an older live one of the same person. */
  issue(grant: FeedItem<'staff'>, user: string, at: string): Promise<void>
  /** Nothing when the person's newest grant is still good at `at`, or was revoked. */
  issueIfDue(grant: FeedItem<'staff'>, user: string, at: string): Promise<'issued' | 'notDue'>
  revoke(
    grantId: string,
    user: string,
    at: string,
  ): Promise<'revoked' | 'alreadyRevoked' | 'unknown'>
  /** Newest first. */
  list(): Promise<readonly StaffGrant[]>
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
  /** Ends every session and lock of that user with it; false when nobody has that name. */
  setPassword(name: string, passwordHash: string): Promise<boolean>
}

/** Sessions before either instant are over. */
export interface SessionsOver {
  readonly startedBefore: string
  readonly seenBefore: string
}

export interface SessionStore {
  /** Forgets those that are over. */
  add(session: StoredSession, over: SessionsOver): Promise<void>
  /** Notes that it is in use; undefined when it is unknown or over. */
  see(idHash: string, at: string, over: SessionsOver): Promise<StoredSession | undefined>
  end(idHash: string): Promise<void>
}

export interface SmsStore {
  add(sms: NewSms): Promise<number>
  /** In order, those with a greater id. */
  after(id: number, limit: number): Promise<readonly StoredSms[]>
  newest(limit: number): Promise<readonly StoredSms[]>
  /**
   * The next message to hand to the carrier. A try that was begun and never ended counts as unanswered.
   * @param requestId for a message that has none yet
   */
  claim(
    at: string,
    claim: { readonly id: string; readonly requestId: string; readonly until: string },
  ): Promise<ClaimedSms | undefined>
  settle(claimed: ClaimedSms, end: SendingEnd, at: string): Promise<void>
  sendings(smsIds: readonly number[]): Promise<readonly SmsSending[]>
}

/** The queue towards official systems: one lane a dossier and system, in the order of its statuses. */
export interface OfficialStore {
  /**
   * Puts into the queue what the feed of statuses has brought since, for dossiers that an officer accepted at
   * `acceptedFrom` or later. Answers how many items were looked at; call again until none.
   */
  enlist(adapter: string, acceptedFrom: string, at: string): Promise<number>
  /** The next that is due, as `sending`, unless the whole system is paused; nobody else gets it before `until`. */
  claim(
    adapter: string,
    at: string,
    claim: string,
    until: string,
  ): Promise<ClaimedDelivery | undefined>
  /** Durable before the next byte leaves. `lost`: somebody else has taken it over. */
  note(
    claimed: ClaimedDelivery,
    note: DeliveryNote,
    at: string,
    until: string,
  ): Promise<'noted' | 'lost'>
  /** The claim is given back; one whose dossier has moved on meanwhile is pending again. */
  settle(claimed: ClaimedDelivery, end: DeliveryEnd, at: string): Promise<'settled' | 'lost'>
  /** The system as a whole does not answer; the claim is given back and does not count as a try. */
  pause(claimed: ClaimedDelivery, problem: string, at: string, until: string): Promise<void>
  /** It answers again. */
  answers(adapter: string, at: string): Promise<void>
  /** A person has looked at a parked one. `memory`: what the adapter is to know from now on. */
  release(
    adapter: string,
    intakeId: string,
    memory: string | undefined,
    at: string,
  ): Promise<'released' | 'notParked'>
  find(adapter: string, intakeId: string): Promise<OfficialDelivery | undefined>
  ofDossier(intakeId: string): Promise<readonly OfficialDelivery[]>
  /** Parked first, then those that wait, oldest first. */
  unfinished(limit: number): Promise<readonly OfficialDelivery[]>
  systems(): Promise<readonly OfficialSystem[]>
}

/** Emptying what is personal; numbers, codes, hashes and receipts stay. */
export interface ErasureStore {
  /** Oldest first. @param over over before this @param accepted without a result, and accepted before this */
  due(
    before: { readonly over: string; readonly accepted: string },
    limit: number,
  ): Promise<readonly ErasableDossier[]>
  /** @param pages content hashes of its scanned pages */
  eraseDossier(
    intakeId: string,
    pages: readonly string[],
    at: string,
    by: string,
  ): Promise<EraseOutcome>
  /** Texts of messages to phones, and phones that officers typed. Answers how many rows were emptied. */
  eraseNotices(before: string): Promise<number>
  eraseSms(ids: readonly number[]): Promise<number>
}

export interface AccessLogStore {
  add(entry: AccessEntry): Promise<void>
  /** Newest first. */
  list(limit: number): Promise<readonly AccessEntry[]>
}
