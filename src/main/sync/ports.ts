import type { FeedItem, FeedKind, FeedRefusal } from '../../contract/province/feed.ts'
import type { HeldInEpoch } from '../../contract/province/held.ts'
import type { MessageKind } from '../../contract/province/message.ts'

/** What the sync workers need of the store. Each method is one durable transaction. */

export interface OutboxRow {
  /** Orders, never identifies. */
  readonly sequence: number
  /** UUIDv7, the idempotency key. */
  readonly key: string
  readonly lane: string
  readonly kind: MessageKind
  /** The exact JSON text that is sent, every time the same. */
  readonly payload: string
  /** SHA-256 hex of `payload`. */
  readonly bodyHash: string
  readonly state: 'pending' | 'sending' | 'acknowledged' | 'parked' | 'deliveredByHand'
  readonly attempts: number
}

export interface OutboxStore {
  /**
   * The oldest message of each lane that may be sent now: state pending (or sending left over from a crash),
   * `nextAttemptAt` reached, and no older message of its lane unacknowledged or parked. At most `limit`; none of
   * the kinds `without`, and none behind one of those in its lane.
   */
  due(nowMs: number, limit: number, without?: readonly MessageKind[]): readonly OutboxRow[]
  /** Before the first byte leaves: state sending, attempts + 1. */
  markSending(key: string): void
  /** Only with a receipt that verified: stores it with the row. */
  acknowledge(key: string, receiptJson: string, at: string): void
  /** Back to pending; `nextAttemptAtMs` on the kiosk's running clock. */
  postpone(key: string, nextAttemptAtMs: number, answer: string): void
  /** Set aside for a person; holds back later messages of its lane only. */
  park(key: string, answer: string): void
  counts(): Readonly<Record<OutboxRow['state'], number>>
  /** Creation time (ISO) of the oldest row not acknowledged, if any. */
  oldestOpenAt(): string | null
}

export interface SentStore {
  /** How many messages of each epoch have a receipt. */
  acknowledgedByEpoch(): readonly HeldInEpoch[]
  acknowledgedAfter(
    epoch: number,
    sequence: number,
    limit: number,
  ): readonly { readonly key: string; readonly sequence: number }[]
  lanesOf(keys: readonly string[]): readonly string[]
  /**
   * Messages that the province has lost: pending again, with the same key and bytes; set aside for a person where the
   * bytes are not kept any more. Every epoch is announced again first. Undefined: the disk is full, nothing is changed.
   */
  sendAgain(
    keys: readonly string[],
  ): { readonly again: number; readonly notKept: number } | undefined
}

export interface Epoch {
  readonly epoch: number
  readonly instance: string
  readonly startedAt: string
}

export interface EpochStore {
  /** The identity of this database and its epoch. */
  epoch(): Epoch & { readonly registered: boolean }
  /**
   * Epochs that the province may not know, the oldest first. Besides the current one those of lost databases:
   * what their journals still held goes up under them.
   */
  unregistered(): readonly Epoch[]
  markEpochRegistered(epoch: number): void
}

export interface FeedStore {
  cursor(kind: FeedKind): number
  /**
   * Applies one valid item and moves the cursor in one transaction. Applying the same item twice changes
   * nothing. Returns a refusal code when it conflicts with what is (`CONFLICT`, `UNKNOWN_REFERENCE`).
   */
  apply<K extends FeedKind>(
    kind: K,
    cursor: number,
    item: FeedItem<K>,
  ): FeedRefusal['code'] | undefined
  /** Moves the cursor past an item that is not taken; keeps its cursor and code, never its content. */
  parkItem(kind: FeedKind, cursor: number, code: FeedRefusal['code']): void
  /** Refusals not yet told to the province. */
  untoldRefusals(): readonly {
    readonly kind: FeedKind
    readonly cursor: number
    readonly code: FeedRefusal['code']
  }[]
  markRefusalTold(kind: FeedKind, cursor: number): void
}
