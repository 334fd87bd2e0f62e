import type { DeliveryState, OfficialSystem } from '../records/official-records.ts'
import { all, type Work } from './work.ts'

export function* officialSystems(): Work<readonly OfficialSystem[]> {
  const systems = yield* all<Omit<OfficialSystem, 'counts' | 'oldestAt'>>(
    `SELECT adapter, failures, paused_until AS "pausedUntil", problem, problem_at AS "problemAt",
       answered_at AS "answeredAt"
     FROM official_systems ORDER BY adapter`,
  )
  const counts = yield* all<{ adapter: string; state: DeliveryState; n: number }>(
    'SELECT adapter, state, count(*) AS n FROM official_deliveries GROUP BY adapter, state',
  )
  const oldest = yield* all<{ adapter: string; oldestAt: string }>(
    `SELECT o.adapter, min(d.accepted_at) AS "oldestAt"
     FROM official_deliveries o JOIN dossiers d ON d.intake_id = o.intake_id
     WHERE o.state <> 'delivered' GROUP BY o.adapter`,
  )
  return systems.map((system) => {
    const count = (state: DeliveryState) =>
      counts.find((row) => row.adapter === system.adapter && row.state === state)?.n ?? 0
    return {
      ...system,
      counts: {
        pending: count('pending'),
        sending: count('sending'),
        parked: count('parked'),
        delivered: count('delivered'),
      },
      oldestAt: oldest.find((row) => row.adapter === system.adapter)?.oldestAt ?? null,
    }
  })
}
