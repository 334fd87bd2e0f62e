import type { DossierStore } from '../contract.ts'
import { dossierEndStatus, type EndOutcome } from '../records/dossier-records.ts'
import { publish } from './feed-items.ts'
import { first, run, type Work } from './work.ts'

/**
 * An officer ends a dossier without a result. Its own status stays what acceptance made of it: that nothing but an
 * acceptance gives a code or a higher status is the table's own guard.
 */
export function* endDossier(end: Parameters<DossierStore['end']>[0]): Work<EndOutcome> {
  const { intakeId, how, user, at } = end
  const dossier = yield* first<{ kioskId: string; dossierCode: string | null }>(
    `SELECT kiosk_id AS "kioskId", dossier_code AS "dossierCode"
     FROM dossiers WHERE intake_id = ? FOR UPDATE`,
    intakeId,
  )
  if (!dossier) return 'unknownDossier'
  const { kioskId, dossierCode } = dossier
  if (yield* first('SELECT 1 FROM dossier_ends WHERE intake_id = ?', intakeId))
    return 'alreadyEnded'
  if (how === 'refused' && dossierCode !== null) return 'alreadyAccepted'
  const result = yield* first(
    `SELECT 1 FROM results WHERE intake_id = ? AND state IN ('announced', 'stocked', 'taken')`,
    intakeId,
  )
  if (result) return 'active'
  yield* run(
    'INSERT INTO dossier_ends (intake_id, how, ended_at, ended_by) VALUES (?, ?, ?, ?)',
    intakeId,
    how,
    at,
    user,
  )
  const code = dossierCode === null ? {} : { dossierCode }
  yield* publish('statuses', kioskId, { intakeId, ...code, status: dossierEndStatus[how], at }, at)
  return 'ended'
}
