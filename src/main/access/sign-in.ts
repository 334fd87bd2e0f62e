import { isBadge } from '../domain/badge.ts'
import { type LockoutRule, lockoutScopes, type TryScope } from '../domain/lockout.ts'
import { badgeHash } from './badge-hash.ts'
import { grantValidity, type KnownTime } from './grant-validity.ts'
import { verifyPin } from './pin.ts'

/** Staff enter by badge at the reader plus PIN: two steps, no hidden chord. */
export interface StaffMember {
  readonly staffId: string
  readonly displayName: string
  readonly role: 'officer' | 'operator' | 'technician'
}

interface Grant extends StaffMember {
  readonly pinHash: string
  /** Absent for the first technician of the configuration: that grant ends with the file. */
  readonly window?: { readonly notBefore: string; readonly notAfter: string }
}

export interface SignInPorts {
  staffByBadgeHash(hash: string):
    | (StaffMember & {
        readonly pinHash: string
        readonly notBefore: string
        readonly notAfter: string
      })
    | undefined
  /** Counts a try in each scope, durably, before it says whether the try may go on. */
  beginTry(scopes: readonly TryScope[]): boolean
  clearTries(scopes: readonly string[]): void
  knownTime(): KnownTime
}

export interface SignInRules {
  readonly firstTechnician: {
    readonly staffId: string
    readonly displayName: string
    readonly badgeHash: string
    readonly pinHash: string
  }
  readonly lockout: LockoutRule
}

export type BadgeAnswer =
  | { readonly ok: true; readonly member: StaffMember }
  | {
      readonly ok: false
      readonly code: 'NOT_A_BADGE' | 'BADGE_UNKNOWN' | 'GRANT_EXPIRED' | 'GRANT_NOT_YET'
    }

export type PinAnswer =
  | { readonly ok: true; readonly member: StaffMember }
  | { readonly ok: false; readonly code: 'PIN_WRONG' | 'PIN_LOCKED' | BadgeRefusal }

type BadgeRefusal = Extract<BadgeAnswer, { ok: false }>['code']

export interface SignIn {
  /** Who a badge belongs to; opens nothing yet. */
  identify(payload: string): BadgeAnswer
  /**
   * The badge is looked up again: a revocation that came in between counts. The try is counted before
   * anything is compared; with too many, the PIN is not even looked at.
   */
  enter(payload: string, pin: string): Promise<PinAnswer>
}

export function createSignIn(ports: SignInPorts, rules: SignInRules): SignIn {
  function find(payload: string): { ok: true; grant: Grant } | { ok: false; code: BadgeRefusal } {
    if (!isBadge(payload)) return { ok: false, code: 'NOT_A_BADGE' }
    const grant = grantOf(badgeHash(payload))
    if (grant === undefined) return { ok: false, code: 'BADGE_UNKNOWN' }
    switch (grant.window === undefined ? 'valid' : grantValidity(grant.window, ports.knownTime())) {
      case 'valid':
        return { ok: true, grant }
      case 'expired':
        return { ok: false, code: 'GRANT_EXPIRED' }
      case 'notYet':
        return { ok: false, code: 'GRANT_NOT_YET' }
    }
  }

  function grantOf(hash: string): Grant | undefined {
    const row = ports.staffByBadgeHash(hash)
    if (row !== undefined) {
      const { notBefore, notAfter, ...grant } = row
      return { ...grant, window: { notBefore, notAfter } }
    }
    const { badgeHash: first, ...technician } = rules.firstTechnician
    return hash === first ? { ...technician, role: 'technician' } : undefined
  }

  return {
    identify(payload) {
      const found = find(payload)
      return found.ok ? { ok: true, member: memberOf(found.grant) } : found
    },
    async enter(payload, pin) {
      const found = find(payload)
      if (!found.ok) return found
      const scopes = lockoutScopes(`pin:${found.grant.staffId}`, rules.lockout)
      if (!ports.beginTry(scopes)) return { ok: false, code: 'PIN_LOCKED' }
      if (pin.length > 64 || !(await verifyPin(pin, found.grant.pinHash))) {
        return { ok: false, code: 'PIN_WRONG' }
      }
      ports.clearTries(scopes.map(({ scope }) => scope))
      return { ok: true, member: memberOf(found.grant) }
    },
  }
}

function memberOf({ staffId, displayName, role }: Grant): StaffMember {
  return { staffId, displayName, role }
}
