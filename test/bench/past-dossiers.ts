import { randomUUID } from 'node:crypto'
import Sqlite from 'better-sqlite3'

const at = '2026-01-01T00:00:00Z'
const sealedCharacters = 2_000

/** Dossiers of the past and their acknowledged messages, as they lie in the tables; in one transaction. */
export function fillWithPast(path: string, dossiers: number): void {
  const db = new Sqlite(path)
  const sealed = 'c'.repeat(sealedCharacters)
  const dossier = db.prepare(
    `INSERT INTO dossier (intake_id, state, bag_code, procedure_code, content_hash, sealed,
       phone_confirmed, language, facts, sealed_at, clock_synchronised)
     VALUES (?, 'reconciled', ?, 'P', 'h', ?, 1, 'vi', '{}', '${at}', 1)`,
  )
  const message = db.prepare(
    `INSERT INTO outbox (key, epoch, lane, kind, payload, body_hash, state, attempts, created_at,
       receipt, acknowledged_at)
     SELECT ?, max(epoch), ?, ?, ?, 'h', 'acknowledged', 1, '${at}', '{}', '${at}' FROM epoch`,
  )
  db.transaction(() => {
    for (let number = 1; number <= dossiers; number += 1) {
      const intakeId = `K07-0-${String(number).padStart(6, '0')}-X`
      dossier.run(intakeId, `PAST-${number}`, sealed)
      message.run(randomUUID(), intakeId, 'dossierDeposited', `{"sealed":"${sealed}"}`)
      message.run(randomUUID(), intakeId, 'slipPrinted', '{}')
    }
    // Messages that were never counted make a database a damaged one.
    db.exec('UPDATE kiosk SET last_sequence = (SELECT max(sequence) FROM outbox)')
  })()
  db.close()
}
