import type { Role } from '../../../contract/roles.ts'

export interface StaffMember {
  readonly staffId: string
  readonly displayName: string
  readonly role: Exclude<Role, 'nobody' | 'citizen'>
}

/** A member of staff at the machine, and the badge by which the right to be there is looked up again. */
export interface SignedIn {
  readonly badge: string
  readonly staff: StaffMember
}

export type SignIn =
  | { readonly ok: true; readonly staff: StaffMember }
  | { readonly ok: false; readonly code: 'pinWrong' | 'pinLocked' | 'badgeUnknown' }

export interface StaffAccess {
  /** Whether some valid grant goes with this badge. */
  knowsBadge(payload: string): boolean
  /** Counts the try before it compares; the wait doubles with each wrong PIN. */
  signIn(badgePayload: string, pin: string): Promise<SignIn>
  /** Counts an opening of a staff member; false above the machine's own cap per hour, which no server lifts. */
  mayOpen(staffId: string): boolean
}
