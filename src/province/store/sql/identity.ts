import type { IdentityStore } from '../contract.ts'
import type { Identity } from '../records/kiosk-records.ts'
import type { Database } from './database.ts'
import { first, run, type Work } from './work.ts'

export function sqlIdentity(db: Database): IdentityStore {
  const find = (): Work<Identity | undefined> =>
    first<Identity>(
      `SELECT province_id AS "provinceId", key_id AS "keyId", age_recipient AS "ageRecipient"
       FROM identity`,
    )
  return {
    find: () => db.read(find),
    claim: ({ provinceId, keyId, ageRecipient }, at) =>
      db.write(function* () {
        yield* run(
          `INSERT INTO identity (only_row, province_id, key_id, age_recipient, claimed_at)
           VALUES (1, ?, ?, ?, ?) ON CONFLICT (only_row) DO NOTHING`,
          provinceId,
          keyId,
          ageRecipient,
          at,
        )
        const held = yield* find()
        if (!held) throw new Error('the store has no identity')
        return held
      }),
  }
}
