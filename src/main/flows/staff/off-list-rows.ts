import type { OffListReason } from '../../../contract/screens/officer.ts'
import type { CompartmentRow } from '../store-port.ts'
import type { WorkStore } from './work-list.ts'

interface Place {
  readonly compartment: number
  readonly code: string | null
  readonly isDoubtful: boolean
  readonly mayOpen: boolean
}

/** A compartment as an officer sees it who needs a door that no work-list names. */
export type OffListRow =
  | (Place & { readonly holds: 'result'; readonly resultId: string; readonly code: string })
  | (Place & { readonly holds: 'bag' | 'nothing' })

const atRest: readonly CompartmentRow['state'][] = [
  'empty',
  'stocked',
  'expired',
  'suspect',
  'unknown',
]

/** Every compartment. A bag comes out from the work-list alone, where its code accounts for it. */
export function offListRows(store: WorkStore): readonly OffListRow[] {
  return store.compartments().map(({ number: compartment, state, intakeId, resultId }) => {
    const isDoubtful = state === 'suspect' || state === 'unknown'
    const place = { compartment, isDoubtful, mayOpen: atRest.includes(state) }
    const result = resultId === null ? undefined : store.result(resultId)
    if (result) {
      const { dossierCode: code } = result
      // Not yet stocked: which envelope lies there is the stocking's to settle.
      const mayOpen = place.mayOpen && store.rightOfResult(result.resultId) !== undefined
      return { ...place, holds: 'result', resultId: result.resultId, code, mayOpen }
    }
    if (intakeId !== null) {
      const code = store.dossier(intakeId)?.bagCode ?? null
      return { ...place, holds: 'bag', code, mayOpen: false }
    }
    return { ...place, holds: 'nothing', code: null }
  })
}

export function reasonsFor({ holds }: OffListRow): readonly OffListReason[] {
  return holds === 'result'
    ? ['officeAsks', 'wrongContents', 'doorSuspect']
    : ['doorSuspect', 'somethingLeft', 'cleaning']
}
