import type { PaperKind } from '../../contract/province/sealed.ts'

/** What a slip may say, masked: enough to print it again, too little to steal. */
export interface SlipFacts {
  readonly applicantMasked: string
  readonly ownerMasked: string
  readonly procedureName: string
  readonly papers: readonly {
    readonly name: string
    readonly kind: PaperKind
    readonly count: number
  }[]
}
