import type { ResultStore } from '../contract.ts'
import type { Result } from '../records.ts'
import { type Connection, inTransaction } from './connection.ts'
import { dossierStatusWriter } from './dossier-status.ts'
import { feedItemWriter } from './feed-items.ts'

type Row = Omit<Result, 'phoneConfirmed'> & { readonly phoneConfirmed: number }

const select = `SELECT result_id AS resultId, kiosk_id AS kioskId, intake_id AS intakeId,
    dossier_code AS dossierCode, procedure_code AS procedureCode, assurance,
    phone_confirmed AS phoneConfirmed, size, keep_days AS keepDays, sealed_phone AS sealedPhone,
    state, right_id AS rightId, last_day AS lastDay, announced_at AS announcedAt,
    announced_by AS announcedBy, stocked_at AS stockedAt, taken_at AS takenAt
  FROM results`

const fromRow = (row: Row): Result => ({ ...row, phoneConfirmed: row.phoneConfirmed === 1 })

export function sqliteResults(db: Connection): ResultStore {
  const publish = feedItemWriter(db)
  const setStatus = dossierStatusWriter(db)
  const list = db.prepare<[number], Row>(`${select} ORDER BY rowid DESC LIMIT ?`)
  const find = db.prepare<[string], Row>(`${select} WHERE result_id = ?`)
  const ofDossier = db.prepare<[string], Row>(
    `${select} WHERE dossier_code = ? ORDER BY rowid DESC`,
  )
  const kioskExists = db.prepare<[string], number>('SELECT 1 FROM kiosks WHERE kiosk_id = ?')
  const dossierByIntake = db
    .prepare<[string], string | null>('SELECT dossier_code FROM dossiers WHERE intake_id = ?')
    .pluck()
  const intakeByCode = db
    .prepare<[string], string>('SELECT intake_id FROM dossiers WHERE dossier_code = ?')
    .pluck()
  const active = db.prepare<[string], number>(
    `SELECT 1 FROM results WHERE dossier_code = ? AND state IN ('announced', 'stocked')`,
  )
  const add = db.prepare<
    [
      ...[string, string, string | null, string, string, string, number, string, number],
      ...[string | null, string, string],
    ]
  >(
    `INSERT INTO results (result_id, kiosk_id, intake_id, dossier_code, procedure_code, assurance,
       phone_confirmed, size, keep_days, sealed_phone, state, announced_at, announced_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'announced', ?, ?)`,
  )

  return {
    async list(limit) {
      return list.all(limit).map(fromRow)
    },
    async find(resultId) {
      const row = find.get(resultId)
      return row && fromRow(row)
    },
    async ofDossier(dossierCode) {
      return ofDossier.all(dossierCode).map(fromRow)
    },
    async announce({ item, kioskId, sealedPhone, user, at }) {
      return inTransaction(db, () => {
        if (!kioskExists.get(kioskId)) return 'unknownKiosk'
        // A result stands on an accepted dossier: the code must be the one that acceptance gave.
        if (item.intakeId && dossierByIntake.get(item.intakeId) !== item.dossierCode) {
          return 'notAccepted'
        }
        if (active.get(item.dossierCode)) return 'active'
        const intakeId = item.intakeId ?? intakeByCode.get(item.dossierCode) ?? null
        add.run(
          item.resultId,
          kioskId,
          intakeId,
          item.dossierCode,
          item.procedureCode,
          item.assurance,
          item.phoneConfirmed ? 1 : 0,
          item.size,
          item.keepDays,
          sealedPhone,
          at,
          user,
        )
        publish('results', kioskId, intakeId === null ? item : { ...item, intakeId }, at)
        if (intakeId !== null) setStatus(intakeId, 9, at)
        return 'announced'
      })
    },
    async revokeRight(resultId, at) {
      return inTransaction(db, () => {
        const result = find.get(resultId)
        if (!result?.rightId || result.state !== 'stocked') return 'noRight'
        publish('revocations', result.kioskId, { what: 'collectionRight', id: result.rightId }, at)
        return 'revoked'
      })
    },
  }
}
