import { fromBase64Url, toBase64Url } from './base64url.ts'

/** The one-time QR of a result: `MCR1*<kiosk>*<token>`, the token 128 random bits in base64url. */
export interface CollectionQr {
  readonly kioskId: string
  /** 22 characters; only its keyed hash is ever stored. */
  readonly token: string
}

export const collectionQrPrefix = 'MCR1*'

/** @param random 16 bytes from the system's generator */
export function encodeCollectionQr(kioskId: string, random: Uint8Array): string {
  if (random.length !== 16) throw new RangeError('encodeCollectionQr: needs 16 bytes')
  return `${collectionQrPrefix}${kioskId}*${toBase64Url(random)}`
}

export function parseCollectionQr(payload: string): CollectionQr | undefined {
  const [, kioskId, token] = /^MCR1\*([A-Z0-9]{2,8})\*([A-Za-z0-9_-]{22})$/.exec(payload) ?? []
  if (kioskId === undefined || token === undefined) return undefined
  return fromBase64Url(token) === undefined ? undefined : { kioskId, token }
}
