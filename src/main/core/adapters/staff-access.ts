import type { SignIn } from '../../access/sign-in.ts'
import type { StaffAccess } from '../../flows/staff/staff-port.ts'
import type { RightStore } from '../../flows/store-port.ts'

const hourMs = 3_600_000

/** Sign-in and the local cap on openings, as the staff journey sees them. */
export function staffAccess(parts: {
  readonly signIn: SignIn
  readonly store: Pick<RightStore, 'beginTry'>
  readonly openingsPerHour: number
}): StaffAccess {
  return {
    knowsBadge: (payload) => parts.signIn.identify(payload).ok,
    async signIn(badgePayload, pin) {
      const answer = await parts.signIn.enter(badgePayload, pin)
      if (answer.ok) return { ok: true, staff: answer.member }
      switch (answer.code) {
        case 'PIN_WRONG':
          return { ok: false, code: 'pinWrong' }
        case 'PIN_LOCKED':
          return { ok: false, code: 'pinLocked' }
        default:
          return { ok: false, code: 'badgeUnknown' }
      }
    },
    mayOpen: () =>
      parts.store.beginTry([
        { scope: 'staff:openings', limit: parts.openingsPerHour, windowMs: hourMs },
      ]),
  }
}
