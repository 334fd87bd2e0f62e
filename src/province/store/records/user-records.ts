import type { FeedItem } from '../../../contract/province/feed.ts'

export interface StaffGrant {
  readonly grantId: string
  readonly staffId: string
  readonly displayName: string
  readonly role: FeedItem<'staff'>['role']
  readonly notBefore: string
  readonly notAfter: string
  readonly issuedBy: string
  readonly revokedAt: string | null
  readonly revokedBy: string | null
}

/** Officers see dossiers, operators machines; managers both, and who may work and who looked. */
export const userRoles = ['officer', 'operator', 'manager'] as const

export type UserRole = (typeof userRoles)[number]

export interface User {
  readonly name: string
  readonly displayName: string
  readonly role: UserRole
  readonly passwordHash: string
}

export interface StoredSession {
  /** SHA-256 hex of the cookie's secret. */
  readonly idHash: string
  readonly userName: string
  /** Must come back in every form of this session. */
  readonly csrfToken: string
  readonly startedAt: string
}

export const accessActions = [
  'signIn',
  'signInFailed',
  'signInLocked',
  'signOut',
  'passwordChanged',
  'passwordSet',
  'refused',
  'viewDossiers',
  'viewDossier',
  'viewPages',
  'acceptDossier',
  'endDossier',
  'viewResults',
  'sendResult',
  'revokeRight',
  'resendCode',
  'viewSms',
  'viewKiosks',
  'settleAlarm',
  'viewOfficial',
  'settleOfficial',
  'eraseDossier',
  'findPerson',
  'exportPerson',
  'erasePerson',
  'viewStaff',
  'addStaff',
  'revokeStaff',
  'viewAccessLog',
] as const

export type AccessAction = (typeof accessActions)[number]

/** Who did what to which dossier, result or grant, and when. Never personal data of citizens. */
export interface AccessEntry {
  readonly at: string
  readonly user: string
  readonly action: AccessAction
  readonly subject: string
}
