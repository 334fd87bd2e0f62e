/** Payload of a staff badge: `MCB1*<token>`, 8 to 64 characters. Only its SHA-256 is stored anywhere. */
export const badgePrefix = 'MCB1*'

export function isBadge(payload: string): boolean {
  return /^MCB1\*[A-Za-z0-9_-]{8,64}$/.test(payload)
}
