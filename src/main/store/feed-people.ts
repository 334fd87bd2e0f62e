import type { FeedItem } from '../../contract/province/feed.ts'
import type { FeedAppliers } from './feed-appliers.ts'
import type { StoreContext } from './store-context.ts'

/** Who may collect and who is staff. A grant's signature was verified before it came here. */
export function feedPeople(context: StoreContext): Pick<FeedAppliers, 'revocations' | 'staff'> {
  const { db, audit } = context
  const rightState = db
    .prepare<[string], string>('SELECT state FROM collection_right WHERE right_id = ?')
    .pluck()
  const revokeRight = db.prepare<[string], { resultId: string; compartment: number; door: string }>(
    `UPDATE collection_right SET state = 'revoked'
     WHERE right_id = ? AND state IN ('valid', 'locked')
     RETURNING result_id AS resultId, compartment, door`,
  )
  // The envelope stays behind the door until an officer takes it back, as with an expired right.
  const endStay = db.prepare<[string]>(
    `UPDATE result SET state = 'expired' WHERE result_id = ? AND state = 'stocked'`,
  )
  const closeCompartment = db.prepare<[string]>(
    `UPDATE compartment SET state = 'expired' WHERE result_id = ? AND state = 'stocked'`,
  )
  const revokeGrant = db.prepare<[string]>(
    'INSERT INTO revoked_grant (grant_id) VALUES (?) ON CONFLICT DO NOTHING',
  )
  const known = db.prepare<[string], FeedItem<'staff'>>(
    `SELECT grant_id AS grantId, staff_id AS staffId, display_name AS displayName, role,
       badge_hash AS badgeHash, pin_hash AS pinHash, not_before AS notBefore,
       not_after AS notAfter, key_id AS keyId, signature
     FROM staff_grant WHERE grant_id = ?`,
  )
  const insertGrant = db.prepare<[FeedItem<'staff'>]>(
    `INSERT INTO staff_grant (grant_id, staff_id, display_name, role, badge_hash, pin_hash,
       not_before, not_after, key_id, signature)
     VALUES (@grantId, @staffId, @displayName, @role, @badgeHash, @pinHash, @notBefore, @notAfter,
       @keyId, @signature)`,
  )
  return {
    revocations({ what, id }) {
      if (what === 'staffGrant') {
        revokeGrant.run(id)
        audit('staff.revoked', { grantId: id })
        return undefined
      }
      const before = rightState.get(id)
      if (before === undefined) return 'UNKNOWN_REFERENCE'
      const right = revokeRight.get(id)
      if (right !== undefined) {
        endStay.run(right.resultId)
        closeCompartment.run(right.resultId)
      }
      audit('collection.revoked', {
        rightId: id,
        before,
        compartment: right?.compartment ?? null,
        door: right?.door ?? 'closed',
      })
      return undefined
    },
    staff(item) {
      const before = known.get(item.grantId)
      if (before !== undefined) {
        const changed = (Object.keys(item) as (keyof FeedItem<'staff'>)[]).some(
          (key) => before[key] !== item[key],
        )
        return changed ? 'CONFLICT' : undefined
      }
      insertGrant.run(item)
      audit('staff.granted', { grantId: item.grantId, staffId: item.staffId, role: item.role })
      return undefined
    },
  }
}
