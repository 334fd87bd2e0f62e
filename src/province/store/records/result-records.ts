import type { Assurance, FeedItem } from '../../../contract/province/feed.ts'
import type { ResultContents } from '../../../contract/words.ts'

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

export interface NewResult {
  readonly item: FeedItem<'results'>
  readonly kioskId: string
  readonly sealedPhone: string | null
  readonly user: string
  readonly at: string
}
