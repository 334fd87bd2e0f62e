import type { DossierStore } from '../contract.ts'
import type { Dossier } from '../records.ts'
import { type Connection, inTransaction } from './connection.ts'
import { feedItemWriter } from './feed-items.ts'

type Row = Omit<Dossier, 'clockSynchronised' | 'phoneConfirmed'> & {
  readonly clockSynchronised: number
  readonly phoneConfirmed: number
}

const select = `SELECT d.intake_id AS intakeId, d.message_key AS messageKey, d.kiosk_id AS kioskId,
    k.unit_code AS unitCode, d.bag_code AS bagCode,
    (SELECT count(*) FROM dossiers other WHERE other.bag_code = d.bag_code) AS bagUses,
    d.procedure_code AS procedureCode, d.compartment, d.deposited_at AS depositedAt,
    d.clock_synchronised AS clockSynchronised, d.phone_confirmed AS phoneConfirmed,
    d.content_hash AS contentHash, d.sealed, d.received_at AS receivedAt,
    d.slip_printed_at AS slipPrintedAt, d.collected_at AS collectedAt,
    d.bag_missing_at AS bagMissingAt, d.disputed_at AS disputedAt, d.status,
    d.dossier_code AS dossierCode, d.accepted_at AS acceptedAt, d.accepted_by AS acceptedBy
  FROM dossiers d JOIN kiosks k USING (kiosk_id)`

const fromRow = (row: Row): Dossier => ({
  ...row,
  clockSynchronised: row.clockSynchronised === 1,
  phoneConfirmed: row.phoneConfirmed === 1,
})

export function sqliteDossiers(db: Connection): DossierStore {
  const publish = feedItemWriter(db)
  const list = db.prepare<[number, number], Row>(`${select} ORDER BY d.rowid DESC LIMIT ? OFFSET ?`)
  const count = db.prepare<[], number>('SELECT count(*) FROM dossiers').pluck()
  const find = db.prepare<[string], Row>(`${select} WHERE d.intake_id = ?`)
  const nextNumber = db
    .prepare<[string, string], number>(
      `INSERT INTO official_counters (unit_code, day, last) VALUES (?, ?, 1)
       ON CONFLICT (unit_code, day) DO UPDATE SET last = last + 1 RETURNING last`,
    )
    .pluck()
  const accept = db.prepare<[string, string, string, string]>(
    `UPDATE dossiers SET status = 2, dossier_code = ?, accepted_at = ?, accepted_by = ?
     WHERE intake_id = ?`,
  )

  return {
    async list(page) {
      return list.all(page.limit, page.offset).map(fromRow)
    },
    async count() {
      return Number(count.get())
    },
    async find(intakeId) {
      const row = find.get(intakeId)
      return row && fromRow(row)
    },
    async accept({ intakeId, user, at, day, codeOf }) {
      return inTransaction(db, () => {
        const dossier = find.get(intakeId)
        if (!dossier) return { outcome: 'unknownDossier' }
        if (dossier.dossierCode !== null) {
          return { outcome: 'alreadyAccepted', dossierCode: dossier.dossierCode }
        }
        const dossierCode = codeOf(dossier.unitCode, Number(nextNumber.get(dossier.unitCode, day)))
        accept.run(dossierCode, at, user, intakeId)
        publish('statuses', dossier.kioskId, { intakeId, dossierCode, status: 2, at }, at)
        return { outcome: 'accepted', dossierCode }
      })
    },
  }
}
