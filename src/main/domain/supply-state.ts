import type { ReasonCode } from '../../contract/faults.ts'
import type { Supply, SupplyView } from '../../contract/supplies.ts'

export type SupplyState = 'uncounted' | 'good' | 'low' | 'empty'

export function supplyState({ left, lowAt }: SupplyView): SupplyState {
  if (left === null) return 'uncounted'
  if (left === 0) return 'empty'
  return left <= lowAt ? 'low' : 'good'
}

/**
 * An empty bag stock is known for sure, since bags leave one by one. Paper is reckoned by length: the printer's
 * own sensor says when there is none, so a roll that should be used up is only low.
 */
export function lowReason(supply: Supply, state: 'low' | 'empty'): ReasonCode {
  if (supply === 'paper') return 'PAPER_LOW'
  return state === 'low' ? 'BAGS_LOW' : 'NO_BAGS'
}
