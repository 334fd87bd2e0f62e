import { publish } from './feed-items.ts'
import { first, type Work } from './work.ts'

/**
 * Moves an accepted dossier to a national status and tells its kiosk, inside the caller's transaction.
 * Never backwards, and never a dossier that no officer has accepted.
 */
export function* setStatus(intakeId: string, status: number, at: string): Work<void> {
  const moved = yield* first<{ kioskId: string; dossierCode: string }>(
    `UPDATE dossiers SET status = ?
     WHERE intake_id = ? AND accepted_at IS NOT NULL AND status < ?
     RETURNING kiosk_id AS "kioskId", dossier_code AS "dossierCode"`,
    status,
    intakeId,
    status,
  )
  if (!moved) return
  const { kioskId, dossierCode } = moved
  yield* publish('statuses', kioskId, { intakeId, dossierCode, status, at }, at)
}
