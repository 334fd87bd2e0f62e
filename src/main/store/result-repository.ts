import { needsReminder } from '../domain/reminder.ts'
import type { OutboxDraft, ResultRow, ResultStore } from '../flows/store-port.ts'
import { compartmentFault } from './compartment-fault.ts'
import { changedOne, StoreConflict } from './store-conflict.ts'
import type { StoreContext } from './store-context.ts'

type RawResult = Omit<ResultRow, 'phoneConfirmed'> & { readonly phoneConfirmed: number }

const columns = `result_id AS resultId, dossier_code AS dossierCode, intake_id AS intakeId,
  procedure_code AS procedureCode, assurance, phone_confirmed AS phoneConfirmed, size,
  what, keep_days AS keepDays, state, compartment`
/** Of several results under one code the one that lies in the machine, then the newest. */
const bestFirst = `ORDER BY state IN ('stocked', 'assigned') DESC, state = 'announced' DESC, number DESC LIMIT 1`

export function resultRepository(context: StoreContext): ResultStore {
  const { db, transact, clock, audit, enqueue } = context
  const select = (where: string) =>
    db.prepare<[string], RawResult>(`SELECT ${columns} FROM result WHERE ${where}`)
  const byId = select('result_id = ?')
  const byDossierCode = select(`dossier_code = ? ${bestFirst}`)
  const byIntakeId = select(`intake_id = ? ${bestFirst}`)
  const announced = db.prepare<[], RawResult>(
    `SELECT ${columns} FROM result WHERE state = 'announced' OR (state = 'assigned' AND EXISTS
       (SELECT 1 FROM compartment WHERE compartment.result_id = result.result_id
        AND compartment.state = 'unknown')) ORDER BY number`,
  )
  const samePerson = db
    .prepare<[string], number>(
      `SELECT other.compartment FROM result AS mine
       JOIN dossier AS my_dossier ON my_dossier.intake_id = mine.intake_id
       JOIN result AS other ON other.state = 'stocked' AND other.result_id <> mine.result_id
       JOIN dossier AS other_dossier ON other_dossier.intake_id = other.intake_id
       WHERE mine.result_id = ?
         AND (other_dossier.applicant_id_hash IN
               (my_dossier.applicant_id_hash, my_dossier.owner_id_hash)
           OR other_dossier.owner_id_hash IN
               (my_dossier.applicant_id_hash, my_dossier.owner_id_hash))
       ORDER BY other.compartment`,
    )
    .pluck()
  const lowDoor = db
    .prepare<[string], number>(
      'SELECT low_door FROM dossier JOIN result USING (intake_id) WHERE result_id = ?',
    )
    .pluck()
  const assign = db.prepare<[number, string]>(
    `UPDATE result SET state = 'assigned', compartment = ?
     WHERE result_id = ? AND state = 'announced'`,
  )
  const hold = db.prepare<[string, number]>(
    `UPDATE compartment SET state = 'assigned', result_id = ?
     WHERE number = ? AND state = 'empty' AND kind = 'result' AND configured = 1`,
  )
  const unassign = db.prepare<[string]>(
    `UPDATE result SET state = 'announced', compartment = NULL
     WHERE result_id = ? AND state = 'assigned'`,
  )
  const leaveAssigned = db.prepare<[string, string | null, string]>(
    `UPDATE compartment SET state = ?, reason = ?, result_id = NULL
     WHERE result_id = ? AND state IN ('assigned', 'suspect', 'unknown')`,
  )
  const stock = db.prepare<[string], { compartment: number }>(
    `UPDATE result SET state = 'stocked' WHERE result_id = ? AND state = 'assigned'
     RETURNING compartment`,
  )
  const fill = db.prepare<[string]>(
    `UPDATE compartment SET state = 'stocked', reason = NULL
     WHERE result_id = ? AND state IN ('assigned', 'suspect', 'unknown')`,
  )
  const mint = db.prepare<[string, string, number, string, string, string, number, number]>(
    `INSERT INTO collection_right
       (right_id, result_id, compartment, state, code_hash, qr_hash, expires_at,
        expires_running_ms, reminded)
     VALUES (?, ?, ?, 'valid', ?, ?, ?, ?, ?)`,
  )
  const withdraw = db.prepare<[string, string], { dossierCode: string; compartment: number }>(
    `UPDATE result SET state = ? WHERE result_id = ? AND state IN ('stocked', 'expired')
     RETURNING dossier_code AS dossierCode, compartment`,
  )
  const leaveForGood = db.prepare<[string]>(
    `UPDATE compartment
     SET state = 'empty', reason = NULL, result_id = NULL, state_before_emptying = NULL
     WHERE result_id = ? AND state IN ('stocked', 'expired', 'emptying', 'suspect', 'unknown')`,
  )
  const endRight = db.prepare<[string]>(
    `UPDATE collection_right SET door = 'closed',
       state = CASE state WHEN 'valid' THEN 'revoked' ELSE state END
     WHERE number = (SELECT max(number) FROM collection_right WHERE result_id = ?)
       AND door = 'closed'
     RETURNING right_id`,
  )
  const read = (raw: RawResult | undefined) => (raw === undefined ? undefined : toRow(raw))
  return {
    resultsToStock: () => announced.all().map(toRow),
    result: (resultId) => read(byId.get(resultId)),
    resultByDossierCode: (dossierCode) => read(byDossierCode.get(dossierCode)),
    compartmentsOfSamePerson: (resultId) => samePerson.all(resultId),
    wantsLowDoor: (resultId) => lowDoor.get(resultId) === 1,
    resultByIntakeId: (intakeId) => read(byIntakeId.get(intakeId)),
    assignResult(resultId, compartment, staffId) {
      transact('commit:assignResult', () => {
        changedOne(assign.run(compartment, resultId), 'assign result')
        changedOne(hold.run(resultId, compartment), 'assign compartment')
        audit('result.assigned', { resultId, compartment, staffId })
      })
    },
    unassignResult(resultId, compartmentTo, reason) {
      transact('commit:unassignResult', () => {
        const kept = compartmentTo === 'suspect' ? reason : null
        const compartment = byId.get(resultId)?.compartment
        changedOne(unassign.run(resultId), 'unassign result')
        changedOne(leaveAssigned.run(compartmentTo, kept, resultId), 'leave compartment')
        if (compartmentTo === 'suspect' && compartment != null) {
          enqueue(compartmentFault(compartment, 'suspect', reason, clock.now().toISOString()))
        }
        audit('result.unassigned', {
          resultId,
          compartment: compartment ?? null,
          compartmentTo,
          reason,
        })
      })
    },
    stockResult(resultId, right, draft, at) {
      transact('commit:stockResult', () => {
        const row = stock.get(resultId)
        if (row === undefined) throw new StoreConflict('stock: the result is not assigned')
        const { compartment } = row
        changedOne(fill.run(resultId), 'stock compartment')
        const { rightId, codeHash, qrHash, expiresAt, validMs } = right
        const endMs = Math.ceil(context.clock.runningMs() + validMs)
        const reminded = Number(!needsReminder(validMs))
        mint.run(rightId, resultId, compartment, codeHash, qrHash, expiresAt, endMs, reminded)
        checkDraft(draft, resultId, rightId, compartment)
        enqueue(draft)
        audit('result.stocked', { resultId, rightId, compartment, at })
      })
    },
    withdrawResult(resultId, { staffId, secondStaffId }, found, at) {
      transact('commit:withdrawResult', () => {
        const row = withdraw.get(found === 'gone' ? 'taken' : 'withdrawn', resultId)
        if (row === undefined) throw new StoreConflict('withdraw: nothing of that result is here')
        changedOne(leaveForGood.run(resultId), 'empty compartment')
        const right = endRight.get(resultId) as { right_id: string } | undefined
        if (right === undefined) throw new StoreConflict('withdraw: the door is being opened')
        if (found === 'gone') {
          enqueue({
            kind: 'resultTaken',
            lane: resultId,
            body: {
              resultId,
              dossierCode: row.dossierCode,
              rightId: right.right_id,
              takenAt: at,
            },
          })
        }
        const by = { staffId, ...(secondStaffId !== undefined && { secondStaffId }) }
        if (found !== 'gone') {
          const body = { resultId, dossierCode: row.dossierCode, reason: found, at, ...by }
          enqueue({ kind: 'resultReturned', lane: resultId, body })
        }
        audit('result.withdrawn', { resultId, compartment: row.compartment, found, ...by })
      })
    },
  }
}

function toRow(raw: RawResult): ResultRow {
  return { ...raw, phoneConfirmed: raw.phoneConfirmed === 1 }
}

/** The caller seals the notice, so it brings the message; it must tell of this very right and no other. */
function checkDraft(
  draft: OutboxDraft,
  resultId: string,
  rightId: string,
  compartment: number,
): void {
  const fits =
    draft.kind === 'resultStocked' &&
    draft.lane === resultId &&
    draft.body.resultId === resultId &&
    draft.body.rightId === rightId &&
    draft.body.compartment === compartment
  if (!fits) throw new StoreConflict('stock: the message tells of something else')
}
