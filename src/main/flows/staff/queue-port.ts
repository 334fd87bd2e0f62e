import type {
  DeliveryState,
  QueueFilter,
  QueueReason,
  QueueRow,
} from '../../../contract/screens/operator.ts'

/** One message as an operator may see it: never what is sealed. */
export interface QueueMessage {
  readonly row: QueueRow
  readonly epoch: number
  readonly bodyHash: string
  readonly acknowledgedAt: string | null
  readonly facts: readonly { readonly name: string; readonly value: string }[]
}

/** What waits for the province. Each action is one durable transaction with its audit row. */
export interface QueueStore {
  counts(): Readonly<Record<DeliveryState, number>>
  oldestOpenAt(): string | null
  /** Newest last; open messages oldest first. */
  rows(filter: QueueFilter, offset: number, limit: number): readonly QueueRow[]
  count(filter: QueueFilter): number
  message(key: string): QueueMessage | undefined
  /** Pending messages go now; `key` undefined: all of them. */
  retryNow(key: string | undefined, staffId: string): void
  /** Only what is pending: a message that is on its way cannot be held back. */
  parkByHand(key: string, reason: QueueReason, staffId: string): boolean
  /** parked → pending. */
  releaseParked(key: string, reason: QueueReason, staffId: string): boolean
  /** parked or pending → deliveredByHand: never sent again, and its lane goes on. */
  deliverByHand(
    key: string,
    by: {
      readonly officialCode: string
      readonly staffId: string
      readonly secondStaffId: string
    },
  ): boolean
}

export interface QueuePort {
  readonly store: QueueStore
  /** What the worker and the province do just now. */
  status(): {
    readonly province: {
      readonly state: 'unknown' | 'online' | 'offline'
      readonly lastContactAt: string | null
      readonly reason: string | null
    }
    readonly worker: {
      readonly state: 'idle' | 'sending' | 'paused' | 'stopped'
      readonly stopCode: string | null
    }
  }
  /** Something may go now. `resume`: also during a pause and after a stop. */
  wake(resume: boolean): void
  /** All messages as CSV, durable when it resolves. Rejects when the disk does not take it. */
  exportCsv(): Promise<{ readonly file: string; readonly rows: number }>
}
