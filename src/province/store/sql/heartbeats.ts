import { type AuditPoint, heartbeatSchema } from '../../../contract/province/heartbeat.ts'
import type { HeartbeatStore } from '../contract.ts'
import type { KioskAlarm, KnownEpoch } from '../records/kiosk-records.ts'
import { raiseAlarm } from './alarms.ts'
import type { Database } from './database.ts'
import { all, first, run } from './work.ts'

export function sqlHeartbeats(db: Database): HeartbeatStore {
  return {
    beat: (kioskId, heartbeat, at, judge) =>
      db.write(function* () {
        yield* first('SELECT 1 FROM kiosks WHERE kiosk_id = ? FOR UPDATE', kioskId)
        const epoch = yield* first<KnownEpoch>(
          `SELECT instance, slip_key_id AS "slipKeyId", slip_public_key AS "slipPublicKey"
           FROM epochs WHERE kiosk_id = ? AND epoch = ?`,
          kioskId,
          heartbeat.epoch,
        )
        const before = yield* first<AuditPoint>(
          'SELECT sequence, hash FROM audit_heads WHERE kiosk_id = ? AND epoch = ?',
          kioskId,
          heartbeat.epoch,
        )
        const { alarms, seen } = judge(kioskId, heartbeat, { epoch, seen: before })
        for (const alarm of alarms) yield* raiseAlarm(kioskId, alarm, at)
        yield* run(
          `INSERT INTO heartbeats (kiosk_id, received_at, content) VALUES (?, ?, ?)
           ON CONFLICT (kiosk_id) DO UPDATE SET received_at = excluded.received_at,
             content = excluded.content`,
          kioskId,
          at,
          JSON.stringify(heartbeat),
        )
        if (seen && seen.sequence !== before?.sequence) {
          yield* run(
            `INSERT INTO audit_heads (kiosk_id, epoch, sequence, hash, seen_at)
             VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (kiosk_id, epoch) DO UPDATE SET sequence = excluded.sequence,
               hash = excluded.hash, seen_at = excluded.seen_at`,
            kioskId,
            heartbeat.epoch,
            seen.sequence,
            seen.hash,
            at,
          )
        }
        return seen ?? null
      }),
    async newest() {
      const rows = await db.read(() =>
        all<{ kioskId: string; receivedAt: string; content: string }>(
          `SELECT kiosk_id AS "kioskId", received_at AS "receivedAt", content
           FROM heartbeats ORDER BY kiosk_id`,
        ),
      )
      return rows.flatMap(({ content, ...row }) => {
        // Of an older version, perhaps: the next one comes within a minute.
        const heartbeat = heartbeatSchema.safeParse(JSON.parse(content))
        return heartbeat.success ? [{ ...row, heartbeat: heartbeat.data }] : []
      })
    },
    alarms: () =>
      db.read(() =>
        all<KioskAlarm>(
          `SELECT id, kiosk_id AS "kioskId", kind, epoch, seen, told, first_at AS "firstAt",
             last_at AS "lastAt", times
           FROM kiosk_alarms WHERE settled_at IS NULL ORDER BY id`,
        ),
      ),
    settleAlarm: (id, user, at) =>
      db.write(function* () {
        const settled = yield* first<{ kioskId: string; epoch: number }>(
          `UPDATE kiosk_alarms SET settled_at = ?, settled_by = ?
           WHERE id = ? AND settled_at IS NULL RETURNING kiosk_id AS "kioskId", epoch`,
          at,
          user,
          id,
        )
        if (!settled) return undefined
        yield* run(
          'DELETE FROM audit_heads WHERE kiosk_id = ? AND epoch = ?',
          settled.kioskId,
          settled.epoch,
        )
        return settled.kioskId
      }),
  }
}
