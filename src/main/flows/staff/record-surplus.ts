import type { HandOverTally } from './hand-over.ts'
import type { OfficerPorts } from './officer.ts'

/** Somebody put a thing without a code of ours in. */
export const noCode = 'NO-CODE'

/** What nobody expected to lie there: on record, and counted in the hand-over. */
export function recordSurplus(
  ports: Pick<OfficerPorts, 'store' | 'nowIso'>,
  tally: HandOverTally,
  surplus: { readonly bagCode: string; readonly compartment: number; readonly staffId: string },
): void {
  ports.store.recordSurplus({ ...surplus, at: ports.nowIso() })
  tally.add('surplus', surplus.bagCode)
}
