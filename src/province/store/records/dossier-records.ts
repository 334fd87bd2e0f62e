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
