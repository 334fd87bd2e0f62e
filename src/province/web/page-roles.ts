import type { UserRole } from '../store/records/user-records.ts'

/** Who deals with dossiers, with machines, and with who may do what. */
export const aboutDossiers: readonly UserRole[] = ['officer', 'manager']
export const aboutKiosks: readonly UserRole[] = ['officer', 'operator', 'manager']
export const aboutPeople: readonly UserRole[] = ['manager']

/** Where a person begins. */
export function homeOf(role: UserRole): string {
  return role === 'operator' ? '/kiosks' : '/'
}
