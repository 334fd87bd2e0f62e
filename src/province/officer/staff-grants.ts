import { randomUUID } from 'node:crypto'
import { type FeedItem, staffGrantText } from '../../contract/province/feed.ts'
import type { Clock } from '../clock.ts'
import type { Keys } from '../security/keys.ts'
import { sha256Hex } from '../security/tokens.ts'
import type { ProvinceStore } from '../store/contract.ts'

export interface NewStaff {
  readonly staffId: string
  readonly displayName: string
  readonly role: FeedItem<'staff'>['role']
  /** What the reader reads from the badge, exactly. */
  readonly badge: string
  readonly pinHash: string
  readonly validDays: number
}

const dayMs = 86_400_000
/** A kiosk whose clock runs behind must not turn a new colleague away. */
const clockToleranceMs = 600_000

export interface StaffGrants {
  issue(staff: NewStaff, user: string): Promise<void>
  /** Only when the person has no grant that is still good, and was not revoked. */
  issueIfDue(staff: NewStaff, user: string): Promise<void>
}

/** Who may work at the kiosks: signed, expiring, and only hashes of badge and PIN leave this house. */
export function staffGrants(parts: {
  readonly store: ProvinceStore
  readonly keys: Keys
  readonly clock: Clock
}): StaffGrants {
  const { store, keys, clock } = parts
  const grantOf = (staff: NewStaff, now: Date): FeedItem<'staff'> => {
    const unsigned: Omit<FeedItem<'staff'>, 'signature'> = {
      grantId: randomUUID(),
      staffId: staff.staffId,
      displayName: staff.displayName,
      role: staff.role,
      badgeHash: sha256Hex(staff.badge),
      pinHash: staff.pinHash,
      notBefore: new Date(now.getTime() - clockToleranceMs).toISOString(),
      notAfter: new Date(now.getTime() + staff.validDays * dayMs).toISOString(),
      keyId: keys.keyId,
    }
    return { ...unsigned, signature: keys.sign(staffGrantText(unsigned)) }
  }
  return {
    async issue(staff, user) {
      const now = clock()
      await store.staff.issue(grantOf(staff, now), user, now.toISOString())
    },
    async issueIfDue(staff, user) {
      const now = clock()
      await store.staff.issueIfDue(grantOf(staff, now), user, now.toISOString())
    },
  }
}
