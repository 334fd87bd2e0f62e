import type { KioskStore } from '../contract.ts'
import type { Epoch, Kiosk } from '../records.ts'
import { type Connection, inTransaction } from './connection.ts'

const columns = `kiosk_id AS kioskId, unit_code AS unitCode, place, token_hash AS tokenHash,
  last_contact_at AS lastContactAt`

export function sqliteKiosks(db: Connection): KioskStore {
  const put = db.prepare<[string, string, string, string]>(
    `INSERT INTO kiosks (kiosk_id, unit_code, place, token_hash) VALUES (?, ?, ?, ?)
     ON CONFLICT (kiosk_id) DO UPDATE SET unit_code = excluded.unit_code, place = excluded.place,
       token_hash = excluded.token_hash`,
  )
  const find = db.prepare<[string], Kiosk>(`SELECT ${columns} FROM kiosks WHERE kiosk_id = ?`)
  const findByToken = db.prepare<[string], Kiosk>(
    `SELECT ${columns} FROM kiosks WHERE token_hash = ?`,
  )
  const list = db.prepare<[], Kiosk>(`SELECT ${columns} FROM kiosks ORDER BY kiosk_id`)
  const touch = db.prepare<[string, string]>(
    'UPDATE kiosks SET last_contact_at = ? WHERE kiosk_id = ?',
  )
  const findEpoch = db.prepare<
    [string, number],
    { instance: string; slipKeyId: string; slipPublicKey: string }
  >(
    `SELECT instance, slip_key_id AS slipKeyId, slip_public_key AS slipPublicKey
     FROM epochs WHERE kiosk_id = ? AND epoch = ?`,
  )
  const addEpoch = db.prepare<[string, number, string, string, string, string, string]>(
    `INSERT INTO epochs (kiosk_id, epoch, instance, started_at, slip_key_id, slip_public_key,
       registered_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const epochs = db.prepare<[string], Epoch>(
    `SELECT epoch, instance, slip_key_id AS slipKeyId, started_at AS startedAt,
       registered_at AS registeredAt
     FROM epochs WHERE kiosk_id = ? ORDER BY epoch`,
  )

  return {
    async put(kiosk) {
      put.run(kiosk.kioskId, kiosk.unitCode, kiosk.place, kiosk.tokenHash)
    },
    async find(kioskId) {
      return find.get(kioskId)
    },
    async findByTokenHash(tokenHash) {
      return findByToken.get(tokenHash)
    },
    async list() {
      return list.all()
    },
    async touch(kioskId, at) {
      touch.run(at, kioskId)
    },
    async registerEpoch(kioskId, registration, at) {
      return inTransaction(db, () => {
        const { epoch, instance, startedAt, slipKeyId, slipPublicKey } = registration
        const held = findEpoch.get(kioskId, epoch)
        if (!held) {
          addEpoch.run(kioskId, epoch, instance, startedAt, slipKeyId, slipPublicKey, at)
          return 'registered'
        }
        const same =
          held.instance === instance &&
          held.slipKeyId === slipKeyId &&
          held.slipPublicKey === slipPublicKey
        return same ? 'registered' : 'repeated'
      })
    },
    async epochs(kioskId) {
      return epochs.all(kioskId)
    },
  }
}
