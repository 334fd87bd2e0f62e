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

  const addUser = async ({ password, passwordHash, ...user }: ProvinceConfig['users'][number]) => {
    if (await store.users.find(user.name)) return
    const hash = passwordHash ?? (await hashSecret(password ?? ''))
    await store.users.addIfMissing({ ...user, passwordHash: hash })
  }

  const newest = new Map<string, { revokedAt: string | null; notAfter: string }>()
  for (const grant of (await store.staff.list()).toReversed()) newest.set(grant.staffId, grant)
  const now = clock().toISOString()
  // Somebody who was revoked stays revoked over restarts; an expired grant is made anew.
  const wanting = config.staff.filter(({ staffId }) => {
    const grant = newest.get(staffId)
    return !grant || (grant.revokedAt === null && grant.notAfter <= now)
  })
  // Hashing is slow by design: everybody's at once, then in the order of the configuration.
  const [hashes] = await Promise.all([
    Promise.all(wanting.map(async ({ pin, pinHash }) => pinHash ?? hashSecret(pin ?? ''))),
    ...config.users.map(addUser),
  ])
  for (const [index, { pin: _pin, pinHash: _pinHash, ...staff }] of wanting.entries()) {
    await grants.issueIfDue({ ...staff, pinHash: hashes[index] ?? '' }, 'config')
  }
}
