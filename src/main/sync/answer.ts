/** What became of one request, folded to what the workers can do about it. Nothing here is ever success. */
export type Failure =
  /** These bytes will never be accepted: a person must look. `code` of the contract, or `HTTP_413`. */
  | { readonly outcome: 'rejected'; readonly code: string }
  /** Nothing at all will be accepted until a person has changed something. */
  | { readonly outcome: 'stop'; readonly code: StopCode }
  /** Register the epoch first. */
  | { readonly outcome: 'epochUnknown' }
  /** The same bytes may be accepted later. `everyone`: no use in trying other messages meanwhile. */
  | {
      readonly outcome: 'later'
      readonly code: string
      readonly concerns: 'everyone' | 'thisMessage'
      /** Already capped. */
      readonly retryAfterMs?: number
    }
  /** An answer that the province does not give: somebody else is talking, or it is broken. An incident. */
  | { readonly outcome: 'garbled'; readonly code: string }

export type StopCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'EPOCH_REPEATED'
  | 'EPOCH_REJECTED'
  | 'CONTRACT'

/** What a technician or operator has to know. Never holds a payload. */
export interface SyncIncident {
  readonly severity: 'incident' | 'alarm'
  readonly event:
    | 'ANSWER_GARBLED'
    | 'MESSAGE_PARKED'
    | 'WORKER_STOPPED'
    | 'FEED_ITEM_PARKED'
    | 'REVOCATION_PARKED'
    | 'REFUSAL_NOT_TAKEN'
    | 'HEARTBEAT_NOT_TAKEN'
    | 'PROVINCE_WENT_BACK'
  readonly code: string
  /** Idempotency key, kind and cursor of a feed item, or how many of them. */
  readonly subject: string
}
