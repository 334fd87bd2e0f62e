import type { DossierStore } from '../contract.ts'
import {
  type AcceptOutcome,
  type Dossier,
  type DossierEnd,
  dossierEndStatus,
} from '../records/dossier-records.ts'
import type { Database } from './database.ts'
import { endDossier } from './end-dossier.ts'
import { publish } from './feed-items.ts'
import { all, first, run, type Work } from './work.ts'

type Row = Omit<Dossier, 'clockSynchronised' | 'phoneConfirmed' | 'end'> & {
  readonly clockSynchronised: number
  readonly phoneConfirmed: number
  readonly endHow: DossierEnd['how'] | null
  readonly endAt: string | null
  readonly endBy: string | null
}

const select = `SELECT d.intake_id AS "intakeId", d.message_key AS "messageKey",
    d.kiosk_id AS "kioskId", k.unit_code AS "unitCode", d.bag_code AS "bagCode",
    (SELECT count(*) FROM dossiers other WHERE other.bag_code = d.bag_code) AS "bagUses",
    d.procedure_code AS "procedureCode", d.compartment, d.deposited_at AS "depositedAt",
    d.clock_synchronised AS "clockSynchronised", d.phone_confirmed AS "phoneConfirmed",
    d.content_hash AS "contentHash", d.sealed, d.received_at AS "receivedAt",
    d.slip_printed_at AS "slipPrintedAt", d.collected_at AS "collectedAt",
    d.bag_missing_at AS "bagMissingAt", d.disputed_at AS "disputedAt", d.status,
    e.how AS "endHow", e.ended_at AS "endAt", e.ended_by AS "endBy",
    (SELECT erased_at FROM erasures x WHERE x.intake_id = d.intake_id) AS "erasedAt",
    d.dossier_code AS "dossierCode", d.accepted_at AS "acceptedAt", d.accepted_by AS "acceptedBy"
  FROM dossiers d JOIN kiosks k ON k.kiosk_id = d.kiosk_id
    LEFT JOIN dossier_ends e ON e.intake_id = d.intake_id`

function fromRow({ endHow, endAt, endBy, ...row }: Row): Dossier {
  const end = endHow && endAt && endBy ? { how: endHow, at: endAt, by: endBy } : null
  return {
    ...row,
    status: end ? dossierEndStatus[end.how] : row.status,
    end,
    clockSynchronised: row.clockSynchronised === 1,
    phoneConfirmed: row.phoneConfirmed === 1,
  }
}

export function sqlDossiers(db: Database): DossierStore {
  return {
    async list(page) {
      const rows = await db.read(() =>
        all<Row>(`${select} ORDER BY d.rowid DESC LIMIT ? OFFSET ?`, page.limit, page.offset),
      )
      return rows.map(fromRow)
    },
    async count() {
      const row = await db.read(() => first<{ n: number }>('SELECT count(*) AS n FROM dossiers'))
      return row?.n ?? 0
    },
    async find(intakeId) {
      const row = await db.read(() => first<Row>(`${select} WHERE d.intake_id = ?`, intakeId))
      return row && fromRow(row)
    },
    accept: (acceptance) => db.write(() => accept(acceptance)),
    end: (end) => db.write(() => endDossier(end)),
  }
}

function* accept(acceptance: Parameters<DossierStore['accept']>[0]): Work<AcceptOutcome> {
  const { intakeId, user, at, day, codeOf } = acceptance
  const dossier = yield* first<{ kioskId: string; dossierCode: string | null }>(
    `SELECT kiosk_id AS "kioskId", dossier_code AS "dossierCode"
     FROM dossiers WHERE intake_id = ? FOR UPDATE`,
    intakeId,
  )
  if (!dossier) return { outcome: 'unknownDossier' }
  if (dossier.dossierCode !== null) {
    return { outcome: 'alreadyAccepted', dossierCode: dossier.dossierCode }
  }
  if (yield* first('SELECT 1 FROM dossier_ends WHERE intake_id = ?', intakeId)) {
    return { outcome: 'alreadyEnded' }
  }
  const number = yield* first<{ unitCode: string; last: number }>(
    `INSERT INTO official_counters (unit_code, day, last)
     SELECT unit_code, ?, 1 FROM kiosks WHERE kiosk_id = ?
     ON CONFLICT (unit_code, day) DO UPDATE SET last = official_counters.last + 1
     RETURNING unit_code AS "unitCode", last`,
    day,
    dossier.kioskId,
  )
  if (!number) throw new Error(`kiosk ${dossier.kioskId} is gone`)
  const dossierCode = codeOf(number.unitCode, number.last)
  yield* run(
    `UPDATE dossiers SET status = 2, dossier_code = ?, accepted_at = ?, accepted_by = ?
     WHERE intake_id = ?`,
    dossierCode,
    at,
    user,
    intakeId,
  )
  yield* publish('statuses', dossier.kioskId, { intakeId, dossierCode, status: 2, at }, at)
  return { outcome: 'accepted', dossierCode }
}
