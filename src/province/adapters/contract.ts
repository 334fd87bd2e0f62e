import type { SealedDossier } from '../../contract/province/sealed.ts'
import type { Dossier } from '../store/records/dossier-records.ts'
import type { DeliveryNote, OfficialStep } from '../store/records/official-records.ts'

/**
 * Brings accepted dossiers to one official system. An adapter knows that system's words and nothing of the queue:
 * it is called again, with what it wrote down, until it says that all steps are there.
 */
export interface OfficialAdapter {
  /** Of the configuration. */
  readonly id: string
  readonly name: string
  readonly acceptedFrom: string
  /** Never throws for what a network or a system does. */
  deliver(handover: Handover): Promise<DeliveryOutcome>
  /** What to go on with after a person has looked there, where the adapter could not (`CANNOT_LOOK`). */
  afterLook(memory: unknown, isThere: boolean): object
}

export interface AcceptedDossier extends Dossier {
  readonly dossierCode: string
  readonly acceptedAt: string
  readonly acceptedBy: string
}

export interface Handover {
  readonly dossier: AcceptedDossier
  readonly content: SealedDossier
  readonly unitName: string
  /** All of them, in order; `deliveredAt` says which are there already. */
  readonly steps: readonly OfficialStep[]
  /** What was noted last; `undefined` at the first try. */
  readonly memory: unknown
  /** The scanned pages as one PDF, the same bytes each time; `none` were scanned, or not all have come yet. */
  pagesPdf(): Promise<Uint8Array | 'none' | 'incomplete'>
  /** Durable when it resolves. To be called before anything is sent whose repetition would have an effect. */
  note(note: Omit<DeliveryNote, 'memory'> & { readonly memory?: object }): Promise<void>
}

export const problemCodes = [
  'UNREACHABLE', // no connection: nothing was sent
  'NO_ANSWER', // sent, and no answer came, or none that can be read: what became of it is not known
  'BUSY', // asked to come later
  'LOG_IN_REFUSED',
  'WRONG_ADDRESS', // 404 or a redirect
  'REFUSED', // the system's own refusal
  'CANNOT_LOOK', // not known whether it is there, and the system offers no look-up
  'FIELD_TOO_LONG', // what may not be shortened does not fit
  'HASH_MISMATCH', // what arrived is not what was sent
  'PAGES_INCOMPLETE', // scanned pages are still on their way
  'UNREADABLE', // the sealed part cannot be opened
  'INTERNAL', // ours
] as const
export type ProblemCode = (typeof problemCodes)[number]

export type DeliveryOutcome =
  | { readonly outcome: 'delivered' }
  | {
      readonly outcome: 'later'
      readonly problem: ProblemCode
      /** `system`: the others would fare no better now. */
      readonly concerns: 'dossier' | 'system'
      readonly retryAfterMs?: number
    }
  /** Only a person can help. `answer`: the system's own words, which may name a citizen. */
  | { readonly outcome: 'parked'; readonly problem: ProblemCode; readonly answer?: string }
