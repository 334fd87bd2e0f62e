import type { StoreContext } from '../store-context.ts'
import type { Restoration } from './restoration.ts'
import { restoredReason, wasTouched } from './restoration.ts'
import { restoreDeposits } from './restore-deposits.ts'

interface Compartment {
  readonly number: number
  readonly state: string
  readonly intakeId: string | null
  readonly resultId: string | null
  readonly dossierState: string | null
  readonly sealed: string | null
}

/**
 * What an older database cannot know, in one transaction: a new epoch; the dossiers that only the journal still has;
 * and every compartment that was used since is `unknown`, its right locked, until a sensor or a person settles it.
 * A compartment that was not used since is as it was.
 */
export function restoreRows(context: StoreContext, restoration: Restoration): void {
  const { db, transact, clock, audit, enqueue } = context
  const at = clock.now().toISOString()
  transact('commit:restoreStore', () => {
    const putEpoch = db.prepare<[number, string, string]>(
      `INSERT INTO epoch (epoch, instance, started_at) VALUES (?, ?, ?)
       ON CONFLICT DO NOTHING`,
    )
    for (const one of restoration.epochs) putEpoch.run(one.epoch, one.instance, one.startedAt)
    const claimed = restoreDeposits(context, restoration.journal)
    const blocked = blockTouched(context, restoration, claimed)
    const epoch = restoration.epochs.at(-1)?.epoch ?? 0
    const { damage, source, setAside, mark, sourceSequence } = restoration
    db.prepare(
      `INSERT INTO restoration (at, damage, source, set_aside, epoch, superseded_sequence,
         superseded_hash) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ).run(at, damage, source, setAside, epoch, mark?.sequence ?? null, mark?.hash ?? null)
    audit('store.restored', {
      ...{ damage, source, setAside, epoch, sourceSequence, blocked },
      lostSequence: mark?.sequence ?? null,
      journal: restoration.journal.length,
    })
    enqueue({
      kind: 'fault',
      lane: 'kiosk',
      body: { device: 'database', reason: restoredReason, state: 'needsAttendant', at },
    })
  })
}

/** @returns how many compartments wait for a sensor or a person */
function blockTouched(
  { db, clock, audit, enqueue }: StoreContext,
  restoration: Restoration,
  claimed: ReadonlySet<number>,
): number {
  const at = clock.now().toISOString()
  const rows = db
    .prepare<[], Compartment>(
      `SELECT number, compartment.state, intake_id AS intakeId, result_id AS resultId,
         dossier.state AS dossierState, sealed
       FROM compartment LEFT JOIN dossier USING (intake_id) WHERE configured = 1`,
    )
    .all()
  const block = db.prepare<[string, number]>(
    `UPDATE compartment SET state = 'unknown', reason = ?, state_before_emptying = NULL
     WHERE number = ?`,
  )
  const lose = db.prepare<[string, string]>(
    `UPDATE dossier SET state = 'unknown', reason = ? WHERE intake_id = ? AND state = 'sealed'`,
  )
  const unassign = db.prepare<[string]>(
    `UPDATE result SET state = 'announced', compartment = NULL
     WHERE result_id = ? AND state = 'assigned'`,
  )
  const letGo = db.prepare<[number]>('UPDATE compartment SET result_id = NULL WHERE number = ?')
  const lock = db.prepare<[string]>(
    `UPDATE collection_right SET door = 'closed',
       state = CASE state WHEN 'valid' THEN 'locked' ELSE state END WHERE result_id = ?`,
  )
  const endOpenings = db.prepare<[string]>(
    `UPDATE opening SET outcome = 'unknown' WHERE outcome IS NULL AND right_id IN
       (SELECT right_id FROM collection_right WHERE result_id = ?)`,
  )
  let blocked = 0
  for (const row of rows) {
    if (!claimed.has(row.number) && !wasTouched(restoration, row.number)) continue
    blocked += 1
    block.run(restoredReason, row.number)
    if (row.dossierState === 'sealed' && row.intakeId !== null) {
      // It may have been deposited, given up or lost sight of since.
      lose.run(restoredReason, row.intakeId)
      const { intakeId, number: compartment, sealed } = row
      const body = { intakeId, compartment, reason: restoredReason, at, sealed: sealed ?? '' }
      enqueue({ kind: 'dispute', lane: intakeId, body })
    }
    if (row.resultId !== null) {
      endOpenings.run(row.resultId)
      lock.run(row.resultId)
      if (unassign.run(row.resultId).changes > 0) letGo.run(row.number)
    }
    audit('compartment.marked', {
      ...{ compartment: row.number, from: row.state, to: 'unknown', reason: restoredReason },
    })
  }
  return blocked
}
