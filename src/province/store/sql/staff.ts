import type { FeedItem } from '../../../contract/province/feed.ts'
import type { StaffStore } from '../contract.ts'
import type { StaffGrant } from '../records/user-records.ts'
import type { Database } from './database.ts'
import { publish } from './feed-items.ts'
import { all, first, lock, run, type Work } from './work.ts'

const select = `SELECT grant_id AS "grantId", staff_id AS "staffId", display_name AS "displayName",
    role, not_before AS "notBefore", not_after AS "notAfter", issued_by AS "issuedBy",
    revoked_at AS "revokedAt", revoked_by AS "revokedBy"
  FROM staff_grants`

export function sqlStaff(db: Database): StaffStore {
  return {
    issue: (grant, user, at) =>
      db.write(function* () {
        yield* lock(`staff ${grant.staffId}`)
        yield* issue(grant, user, at)
      }),
    issueIfDue: (grant, user, at) =>
      db.write(function* () {
        yield* lock(`staff ${grant.staffId}`)
        const newest = yield* first<StaffGrant>(
          `${select} WHERE staff_id = ? ORDER BY rowid DESC LIMIT 1`,
          grant.staffId,
        )
        if (newest && (newest.revokedAt !== null || newest.notAfter > at)) return 'notDue'
        yield* issue(grant, user, at)
        return 'issued'
      }),
    revoke: (grantId, user, at) =>
      db.write(function* () {
        const found = yield* first<{ revokedAt: string | null }>(
          'SELECT revoked_at AS "revokedAt" FROM staff_grants WHERE grant_id = ? FOR UPDATE',
          grantId,
        )
        if (!found) return 'unknown'
        if (found.revokedAt !== null) return 'alreadyRevoked'
        yield* revoke(grantId, user, at)
        return 'revoked'
      }),
    list: () => db.read(() => all<StaffGrant>(`${select} ORDER BY issued_at DESC, rowid DESC`)),
  }
}

function* issue(grant: FeedItem<'staff'>, user: string, at: string): Work<void> {
  const { grantId, staffId, displayName, role, notBefore, notAfter } = grant
  const live = yield* all<{ grantId: string }>(
    'SELECT grant_id AS "grantId" FROM staff_grants WHERE staff_id = ? AND revoked_at IS NULL',
    staffId,
  )
  for (const older of live) yield* revoke(older.grantId, user, at)
  yield* run(
    `INSERT INTO staff_grants (grant_id, staff_id, display_name, role, not_before, not_after,
       issued_at, issued_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    grantId,
    staffId,
    displayName,
    role,
    notBefore,
    notAfter,
    at,
    user,
  )
  yield* publish('staff', null, grant, at)
}

function* revoke(grantId: string, user: string, at: string): Work<void> {
  yield* run(
    'UPDATE staff_grants SET revoked_at = ?, revoked_by = ? WHERE grant_id = ?',
    at,
    user,
    grantId,
  )
  yield* publish('revocations', null, { what: 'staffGrant', id: grantId }, at)
}
