import type { NewAlarm } from '../records/kiosk-records.ts'
import { run, type Work } from './work.ts'

/** Inside the caller's transaction. One that nobody has settled yet is raised again, not doubled. */
export function* raiseAlarm(kioskId: string, alarm: NewAlarm, at: string): Work<void> {
  yield* run(
    `INSERT INTO kiosk_alarms (kiosk_id, kind, epoch, seen, told, first_at, last_at, times)
     VALUES (?, ?, ?, ?, ?, ?, ?, 1)
     ON CONFLICT (kiosk_id, kind, epoch) WHERE settled_at IS NULL
     DO UPDATE SET seen = excluded.seen, told = excluded.told, last_at = excluded.last_at,
       times = kiosk_alarms.times + 1`,
    kioskId,
    alarm.kind,
    alarm.epoch,
    alarm.seen,
    alarm.told,
    at,
    at,
  )
}
