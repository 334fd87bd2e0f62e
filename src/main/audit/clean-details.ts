import type { AuditDetails } from './audit-row.ts'

/** What identifiers and reason codes look like. Names have spaces or accents; ID and phone numbers are bare digits. */
const identifier = /^[\x21-\x7e]{0,80}$/
const bareNumber = /^\+?\d{9,}$/

/**
 * A last net below the types: a text that does not look like an identifier is withheld, so that a mistake
 * neither leaks into a record that cannot be deleted nor stops the machine. Not hashed either: the numbers of
 * a nation are soon tried out.
 */
export function cleanDetails(details: AuditDetails): AuditDetails {
  return Object.fromEntries(
    Object.entries(details).map(([key, value]) => [
      key,
      typeof value === 'string' && (!identifier.test(value) || bareNumber.test(value))
        ? '(withheld)'
        : value,
    ]),
  )
}
