import type { ResultStore } from '../contract.ts'
import type { NewResult, Result } from '../records/result-records.ts'
import type { Database } from './database.ts'
import { setStatus } from './dossier-status.ts'
import { publish } from './feed-items.ts'
import { addSms } from './sms.ts'
import { all, first, lock, run, type Work } from './work.ts'

type Row = Omit<Result, 'phoneConfirmed'> & { readonly phoneConfirmed: number }

const select = `SELECT result_id AS "resultId", kiosk_id AS "kioskId", intake_id AS "intakeId",
    dossier_code AS "dossierCode", what, procedure_code AS "procedureCode", assurance,
    phone_confirmed AS "phoneConfirmed", size, keep_days AS "keepDays",
    sealed_phone AS "sealedPhone", state, right_id AS "rightId", last_day AS "lastDay",
    announced_at AS "announcedAt", announced_by AS "announcedBy", stocked_at AS "stockedAt",
    taken_at AS "takenAt"
  FROM results`

const fromRow = (row: Row): Result => ({ ...row, phoneConfirmed: row.phoneConfirmed === 1 })

export function sqlResults(db: Database): ResultStore {
  const rows = async (text: string, value: string | number) =>
    (await db.read(() => all<Row>(`${select} ${text}`, value))).map(fromRow)
  return {
    list: (limit) => rows('ORDER BY rowid DESC LIMIT ?', limit),
    find: async (resultId) => (await rows('WHERE result_id = ?', resultId))[0],
    ofDossier: (code) => rows('WHERE dossier_code = ? ORDER BY rowid DESC', code),
    announce: (result) => db.write(() => announce(result)),
    revokeRight: (resultId, at) =>
      db.write(function* () {
        const result = yield* first<Row>(`${select} WHERE result_id = ? FOR UPDATE`, resultId)
        if (!result?.rightId || result.state !== 'stocked') return 'noRight'
        const revocation = { what: 'collectionRight', id: result.rightId } as const
        yield* publish('revocations', result.kioskId, revocation, at)
        return 'revoked'
      }),
    resendCode: (resend) => db.write(() => resendCode(resend)),
  }
}

function* resendCode({
  resultId,
  user,
  at,
  since,
  limit,
}: Parameters<ResultStore['resendCode']>[0]): Work<'resent' | 'noCode' | 'tooMany'> {
  // Two who press at once are counted one after the other.
  const result = yield* first<Row>(`${select} WHERE result_id = ? FOR UPDATE`, resultId)
  if (result?.state !== 'stocked') return 'noCode'
  const sent = yield* first<{ sealed: string }>(
    `SELECT s.sealed FROM notices n
     JOIN messages m ON m.key = n.message_key JOIN sms s ON s.id = n.sms_id
     WHERE m.kind = 'resultStocked' AND m.kiosk_id = ? AND m.lane = ? ORDER BY m.id DESC LIMIT 1`,
    result.kioskId,
    resultId,
  )
  if (!sent) return 'noCode'
  const times = yield* first<{ count: number | string }>(
    `SELECT count(*) AS count FROM access_log
     WHERE action = 'resendCode' AND subject = ? AND at > ?`,
    resultId,
    since,
  )
  if (Number(times?.count ?? 0) >= limit) return 'tooMany'
  yield* run(
    'INSERT INTO access_log (at, "user", action, subject) VALUES (?, ?, ?, ?)',
    at,
    user,
    'resendCode',
    resultId,
  )
  yield* addSms({ at, kioskId: result.kioskId, purpose: 'collection', sealed: sent.sealed })
  return 'resent'
}

type AnnounceOutcome = Awaited<ReturnType<ResultStore['announce']>>

function* announce({ item, kioskId, sealedPhone, user, at }: NewResult): Work<AnnounceOutcome> {
  yield* lock(`result of ${item.dossierCode}`)
  if (!(yield* first('SELECT 1 FROM kiosks WHERE kiosk_id = ?', kioskId))) return 'unknownKiosk'
  const what = item.what ?? 'result'
  // A dossier that was never accepted has no code but its own number.
  const dossier = yield* first<{
    intakeId: string
    dossierCode: string | null
    end: string | null
  }>(
    `SELECT d.intake_id AS "intakeId", d.dossier_code AS "dossierCode", e.how AS "end"
     FROM dossiers d LEFT JOIN dossier_ends e ON e.intake_id = d.intake_id
     WHERE d.dossier_code = ? OR d.intake_id = ?`,
    item.dossierCode,
    item.dossierCode,
  )
  if (item.intakeId && dossier?.intakeId !== item.intakeId) return 'notAccepted'
  if (what === 'papers' && !dossier?.end) return 'notEnded'
  // A result stands on an accepted dossier: the code must be the one that acceptance gave.
  if (what === 'result' && dossier && (dossier.end !== null || dossier.dossierCode === null)) {
    return 'notAccepted'
  }
  const active = yield* first(
    `SELECT 1 FROM results WHERE dossier_code = ? AND state IN ('announced', 'stocked')`,
    item.dossierCode,
  )
  if (active) return 'active'
  const intakeId = dossier?.intakeId ?? null
  yield* run(
    `INSERT INTO results (result_id, kiosk_id, intake_id, dossier_code, what, procedure_code, assurance,
       phone_confirmed, size, keep_days, sealed_phone, state, announced_at, announced_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'announced', ?, ?)`,
    item.resultId,
    kioskId,
    intakeId,
    item.dossierCode,
    what,
    item.procedureCode,
    item.assurance,
    item.phoneConfirmed ? 1 : 0,
    item.size,
    item.keepDays,
    sealedPhone,
    at,
    user,
  )
  if (intakeId !== null && what === 'result') yield* setStatus(intakeId, 9, at)
  yield* publish('results', kioskId, intakeId === null ? item : { ...item, intakeId }, at)
  return 'announced'
}
