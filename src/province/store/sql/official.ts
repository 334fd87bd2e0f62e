import type { OfficialStore } from '../contract.ts'
import type {
  ClaimedDelivery,
  DeliveryEnd,
  DeliveryNote,
  OfficialDelivery,
} from '../records/official-records.ts'
import type { Database } from './database.ts'
import { enlist } from './enlist.ts'
import { officialSystems } from './official-systems.ts'
import { all, first, lock, run, type Work } from './work.ts'

const select = `SELECT o.adapter, o.intake_id AS "intakeId", d.dossier_code AS "dossierCode", o.state,
    o.attempts, o.next_try_at AS "nextTryAt", o.memory, o.official_code AS "officialCode", o.problem,
    o.sealed_answer AS "sealedAnswer", o.changed_at AS "changedAt", d.accepted_at AS "acceptedAt"
  FROM official_deliveries o JOIN dossiers d ON d.intake_id = o.intake_id`

export function sqlOfficial(db: Database): OfficialStore {
  return {
    enlist: (adapter, acceptedFrom, at) => db.write(() => enlist(adapter, acceptedFrom, at)),
    claim: (adapter, at, claim, until) => db.write(() => claimNext(adapter, at, claim, until)),
    note: (claimed, note, at, until) => db.write(() => takeNote(claimed, note, at, until)),
    settle: (claimed, end, at) => db.write(() => settle(claimed, end, at)),
    pause: (claimed, problem, at, until) =>
      db.write(function* () {
        yield* run(
          `UPDATE official_systems SET failures = failures + 1, paused_until = ?, problem = ?,
             problem_at = ? WHERE adapter = ?`,
          until,
          problem,
          at,
          claimed.adapter,
        )
        if (!(yield* holds(claimed))) return
        yield* run(
          `UPDATE official_deliveries SET state = 'pending', attempts = attempts - 1, claim = NULL,
             claimed_until = NULL WHERE adapter = ? AND intake_id = ?`,
          claimed.adapter,
          claimed.intakeId,
        )
      }),
    async answers(adapter, at) {
      await db.write(() =>
        run(
          `UPDATE official_systems SET failures = 0, paused_until = NULL, problem = NULL,
             problem_at = NULL, answered_at = ? WHERE adapter = ?`,
          at,
          adapter,
        ),
      )
    },
    release: (adapter, intakeId, memory, at) =>
      db.write(function* () {
        const released = yield* run(
          `UPDATE official_deliveries SET state = 'pending', attempts = 0, next_try_at = ?,
             problem = NULL, sealed_answer = NULL, memory = coalesce(?, memory), changed_at = ?
           WHERE adapter = ? AND intake_id = ? AND state = 'parked'`,
          at,
          memory ?? null,
          at,
          adapter,
          intakeId,
        )
        return released === 0 ? 'notParked' : 'released'
      }),
    find: (adapter, intakeId) =>
      db.read(() =>
        first<OfficialDelivery>(
          `${select} WHERE o.adapter = ? AND o.intake_id = ?`,
          adapter,
          intakeId,
        ),
      ),
    ofDossier: (intakeId) =>
      db.read(() =>
        all<OfficialDelivery>(`${select} WHERE o.intake_id = ? ORDER BY o.adapter`, intakeId),
      ),
    unfinished: (limit) =>
      db.read(() =>
        all<OfficialDelivery>(
          `${select} WHERE o.state <> 'delivered'
           ORDER BY CASE o.state WHEN 'parked' THEN 0 ELSE 1 END, d.accepted_at LIMIT ?`,
          limit,
        ),
      ),
    systems: () => db.read(officialSystems),
  }
}

function* claimNext(
  adapter: string,
  at: string,
  claim: string,
  until: string,
): Work<ClaimedDelivery | undefined> {
  yield* lock(`official ${adapter}`)
  const due = yield* first<OfficialDelivery>(
    `${select} JOIN official_systems s ON s.adapter = o.adapter
     WHERE o.adapter = ? AND o.state IN ('pending', 'sending') AND o.next_try_at <= ?
       AND (o.claimed_until IS NULL OR o.claimed_until <= ?)
       AND (s.paused_until IS NULL OR s.paused_until <= ?)
     ORDER BY o.next_try_at, o.intake_id LIMIT 1`,
    adapter,
    at,
    at,
    at,
  )
  if (!due) return undefined
  yield* run(
    `UPDATE official_deliveries SET state = 'sending', attempts = attempts + 1, claim = ?,
       claimed_until = ?, changed_at = ? WHERE adapter = ? AND intake_id = ?`,
    claim,
    until,
    at,
    adapter,
    due.intakeId,
  )
  const steps = yield* all<ClaimedDelivery['steps'][number]>(
    `SELECT cursor, status, at, delivered_at AS "deliveredAt" FROM official_steps
     WHERE adapter = ? AND intake_id = ? ORDER BY cursor`,
    adapter,
    due.intakeId,
  )
  return { ...due, state: 'sending', attempts: due.attempts + 1, changedAt: at, claim, steps }
}

function* takeNote(
  claimed: ClaimedDelivery,
  { memory, officialCode, deliveredCursors = [] }: DeliveryNote,
  at: string,
  until: string,
): Work<'noted' | 'lost'> {
  if (!(yield* holds(claimed))) return 'lost'
  const { adapter, intakeId } = claimed
  yield* run(
    `UPDATE official_deliveries SET memory = coalesce(?, memory),
       official_code = coalesce(?, official_code), claimed_until = ?, changed_at = ?
     WHERE adapter = ? AND intake_id = ?`,
    memory ?? null,
    officialCode ?? null,
    until,
    at,
    adapter,
    intakeId,
  )
  for (const cursor of deliveredCursors) {
    yield* run(
      'UPDATE official_steps SET delivered_at = ? WHERE adapter = ? AND cursor = ?',
      at,
      adapter,
      cursor,
    )
  }
  return 'noted'
}

function* settle(claimed: ClaimedDelivery, end: DeliveryEnd, at: string): Work<'settled' | 'lost'> {
  if (!(yield* holds(claimed))) return 'lost'
  const { adapter, intakeId } = claimed
  const waiting = yield* first(
    `SELECT 1 FROM official_steps WHERE adapter = ? AND intake_id = ? AND delivered_at IS NULL
     LIMIT 1`,
    adapter,
    intakeId,
  )
  const isDone = end.outcome === 'delivered'
  yield* run(
    `UPDATE official_deliveries SET state = ?, next_try_at = ?, problem = ?, sealed_answer = ?,
       attempts = ?, claim = NULL, claimed_until = NULL, changed_at = ?
     WHERE adapter = ? AND intake_id = ?`,
    end.outcome === 'parked' ? 'parked' : isDone && !waiting ? 'delivered' : 'pending',
    end.outcome === 'later' ? end.nextTryAt : at,
    isDone ? null : end.problem,
    end.outcome === 'parked' ? end.sealedAnswer : null,
    isDone ? 0 : claimed.attempts,
    at,
    adapter,
    intakeId,
  )
  return 'settled'
}

function* holds({ adapter, intakeId, claim }: ClaimedDelivery): Work<boolean> {
  const row = yield* first<{ claim: string | null }>(
    'SELECT claim FROM official_deliveries WHERE adapter = ? AND intake_id = ? FOR UPDATE',
    adapter,
    intakeId,
  )
  return row?.claim === claim
}
