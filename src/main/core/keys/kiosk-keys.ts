import { createHmac, type KeyObject, sign } from 'node:crypto'

/** Key objects do not print their content, so that no log can. */
export interface KioskKeys {
  readonly slip: {
    /** Stands in every slip's QR and says which public key checks it. */
    readonly keyId: string
    /** Ed25519, 32 bytes, base64url. */
    readonly publicKey: string
    readonly privateKey: KeyObject
  }
  /** HMAC key of collection codes, one-time QRs and secrets. */
  readonly rightsKey: KeyObject
  /** HMAC key of ID numbers. */
  readonly personKey: KeyObject
}

/** HMAC-SHA256, hex: what the store keeps instead of a code or an ID number. */
export function hmacHex(key: KeyObject, text: string): string {
  return createHmac('sha256', key).update(text, 'utf8').digest('hex')
}

/** Ed25519 signature (64 bytes) over the UTF-8 bytes of a text. */
export function signText(privateKey: KeyObject, text: string): Uint8Array {
  return new Uint8Array(sign(null, Buffer.from(text, 'utf8'), privateKey))
}

/** Signs with the key of the slips, whose public half the province and every verifier have. */
export function textSigner({ slip }: KioskKeys): {
  readonly keyId: string
  /** Ed25519, base64url. */
  readonly sign: (text: string) => string
} {
  return {
    keyId: slip.keyId,
    sign: (text) => Buffer.from(signText(slip.privateKey, text)).toString('base64url'),
  }
}
