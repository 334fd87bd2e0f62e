import { daysOf } from '../../contract/privacy/held-data.ts'
import { kioskHeld } from '../../contract/privacy/kiosk-held.ts'
import type { ForgetBefore } from '../store/forget-repository.ts'

const dayMs = 24 * 60 * 60_000

/** The days of `docs/privacy.md`, counted back from now. */
export function forgetBefore(now: Date): ForgetBefore {
  const daysAgo = (days: number) => new Date(now.getTime() - days * dayMs).toISOString()
  return {
    over: daysAgo(daysOf(kioskHeld.dossier)),
    withoutResult: daysAgo(daysOf(kioskHeld.dossierWithoutResult)),
    abandoned: daysAgo(daysOf(kioskHeld.dossierAbandoned)),
    sent: daysAgo(daysOf(kioskHeld.outbox)),
  }
}

/** The same for copies in the journal. */
export function journalForgetBefore(now: Date): string {
  return new Date(now.getTime() - daysOf(kioskHeld.journal) * dayMs).toISOString()
}
