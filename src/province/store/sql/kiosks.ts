import type { KioskStore } from '../contract.ts'
import type { Epoch, Kiosk } from '../records/kiosk-records.ts'
import { raiseAlarm } from './alarms.ts'
import type { Database } from './database.ts'
import { all, first, run } from './work.ts'

const select = `SELECT kiosk_id AS "kioskId", unit_code AS "unitCode", place,
    token_hash AS "tokenHash", last_contact_at AS "lastContactAt"
  FROM kiosks`

export function sqlKiosks(db: Database): KioskStore {
  return {
    async put({ kioskId, unitCode, place, tokenHash }) {
      await db.write(function* () {
        // Without a target: two processes that start at once may meet on either unique column.
        yield* run(
          `INSERT INTO kiosks (kiosk_id, unit_code, place, token_hash) VALUES (?, ?, ?, ?)
           ON CONFLICT DO NOTHING`,
          kioskId,
          unitCode,
          place,
          tokenHash,
        )
        yield* run(
          'UPDATE kiosks SET unit_code = ?, place = ?, token_hash = ? WHERE kiosk_id = ?',
          unitCode,
          place,
          tokenHash,
          kioskId,
        )
      })
    },
    find: (kioskId) => db.read(() => first<Kiosk>(`${select} WHERE kiosk_id = ?`, kioskId)),
    findByTokenHash: (tokenHash) =>
      db.read(() => first<Kiosk>(`${select} WHERE token_hash = ?`, tokenHash)),
    list: () => db.read(() => all<Kiosk>(`${select} ORDER BY kiosk_id`)),
    async touch(kioskId, at) {
      await db.write(() =>
        run('UPDATE kiosks SET last_contact_at = ? WHERE kiosk_id = ?', at, kioskId),
      )
    },
    registerEpoch: (kioskId, registration, at) =>
      db.write(function* () {
        const { epoch, instance, startedAt, slipKeyId, slipPublicKey } = registration
        yield* run(
          `INSERT INTO epochs (kiosk_id, epoch, instance, started_at, slip_key_id, slip_public_key,
             registered_at) VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (kiosk_id, epoch) DO NOTHING`,
          kioskId,
          epoch,
          instance,
          startedAt,
          slipKeyId,
          slipPublicKey,
          at,
        )
        const same = yield* first(
          `SELECT 1 FROM epochs WHERE kiosk_id = ? AND epoch = ? AND instance = ?
             AND slip_key_id = ? AND slip_public_key = ?`,
          kioskId,
          epoch,
          instance,
          slipKeyId,
          slipPublicKey,
        )
        if (same) return 'registered'
        const alarm = { kind: 'EPOCH_REPEATED', epoch, seen: null, told: null } as const
        yield* raiseAlarm(kioskId, alarm, at)
        return 'repeated'
      }),
    epochs: (kioskId) =>
      db.read(() =>
        all<Epoch>(
          `SELECT epoch, instance, slip_key_id AS "slipKeyId", slip_public_key AS "slipPublicKey",
             started_at AS "startedAt", registered_at AS "registeredAt"
           FROM epochs WHERE kiosk_id = ? ORDER BY epoch`,
          kioskId,
        ),
      ),
    beginPhoneCode: (kioskId, at, rule) =>
      db.write(function* () {
        // Whoever counts holds the kiosk's row: two requests at once count one after the other.
        yield* first('SELECT 1 FROM kiosks WHERE kiosk_id = ? FOR UPDATE', kioskId)
        yield* run(
          'DELETE FROM phone_code_requests WHERE kiosk_id = ? AND at <= ?',
          kioskId,
          rule.since,
        )
        const recent = yield* first<{ n: number }>(
          'SELECT count(*) AS n FROM phone_code_requests WHERE kiosk_id = ?',
          kioskId,
        )
        if ((recent?.n ?? 0) >= rule.max) return 'tooMany'
        yield* run('INSERT INTO phone_code_requests (kiosk_id, at) VALUES (?, ?)', kioskId, at)
        return 'allowed'
      }),
  }
}
