import type { ReceivedMessage } from '../records.ts'
import type { Connection } from './connection.ts'
import { dossierStatusWriter } from './dossier-status.ts'

export type ApplyOutcome = 'applied' | 'dossierExists'

/**
 * What follows from a message, inside the transaction that stores it. A message about a dossier or result that
 * is not known here changes nothing: it stays durably held, and the web page shows it.
 */
export function messageApplier(
  db: Connection,
): (message: ReceivedMessage, receivedAt: string) => ApplyOutcome {
  const setStatus = dossierStatusWriter(db)
  const dossierExists = db.prepare<[string], number>('SELECT 1 FROM dossiers WHERE intake_id = ?')
  const addDossier = db.prepare<
    [
      ...[string, string, string, string, string, number, string, number, number],
      ...[string, string, string],
    ]
  >(
    `INSERT INTO dossiers (intake_id, message_key, kiosk_id, bag_code, procedure_code, compartment,
       deposited_at, clock_synchronised, phone_confirmed, content_hash, sealed, received_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const markDossier = (column: string) =>
    db.prepare<[string, string, string]>(
      `UPDATE dossiers SET ${column} = coalesce(${column}, ?) WHERE intake_id = ? AND kiosk_id = ?`,
    )
  const slipPrinted = markDossier('slip_printed_at')
  const collected = markDossier('collected_at')
  const bagMissing = markDossier('bag_missing_at')
  const disputed = markDossier('disputed_at')
  const stocked = db.prepare<[string, string, string, string, string]>(
    `UPDATE results SET state = 'stocked', right_id = ?, last_day = ?, stocked_at = ?
     WHERE result_id = ? AND kiosk_id = ? AND state IN ('announced', 'stocked')`,
  )
  const taken = db.prepare<[string, string, string], { intakeId: string | null }>(
    `UPDATE results SET state = 'taken', taken_at = ?
     WHERE result_id = ? AND kiosk_id = ? RETURNING intake_id AS intakeId`,
  )
  const expired = db.prepare<[string, string]>(
    `UPDATE results SET state = 'expired'
     WHERE result_id = ? AND kiosk_id = ? AND state = 'stocked'`,
  )
  const addNotice = db.prepare<[string]>(
    `INSERT INTO notices (message_key, state) VALUES (?, 'pending')`,
  )

  return (message, receivedAt) => {
    const { kioskId, key } = message
    switch (message.kind) {
      case 'dossierDeposited': {
        const { body } = message
        if (dossierExists.get(body.intakeId)) return 'dossierExists'
        addDossier.run(
          body.intakeId,
          key,
          kioskId,
          body.bagCode,
          body.procedureCode,
          body.compartment,
          body.depositedAt,
          body.clockSynchronised ? 1 : 0,
          body.phoneConfirmed ? 1 : 0,
          body.contentHash,
          body.sealed,
          receivedAt,
        )
        return 'applied'
      }
      case 'slipPrinted':
        slipPrinted.run(message.body.printedAt, message.body.intakeId, kioskId)
        return 'applied'
      case 'compartmentEmptied':
        collected.run(message.body.emptiedAt, message.body.intakeId, kioskId)
        return 'applied'
      case 'bagMissing':
        bagMissing.run(message.body.at, message.body.intakeId, kioskId)
        return 'applied'
      case 'dispute':
        disputed.run(message.body.at, message.body.intakeId, kioskId)
        return 'applied'
      case 'resultStocked': {
        const { rightId, lastDay, stockedAt, resultId } = message.body
        stocked.run(rightId, lastDay, stockedAt, resultId, kioskId)
        addNotice.run(key)
        return 'applied'
      }
      case 'resultTaken': {
        const result = taken.get(message.body.takenAt, message.body.resultId, kioskId)
        if (result?.intakeId) setStatus(result.intakeId, 10, receivedAt)
        return 'applied'
      }
      case 'resultExpired':
        expired.run(message.body.resultId, kioskId)
        return 'applied'
      case 'resultReturned':
        expired.run(message.body.resultId, kioskId)
        addNotice.run(key)
        return 'applied'
      case 'resultReminder':
      case 'notification':
        addNotice.run(key)
        return 'applied'
      case 'bagSurplus':
      case 'handOver':
      case 'rating':
      case 'auditHead':
      case 'fault':
        return 'applied'
      default:
        return message satisfies never
    }
  }
}
