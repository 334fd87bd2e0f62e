import { createHash } from 'node:crypto'

/** SHA-256 hex of a badge's payload. The payload has 48 random bits or more, so it needs no salt. */
export function badgeHash(payload: string): string {
  return createHash('sha256').update(payload, 'utf8').digest('hex')
}
