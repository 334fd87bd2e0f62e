import type { DossierStore } from '../flows/store-port.ts'
import { changedOne, StoreConflict } from './store-conflict.ts'
import type { StoreContext } from './store-context.ts'

interface SlipState {
  readonly smsSealed: string | null
  readonly smsQueued: number
  readonly slipSeen: number
}

/** Only what lies in the machine, or has lain in it, has a slip. */
const confirmed = `state IN ('deposited', 'slipped', 'collected', 'reconciled')`

export function slipRepository(
  context: StoreContext,
): Pick<DossierStore, 'recordSlipBegun' | 'recordSlipSeen' | 'queueSlipSms'> {
  const { db, transact, audit, enqueue } = context
  const begin = db
    .prepare<[string], number>(
      `UPDATE dossier SET slip_copies = slip_copies + 1
       WHERE intake_id = ? AND ${confirmed} RETURNING slip_copies`,
    )
    .pluck()
  const seen = db.prepare<[number, string, number, number]>(
    `UPDATE dossier SET slip_seen_copy = ?,
       state = CASE state WHEN 'deposited' THEN 'slipped' ELSE state END
     WHERE intake_id = ? AND ${confirmed} AND slip_copies >= ? AND slip_seen_copy < ?`,
  )
  const smsState = db.prepare<[string], SlipState>(
    `SELECT sms_sealed AS smsSealed, sms_queued AS smsQueued, slip_seen_copy AS slipSeen
     FROM dossier WHERE intake_id = ? AND ${confirmed}`,
  )
  const smsQueued = db.prepare<[string]>(
    'UPDATE dossier SET sms_queued = 1 WHERE intake_id = ? AND sms_queued = 0',
  )
  return {
    recordSlipBegun: (intakeId) =>
      transact('commit:recordSlipBegun', () => {
        const copy = begin.get(intakeId)
        if (copy === undefined) throw new StoreConflict('a slip for what is not deposited')
        audit('slip.begun', { intakeId, copy })
        return copy
      }),
    recordSlipSeen(intakeId, copy, at) {
      transact('commit:recordSlipSeen', () => {
        changedOne(seen.run(copy, intakeId, copy, copy), 'slip seen')
        enqueue({
          kind: 'slipPrinted',
          lane: intakeId,
          body: { intakeId, copy, printedAt: at },
        })
        audit('slip.seen', { intakeId, copy })
      })
    },
    queueSlipSms(intakeId) {
      const row = smsState.get(intakeId)
      if (row === undefined) throw new StoreConflict('an SMS for what is not deposited')
      const { smsSealed } = row
      if (smsSealed === null || row.smsQueued === 1 || row.slipSeen > 0) return false
      return transact('commit:queueSlipSms', () => {
        changedOne(smsQueued.run(intakeId), 'queue the SMS')
        enqueue({
          kind: 'notification',
          lane: intakeId,
          body: { intakeId, template: 'slipNotPrinted', sealed: smsSealed },
        })
        audit('slip.smsQueued', { intakeId })
        return true
      })
    },
  }
}
