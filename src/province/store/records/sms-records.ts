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
