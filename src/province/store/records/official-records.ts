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
