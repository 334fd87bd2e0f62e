import type { Language } from '../../contract/roles.ts'
import type { PaperView, ProcedureView } from '../../contract/screen.ts'

/** The catalogue as the journeys need it, in the session's language. */
export interface ProcedurePort {
  /** Without diacritics, best first; all of them for an empty query. */
  search(query: string, language: Language): readonly ProcedureView[]
  find(code: string, language: Language): ProcedureFacts | undefined
}

export interface ProcedureFacts {
  readonly view: ProcedureView
  /** Why it cannot be handed in here; empty when it can. */
  readonly reason: string
  readonly fee: string
  readonly duration: string
  readonly handOut: boolean
  readonly presenceNeeded: boolean
  readonly bagSize: 'small' | 'large'
  readonly papers: readonly PaperView[]
}
