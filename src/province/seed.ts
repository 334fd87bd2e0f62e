import type { Clock } from './clock.ts'
import type { ProvinceConfig } from './config.ts'
import type { StaffGrants } from './officer/staff-grants.ts'
import { hashSecret } from './security/secret-hash.ts'
import { sha256Hex } from './security/tokens.ts'
import type { ProvinceStore } from './store/contract.ts'

/** Brings kiosks, users and staff of the configuration into the store. What the store knows already, it keeps. */
export async function seed(parts: {
  readonly config: ProvinceConfig
  readonly store: ProvinceStore
  readonly grants: StaffGrants
  readonly clock: Clock
}): Promise<void> {
  const { config, store, grants, clock } = parts
  for (const { id, unitCode, place, token, tokenSha256 } of config.kiosks) {
    const tokenHash = tokenSha256 ?? sha256Hex(token ?? '')
    await store.kiosks.put({ kioskId: id, unitCode, place, tokenHash })
  }

  for (const { name, displayName, role, password, passwordHash } of config.users) {
    if (await store.users.find(name)) continue
    const hash = passwordHash ?? (await hashSecret(password ?? ''))
    await store.users.addIfMissing({ name, displayName, role, passwordHash: hash })
  }

  const newest = new Map<string, { revokedAt: string | null; notAfter: string }>()
  for (const grant of (await store.staff.list()).toReversed()) newest.set(grant.staffId, grant)
  const now = clock().toISOString()
  for (const { pin, pinHash, ...staff } of config.staff) {
    const grant = newest.get(staff.staffId)
    // Somebody who was revoked stays revoked over restarts; an expired grant is made anew.
    if (grant && (grant.revokedAt !== null || grant.notAfter > now)) continue
    await grants.issue({ ...staff, pinHash: pinHash ?? (await hashSecret(pin ?? '')) }, 'config')
  }
}
