import type { StaffGrantRow, StaffStore } from '../flows/store-port.ts'
import type { StoreContext } from './store-context.ts'

/**
 * Of several grants for one badge the newest that is valid now counts, else the newest one: whether a grant
 * outside its days lets anyone in is not the store's to say.
 */
export function staffRepository({ db, clock }: StoreContext): StaffStore {
  const byBadge = db.prepare<[string, string], StaffGrantRow>(
    `SELECT staff_id AS staffId, display_name AS displayName, role, badge_hash AS badgeHash,
       pin_hash AS pinHash, not_before AS notBefore, not_after AS notAfter
     FROM staff_grant
     WHERE badge_hash = ? AND grant_id NOT IN (SELECT grant_id FROM revoked_grant)
     ORDER BY julianday(?) BETWEEN julianday(not_before) AND julianday(not_after) DESC, number DESC
     LIMIT 1`,
  )
  return {
    staffByBadgeHash: (badgeHash) => byBadge.get(badgeHash, clock.now().toISOString()),
  }
}
