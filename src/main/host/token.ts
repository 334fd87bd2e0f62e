import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits, new at every start; safe in a URL fragment and as a WebSocket subprotocol. */
export function mintToken(): string {
  return randomBytes(32).toString('base64url')
}

/** Takes the same time whatever differs, the length included. */
export function isSameToken(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}
