import type { DossierStore, SealInput } from '../flows/store-port.ts'
import { compartmentFault } from './compartment-fault.ts'
import { dossierRows } from './dossier-rows.ts'
import { sealedPages } from './page-repository.ts'
import { changedOne, StoreConflict } from './store-conflict.ts'
import type { StoreContext } from './store-context.ts'

type Steps =
  | 'sealDossier'
  | 'recordDepositUnlock'
  | 'moveDossier'
  | 'depositDossier'
  | 'abandonDossier'
  | 'markDepositUnknown'

/** From the citizen's confirmation to the closed door. */
export function intakeRepository(
  context: StoreContext,
  takeBag: () => void,
): Pick<DossierStore, Steps> {
  const { db, transact, audit, enqueue } = context
  const rows = dossierRows(context)
  const pages = sealedPages(context)
  const now = () => context.clock.now().toISOString()
  const insert = db.prepare<[Record<string, string | number | null>]>(
    `INSERT INTO dossier (intake_id, state, bag_code, procedure_code, compartment, content_hash,
       sealed, sms_sealed, phone_confirmed, language, facts, applicant_id_hash, owner_id_hash,
       secret_hash, sealed_at, clock_synchronised, low_door)
     VALUES (@intakeId, 'sealed', @bagCode, @procedureCode, @compartment, @contentHash, @sealed,
       @smsSealed, @phoneConfirmed, @language, @facts, @applicantIdHash, @ownerIdHash, @secretHash,
       @at, @clockSynchronised, @lowDoor)`,
  )
  const isBagKnown = db
    .prepare<[string], number>('SELECT 1 FROM dossier WHERE bag_code = ? LIMIT 1')
    .pluck()
  const reserve = db.prepare<[string, number]>(
    `UPDATE compartment SET state = 'reserved', intake_id = ?
     WHERE number = ? AND state = 'empty' AND kind = 'drop' AND configured = 1`,
  )
  const unlock = db.prepare<[string]>(
    `UPDATE dossier SET unlock_sent = 1 WHERE intake_id = ? AND state = 'sealed'`,
  )
  const leave = db.prepare<[string, string | null, string]>(
    `UPDATE compartment SET state = ?, reason = ?, intake_id = NULL
     WHERE intake_id = ? AND state IN ('reserved', 'suspect', 'unknown')`,
  )
  const move = db.prepare<[number, string]>(
    `UPDATE dossier SET compartment = ?, unlock_sent = 0 WHERE intake_id = ? AND state = 'sealed'`,
  )
  const deposit = db.prepare<[string, string]>(
    `UPDATE dossier SET state = 'deposited', deposited_at = ?
     WHERE intake_id = ? AND state = 'sealed' AND unlock_sent = 1`,
  )
  const occupy = db.prepare<[string]>(
    `UPDATE compartment SET state = 'occupied', reason = NULL
     WHERE intake_id = ? AND state IN ('reserved', 'suspect', 'unknown')`,
  )
  const abandon = db.prepare<[string, string, string]>(
    `UPDATE dossier SET state = 'abandoned', reason = ?, compartment = NULL, ended_at = ?
     WHERE intake_id = ? AND state = 'sealed'`,
  )
  const lose = db.prepare<[string, string]>(
    `UPDATE dossier SET state = 'unknown', reason = ? WHERE intake_id = ? AND state = 'sealed'`,
  )
  const block = db.prepare<[string, string]>(
    `UPDATE compartment SET state = 'unknown', reason = ?
     WHERE intake_id = ? AND state IN ('reserved', 'suspect', 'unknown')`,
  )
  const read = (intakeId: string) => {
    const row = rows.dossier(intakeId)
    if (row === undefined || row.compartment === null) {
      throw new StoreConflict('no dossier in a compartment has that number')
    }
    return { ...row, compartment: row.compartment }
  }
  return {
    sealDossier(input: SealInput) {
      transact('commit:sealDossier', () => {
        const { pages: contentHashes, ...row } = input
        // A bag that came back from an abandoned deposit has left the stock already.
        if (isBagKnown.get(input.bagCode) === undefined) takeBag()
        insert.run({
          ...row,
          phoneConfirmed: Number(input.phoneConfirmed),
          clockSynchronised: Number(input.clockSynchronised),
          lowDoor: Number(input.lowDoor),
          facts: JSON.stringify(input.facts),
        })
        pages.moveInto(input.intakeId, contentHashes)
        changedOne(reserve.run(input.intakeId, input.compartment), 'reserve compartment')
        audit('dossier.sealed', {
          intakeId: input.intakeId,
          bagCode: input.bagCode,
          compartment: input.compartment,
          pages: contentHashes.length,
        })
      })
    },
    recordDepositUnlock(intakeId) {
      transact('commit:recordDepositUnlock', () => {
        changedOne(unlock.run(intakeId), 'unlock for a deposit')
        audit('dossier.unlock', { intakeId, compartment: read(intakeId).compartment })
      })
    },
    moveDossier(intakeId, compartment, reason) {
      transact('commit:moveDossier', () => {
        const from = read(intakeId).compartment
        changedOne(leave.run('suspect', reason, intakeId), 'leave compartment')
        changedOne(reserve.run(intakeId, compartment), 'reserve compartment')
        changedOne(move.run(compartment, intakeId), 'move dossier')
        enqueue(compartmentFault(from, 'suspect', reason, now()))
        audit('dossier.moved', { intakeId, from, to: compartment, reason })
      })
    },
    depositDossier(intakeId, at) {
      transact('commit:depositDossier', () => {
        changedOne(deposit.run(at, intakeId), 'deposit dossier')
        changedOne(occupy.run(intakeId), 'occupy compartment')
        const row = read(intakeId)
        enqueue({
          kind: 'dossierDeposited',
          lane: intakeId,
          body: {
            intakeId,
            bagCode: row.bagCode,
            procedureCode: row.procedureCode,
            compartment: row.compartment,
            depositedAt: at,
            clockSynchronised: row.clockSynchronised,
            phoneConfirmed: row.phoneConfirmed,
            contentHash: row.contentHash,
            sealed: row.sealed,
          },
        })
        audit('dossier.deposited', { intakeId, compartment: row.compartment })
      })
    },
    abandonDossier(intakeId, reason, compartmentTo) {
      transact('commit:abandonDossier', () => {
        const { compartment } = read(intakeId)
        const kept = compartmentTo === 'suspect' ? reason : null
        changedOne(leave.run(compartmentTo, kept, intakeId), 'leave compartment')
        changedOne(abandon.run(reason, now(), intakeId), 'abandon dossier')
        pages.forgetAll(intakeId)
        if (compartmentTo === 'suspect') {
          enqueue(compartmentFault(compartment, 'suspect', reason, now()))
        }
        audit('dossier.abandoned', { intakeId, compartment, compartmentTo, reason })
      })
    },
    markDepositUnknown(intakeId, reason, at) {
      transact('commit:markDepositUnknown', () => {
        const { compartment, sealed } = read(intakeId)
        changedOne(lose.run(reason, intakeId), 'lose sight of a deposit')
        changedOne(block.run(reason, intakeId), 'block compartment')
        enqueue({
          kind: 'dispute',
          lane: intakeId,
          body: { intakeId, compartment, reason, at, sealed },
        })
        audit('dossier.unknown', { intakeId, compartment, reason })
      })
    },
  }
}
