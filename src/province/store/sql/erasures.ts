import type { ErasureStore } from '../contract.ts'
import type { ErasableDossier, EraseOutcome } from '../records/dossier-records.ts'
import type { Database } from './database.ts'
import { all, first, run, type Work } from './work.ts'

const nothing = Buffer.alloc(0)

/** When it left the machine for good, or was refused or withdrawn; null: neither is known. */
const overAt = `coalesce(
    (SELECT max(coalesce(r.taken_at, r.stocked_at, r.announced_at)) FROM results r
     WHERE r.intake_id = d.intake_id),
    (SELECT e.ended_at FROM dossier_ends e WHERE e.intake_id = d.intake_id))`

/** Nothing of it is on its way any more. */
const isSettled = `NOT EXISTS (SELECT 1 FROM results r
    WHERE r.intake_id = d.intake_id AND r.state IN ('announced', 'stocked'))
  AND NOT EXISTS (SELECT 1 FROM official_deliveries o
    WHERE o.intake_id = d.intake_id AND o.state <> 'delivered')
  AND NOT EXISTS (SELECT 1 FROM notices n JOIN messages m ON m.key = n.message_key
    WHERE m.lane = d.intake_id AND n.state = 'pending')`

export function sqlErasures(db: Database): ErasureStore {
  return {
    due: (before, limit) =>
      db.read(() =>
        all<ErasableDossier>(
          `SELECT d.intake_id AS "intakeId", d.kiosk_id AS "kioskId", d.sealed FROM dossiers d
           WHERE d.sealed <> '' AND ${isSettled}
             AND CASE WHEN ${overAt} IS NOT NULL THEN ${overAt} < ? ELSE d.accepted_at < ? END
           ORDER BY d.received_at LIMIT ?`,
          before.over,
          before.accepted,
          limit,
        ),
      ),
    eraseDossier: (intakeId, pages, at, by) =>
      db.write(() => eraseDossier(intakeId, pages, at, by)),
    eraseNotices: (before) => db.write(() => eraseNotices(before)),
    eraseSms: (ids) =>
      db.write(function* () {
        let erased = 0
        for (const id of ids) {
          erased += yield* run(
            `UPDATE sms SET sealed = '' WHERE id = ? AND sealed <> '' AND id NOT IN
               (SELECT sms_id FROM sms_sendings WHERE state IN ('pending', 'sending'))`,
            id,
          )
        }
        return erased
      }),
  }
}

function* eraseDossier(
  intakeId: string,
  pages: readonly string[],
  at: string,
  by: string,
): Work<EraseOutcome> {
  const dossier = yield* first<{ kioskId: string; sealed: string }>(
    `SELECT kiosk_id AS "kioskId", sealed FROM dossiers WHERE intake_id = ? FOR UPDATE`,
    intakeId,
  )
  if (!dossier) return 'unknownDossier'
  if (dossier.sealed === '') return 'alreadyErased'
  const over = yield* first(
    `SELECT 1 FROM dossiers d WHERE d.intake_id = ? AND ${isSettled}
       AND (${overAt} IS NOT NULL OR d.accepted_at IS NOT NULL)`,
    intakeId,
  )
  if (!over) return 'notOver'
  yield* run(
    'INSERT INTO erasures (intake_id, erased_at, erased_by) VALUES (?, ?, ?)',
    intakeId,
    at,
    by,
  )
  yield* run(`UPDATE dossiers SET sealed = '' WHERE intake_id = ?`, intakeId)
  yield* run(
    `UPDATE messages SET bytes = ? WHERE kiosk_id = ? AND lane = ?
       AND kind IN ('dossierDeposited', 'dispute', 'notification')`,
    nothing,
    dossier.kioskId,
    intakeId,
  )
  for (const contentHash of pages) {
    yield* run(
      'UPDATE pages SET bytes = ? WHERE kiosk_id = ? AND content_hash = ?',
      nothing,
      dossier.kioskId,
      contentHash,
    )
  }
  return 'erased'
}

function* eraseNotices(before: string): Work<number> {
  const texts = yield* run(
    `UPDATE sms SET sealed = '' WHERE at < ? AND sealed <> '' AND id NOT IN
       (SELECT sms_id FROM sms_sendings WHERE state = 'sending')`,
    before,
  )
  const sealed = yield* run(
    `UPDATE messages SET bytes = ? WHERE received_at < ? AND length(bytes) > 0
       AND kind IN ('resultStocked', 'notification')
       AND key NOT IN (SELECT message_key FROM notices WHERE state = 'pending')`,
    nothing,
    before,
  )
  const phones = yield* run(
    `UPDATE results SET sealed_phone = NULL WHERE sealed_phone IS NOT NULL
       AND state IN ('taken', 'expired', 'refused')
       AND coalesce(taken_at, stocked_at, announced_at) < ?`,
    before,
  )
  return texts + sealed + phones
}
