import type { StaffStore } from '../contract.ts'
import type { StaffGrant } from '../records.ts'
import { type Connection, inTransaction } from './connection.ts'
import { feedItemWriter } from './feed-items.ts'

export function sqliteStaff(db: Connection): StaffStore {
  const publish = feedItemWriter(db)
  const add = db.prepare<[string, string, string, string, string, string, string, string]>(
    `INSERT INTO staff_grants (grant_id, staff_id, display_name, role, not_before, not_after,
       issued_at, issued_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const find = db.prepare<[string], { revokedAt: string | null }>(
    'SELECT revoked_at AS revokedAt FROM staff_grants WHERE grant_id = ?',
  )
  const live = db.prepare<[string], { grantId: string }>(
    'SELECT grant_id AS grantId FROM staff_grants WHERE staff_id = ? AND revoked_at IS NULL',
  )
  const markRevoked = db.prepare<[string, string, string]>(
    'UPDATE staff_grants SET revoked_at = ?, revoked_by = ? WHERE grant_id = ?',
  )
  const list = db.prepare<[], StaffGrant>(
    `SELECT grant_id AS grantId, staff_id AS staffId, display_name AS displayName, role,
       not_before AS notBefore, not_after AS notAfter, issued_by AS issuedBy,
       revoked_at AS revokedAt, revoked_by AS revokedBy
     FROM staff_grants ORDER BY issued_at DESC, rowid DESC`,
  )

  const revoke = (grantId: string, user: string, at: string) => {
    markRevoked.run(at, user, grantId)
    publish('revocations', null, { what: 'staffGrant', id: grantId }, at)
  }

  return {
    async issue(grant, user, at) {
      inTransaction(db, () => {
        for (const { grantId } of live.all(grant.staffId)) revoke(grantId, user, at)
        const { grantId, staffId, displayName, role, notBefore, notAfter } = grant
        add.run(grantId, staffId, displayName, role, notBefore, notAfter, at, user)
        publish('staff', null, grant, at)
      })
    },
    async revoke(grantId, user, at) {
      return inTransaction(db, () => {
        const found = find.get(grantId)
        if (!found) return 'unknown'
        if (found.revokedAt !== null) return 'alreadyRevoked'
        revoke(grantId, user, at)
        return 'revoked'
      })
    },
    async list() {
      return list.all()
    },
  }
}
