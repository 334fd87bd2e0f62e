import type { RightRow, RightStore } from '../flows/store-port.ts'
import { compartmentFault } from './compartment-fault.ts'
import type { rightRows } from './right-rows.ts'
import { changedOne, StoreConflict } from './store-conflict.ts'
import type { StoreContext } from './store-context.ts'

type Steps =
  | 'beginOpening'
  | 'recordOpened'
  | 'recordTaken'
  | 'recordNotTaken'
  | 'markCollectionUnknown'
  | 'expireRights'

/** From the pulse to the empty compartment. */
export function collectionRepository(
  context: StoreContext,
  rows: ReturnType<typeof rightRows>,
): Pick<RightStore, Steps> {
  const { db, transact, audit, enqueue } = context
  const begin = db.prepare<[string]>(
    `UPDATE collection_right SET door = 'opening'
     WHERE right_id = ? AND state = 'valid' AND door IN ('closed', 'opening')`,
  )
  const opened = db.prepare<[string]>(
    `UPDATE collection_right SET door = 'opened'
     WHERE right_id = ? AND door IN ('opening', 'opened')`,
  )
  // A revocation that came while the door was open has come too late: what was taken is taken.
  const end = db.prepare<[string, string]>(
    `UPDATE collection_right SET door = 'closed', state = coalesce(nullif(?, ''), state)
     WHERE right_id = ? AND state IN ('valid', 'revoked') AND door IN ('opening', 'opened')`,
  )
  const unlockCompartment = db.prepare<[number, string]>(
    `UPDATE compartment SET state = 'opening', reason = NULL
     WHERE number = ? AND result_id = ? AND state IN ('stocked', 'opening')`,
  )
  // A door that stood open for too long was marked meanwhile; what the sensors say now counts.
  const settleCompartment = db.prepare<[string, string | null, number, string]>(
    `UPDATE compartment SET state = ?, reason = ?
     WHERE number = ? AND result_id = ? AND state IN ('opening', 'opened', 'suspect', 'unknown')`,
  )
  const leaveCompartment = db.prepare<[string, string | null, number, string]>(
    `UPDATE compartment SET state = ?, reason = ?, result_id = NULL
     WHERE number = ? AND result_id = ? AND state IN ('opening', 'opened', 'suspect', 'unknown')`,
  )
  const setResult = db.prepare<[string, string], { dossierCode: string }>(
    `UPDATE result SET state = ? WHERE result_id = ? AND state IN ('stocked', 'expired')
     RETURNING dossier_code AS dossierCode`,
  )
  const expireCompartment = db.prepare<[number, string]>(
    `UPDATE compartment SET state = 'expired'
     WHERE number = ? AND result_id = ? AND state = 'stocked'`,
  )
  const expire = db.prepare<[string]>(
    `UPDATE collection_right SET state = 'expired'
     WHERE right_id = ? AND state = 'valid' AND door = 'closed'`,
  )
  const newOpening = db.prepare<[string, string]>(
    'INSERT INTO opening (right_id, begun_at) VALUES (?, ?)',
  )
  const seenOpen = db.prepare<[string, string]>(
    'UPDATE opening SET opened_at = ? WHERE right_id = ? AND outcome IS NULL',
  )
  const endOpening = db.prepare<[string, string]>(
    'UPDATE opening SET outcome = ? WHERE right_id = ? AND outcome IS NULL',
  )
  const read = (rightId: string): RightRow => {
    const row = rows.rightById(rightId)
    if (row === undefined) throw new StoreConflict('no such right')
    return row
  }
  const settle = (right: RightRow, state: string, reason: string | null = null) =>
    changedOne(
      settleCompartment.run(state, reason, right.compartment, right.resultId),
      `compartment to ${state}`,
    )
  const dossierCodeOf = (resultId: string, state: string): string => {
    const row = setResult.get(state, resultId)
    if (row === undefined) throw new StoreConflict('the result does not lie here')
    return row.dossierCode
  }
  return {
    beginOpening(rightId, at) {
      transact('commit:beginOpening', () => {
        const right = read(rightId)
        changedOne(begin.run(rightId), 'begin opening')
        changedOne(unlockCompartment.run(right.compartment, right.resultId), 'open compartment')
        endOpening.run('repeated', rightId)
        newOpening.run(rightId, at)
        audit('collection.unlock', { rightId, compartment: right.compartment })
      })
    },
    recordOpened(rightId, at) {
      transact('commit:recordOpened', () => {
        const right = read(rightId)
        changedOne(opened.run(rightId), 'door opened')
        settle(right, 'opened')
        changedOne(seenOpen.run(at, rightId), 'opening seen')
        audit('collection.opened', { rightId, compartment: right.compartment })
      })
    },
    recordTaken(rightId, at, compartmentTo) {
      transact('commit:recordTaken', () => {
        const right = read(rightId)
        changedOne(end.run('consumed', rightId), 'consume right')
        const dossierCode = dossierCodeOf(right.resultId, 'taken')
        const reason = compartmentTo === 'suspect' ? 'DOOR_LEFT_OPEN' : null
        changedOne(
          leaveCompartment.run(compartmentTo, reason, right.compartment, right.resultId),
          'leave compartment',
        )
        changedOne(endOpening.run('taken', rightId), 'end opening')
        enqueue({
          kind: 'resultTaken',
          lane: right.resultId,
          body: { resultId: right.resultId, dossierCode, rightId, takenAt: at },
        })
        if (reason !== null) {
          enqueue(compartmentFault(right.compartment, 'suspect', reason, at))
        }
        audit('collection.taken', { rightId, compartment: right.compartment, compartmentTo })
      })
    },
    recordNotTaken(rightId) {
      transact('commit:recordNotTaken', () => {
        const right = read(rightId)
        changedOne(end.run('', rightId), 'not taken')
        settle(right, right.state === 'valid' ? 'stocked' : 'expired')
        changedOne(endOpening.run('notTaken', rightId), 'end opening')
        audit('collection.notTaken', { rightId, compartment: right.compartment })
      })
    },
    markCollectionUnknown(rightId, reason, at) {
      transact('commit:markCollectionUnknown', () => {
        const right = read(rightId)
        changedOne(end.run('locked', rightId), 'lock right')
        settle(right, 'unknown', reason)
        changedOne(endOpening.run('unknown', rightId), 'end opening')
        enqueue({
          kind: 'fault',
          lane: right.resultId,
          body: { device: `compartment-${right.compartment}`, reason, state: 'unknown', at },
        })
        audit('collection.unknown', { rightId, compartment: right.compartment, reason })
      })
    },
    expireRights(now) {
      const due = rows.overdue()
      if (due.length === 0) return []
      return transact('commit:expireRights', () =>
        due.map((right) => {
          changedOne(expire.run(right.rightId), 'expire right')
          const { resultId, rightId } = right
          const dossierCode = dossierCodeOf(resultId, 'expired')
          // A suspect compartment keeps its word: it is out of service either way.
          expireCompartment.run(right.compartment, resultId)
          enqueue({
            kind: 'resultExpired',
            lane: resultId,
            body: { resultId, dossierCode, rightId, at: now },
          })
          audit('collection.expired', { rightId, compartment: right.compartment })
          return { ...right, state: 'expired' as const }
        }),
      )
    },
  }
}
