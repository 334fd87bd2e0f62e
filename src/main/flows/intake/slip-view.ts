import type { Screen } from '../../../contract/screen.ts'
import type { SlipPort } from '../slip-port.ts'
import type { DossierStore } from '../store-port.ts'

export type SlipView = Extract<Screen, { name: 'slipFailed' }>['slip']

export interface SlipViews {
  view(intakeId: string): SlipView
  canPrint(): boolean
}

/** The slip as the screen shows it. Signing is deterministic: the paper and the screen carry the same QR. */
export function slipViews(store: Pick<DossierStore, 'dossier'>, slips: SlipPort): SlipViews {
  const views = new Map<string, SlipView>()
  return {
    view(intakeId) {
      const known = views.get(intakeId)
      if (known) return known
      const dossier = store.dossier(intakeId)
      if (!dossier?.depositedAt) return { intakeId, bagCode: dossier?.bagCode ?? '', qr: '' }
      const qr = slips.signQr(intakeId, dossier.depositedAt, dossier.contentHash)
      const view = { intakeId, bagCode: dossier.bagCode, qr }
      if (views.size > 50) views.clear()
      views.set(intakeId, view)
      return view
    },
    canPrint: () => slips.ready(),
  }
}
