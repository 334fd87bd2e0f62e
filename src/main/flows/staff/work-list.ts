import type { CompartmentStore, DossierStore, ResultStore, RightStore } from '../store-port.ts'

/** A bag that an officer takes out, and accounts for by its code. */
export interface BagWork {
  readonly kind: 'bag'
  readonly compartment: number
  readonly intakeId: string
  readonly bagCode: string
  readonly state: 'deposited' | 'unknown' | 'suspect'
}

/** A result that nobody may collect here any more: it goes back to the counter. */
export interface ReturnWork {
  readonly kind: 'return'
  readonly compartment: number
  readonly resultId: string
  readonly dossierCode: string
  readonly reason: 'expired' | 'revoked' | 'notSeen'
}

export type Work = BagWork | ReturnWork

export type WorkStore = DossierStore & CompartmentStore & ResultStore & RightStore

/** What is to be taken out: expired results first, then bags, the oldest first. */
export function workList(store: WorkStore): readonly Work[] {
  const bags: (BagWork & { readonly at: string })[] = []
  const returns: ReturnWork[] = []
  for (const row of store.compartments()) {
    const { number: compartment, state } = row
    if (row.resultId !== null) {
      const result = store.result(row.resultId)
      const reason = result && returnReason(store, row.resultId, state)
      if (result === undefined || reason === undefined) continue
      const { resultId, dossierCode } = result
      returns.push({ kind: 'return', compartment, resultId, dossierCode, reason })
    } else if (row.intakeId !== null) {
      const dossier = store.dossier(row.intakeId)
      if (!dossier) continue
      const { intakeId, bagCode, depositedAt } = dossier
      const bag = { kind: 'bag', compartment, intakeId, bagCode, at: depositedAt ?? '9' } as const
      if (state === 'occupied') bags.push({ ...bag, state: 'deposited' })
      else if (state === 'unknown' || state === 'suspect') bags.push({ ...bag, state })
    }
  }
  bags.sort((a, b) => a.at.localeCompare(b.at) || a.compartment - b.compartment)
  return [...returns, ...bags]
}

/** Why a result goes back; undefined while its owner may still come, or its door is somebody's just now. */
function returnReason(
  store: WorkStore,
  resultId: string,
  state: string,
): ReturnWork['reason'] | undefined {
  const right = store.rightOfResult(resultId)
  if (right === undefined) return undefined
  const isAtRest = ['stocked', 'expired', 'suspect', 'unknown'].includes(state)
  if (!isAtRest) return undefined
  if (right.state === 'expired') return 'expired'
  if (state === 'unknown' || state === 'suspect') return 'notSeen'
  return right.state === 'revoked' ? 'revoked' : undefined
}
