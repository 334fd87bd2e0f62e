import type { PaperKind } from '../../contract/words.ts'

/** What a slip may say, masked: enough to print it again, too little to steal. */
export interface SlipFacts {
  readonly applicantMasked: string
  readonly ownerMasked: string
  /** Vietnamese, whoever hands in: officers read it, too. */
  readonly procedureName: string
  /** In the language of the session, where that is another one. */
  readonly procedureNameSecond?: string | undefined
  readonly papers: readonly {
    readonly name: string
    readonly nameSecond?: string | undefined
    readonly kind: PaperKind
    readonly count: number
  }[]
}
