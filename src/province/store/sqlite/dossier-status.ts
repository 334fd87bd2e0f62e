import type { Connection } from './connection.ts'
import { feedItemWriter } from './feed-items.ts'

/**
 * Moves an accepted dossier to a national status and tells its kiosk, inside the caller's transaction.
 * Never backwards, and never a dossier that no officer has accepted.
 */
export function dossierStatusWriter(
  db: Connection,
): (intakeId: string, status: number, at: string) => void {
  const publish = feedItemWriter(db)
  const update = db.prepare<[number, string, number], { kioskId: string; dossierCode: string }>(
    `UPDATE dossiers SET status = ?
     WHERE intake_id = ? AND accepted_at IS NOT NULL AND status < ?
     RETURNING kiosk_id AS kioskId, dossier_code AS dossierCode`,
  )
  return (intakeId, status, at) => {
    const moved = update.get(status, intakeId, status)
    if (!moved) return
    publish('statuses', moved.kioskId, { intakeId, dossierCode: moved.dossierCode, status, at }, at)
  }
}
