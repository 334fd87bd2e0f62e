import type { ReceivedMessage } from '../records/message-records.ts'
import { setStatus } from './dossier-status.ts'
import { first, run, type Work } from './work.ts'

export type ApplyOutcome = 'applied' | 'dossierExists'

/**
 * What follows from a message, inside the transaction that stores it. A message about a dossier or result that
 * is not known here changes nothing: it stays durably held, and the web page shows it.
 */
export function* applyMessage(message: ReceivedMessage, receivedAt: string): Work<ApplyOutcome> {
  const { kioskId, key } = message
  switch (message.kind) {
    case 'dossierDeposited':
      return yield* addDossier(message, receivedAt)
    case 'slipPrinted':
      yield* mark('slip_printed_at', message.body.printedAt, message.body.intakeId, kioskId)
      return 'applied'
    case 'compartmentEmptied':
      yield* mark('collected_at', message.body.emptiedAt, message.body.intakeId, kioskId)
      return 'applied'
    case 'bagMissing':
      yield* mark('bag_missing_at', message.body.at, message.body.intakeId, kioskId)
      return 'applied'
    case 'dispute':
      yield* mark('disputed_at', message.body.at, message.body.intakeId, kioskId)
      return 'applied'
    case 'resultStocked': {
      const { rightId, lastDay, stockedAt, resultId } = message.body
      yield* run(
        `UPDATE results SET state = 'stocked', right_id = ?, last_day = ?, stocked_at = ?
         WHERE result_id = ? AND kiosk_id = ? AND state IN ('announced', 'stocked')`,
        rightId,
        lastDay,
        stockedAt,
        resultId,
        kioskId,
      )
      yield* addNotice(key)
      return 'applied'
    }
    case 'resultTaken': {
      const result = yield* first<{ intakeId: string | null; what: string }>(
        `UPDATE results SET state = 'taken', taken_at = ?
         WHERE result_id = ? AND kiosk_id = ? RETURNING intake_id AS "intakeId", what`,
        message.body.takenAt,
        message.body.resultId,
        kioskId,
      )
      if (result?.intakeId && result.what === 'result') {
        yield* setStatus(result.intakeId, 10, receivedAt)
      }
      return 'applied'
    }
    case 'resultExpired':
      yield* expire(message.body.resultId, kioskId)
      return 'applied'
    case 'resultReturned':
      yield* expire(message.body.resultId, kioskId)
      yield* addNotice(key)
      return 'applied'
    case 'resultReminder':
    case 'notification':
      yield* addNotice(key)
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

function* addDossier(
  { key, kioskId, body }: Extract<ReceivedMessage, { kind: 'dossierDeposited' }>,
  receivedAt: string,
): Work<ApplyOutcome> {
  const added = yield* run(
    `INSERT INTO dossiers (intake_id, message_key, kiosk_id, bag_code, procedure_code, compartment,
       deposited_at, clock_synchronised, phone_confirmed, content_hash, sealed, received_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (intake_id) DO NOTHING`,
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
  return added === 0 ? 'dossierExists' : 'applied'
}

type Mark = 'slip_printed_at' | 'collected_at' | 'bag_missing_at' | 'disputed_at'

/** The first time counts. */
function mark(column: Mark, at: string, intakeId: string, kioskId: string): Work<number> {
  return run(
    `UPDATE dossiers SET ${column} = coalesce(${column}, ?) WHERE intake_id = ? AND kiosk_id = ?`,
    at,
    intakeId,
    kioskId,
  )
}

function expire(resultId: string, kioskId: string): Work<number> {
  return run(
    `UPDATE results SET state = 'expired'
     WHERE result_id = ? AND kiosk_id = ? AND state = 'stocked'`,
    resultId,
    kioskId,
  )
}

function addNotice(key: string): Work<number> {
  return run(`INSERT INTO notices (message_key, state) VALUES (?, 'pending')`, key)
}
