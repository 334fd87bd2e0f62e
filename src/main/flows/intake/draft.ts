import type { Person } from '../../../contract/province/sealed.ts'
import type { identityWarnings, PaperView } from '../../../contract/screen.ts'
import type { Relation } from '../../../contract/words.ts'
import type { KeptPage } from './scan/scan-port.ts'

export type IdentityWarning = (typeof identityWarnings)[number]

/**
 * What a citizen has said so far. It lives in core's memory only: a crash before the summary is confirmed
 * loses nothing but the typing, and leaves nothing of a person on the disk.
 */
export interface Draft {
  readonly applicant: Person | undefined
  readonly warnings: readonly IdentityWarning[]
  readonly relation: Relation | undefined
  readonly owner: Person | undefined
  /** Digits with leading 0; empty without a phone. */
  readonly phone: string
  readonly phoneConfirmed: boolean
  /** Chosen by a citizen without a phone; empty otherwise. */
  readonly secret: string
  readonly procedureCode: string | undefined
  readonly papers: readonly PaperView[]
  readonly bagCode: string | undefined
  /** Scanned and sealed, in the citizen's order. */
  readonly pages: readonly KeptPage[]
}

export const emptyDraft: Draft = {
  applicant: undefined,
  warnings: [],
  relation: undefined,
  owner: undefined,
  phone: '',
  phoneConfirmed: false,
  secret: '',
  procedureCode: undefined,
  papers: [],
  bagCode: undefined,
  pages: [],
}

/** The same person hands in another bag: who and how to reach them stays, what and where begins anew. */
export function nextBagDraft(draft: Draft): Draft {
  return { ...draft, procedureCode: undefined, papers: [], bagCode: undefined, pages: [] }
}
