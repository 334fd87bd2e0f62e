import { createPublicKey, type KeyObject, verify } from 'node:crypto'

/** An Ed25519 public key as the configuration names it. */
export interface VerificationKey {
  readonly keyId: string
  /** 32 bytes, base64url. */
  readonly publicKey: string
}

export type SignatureVerdict = 'good' | 'unknownKey' | 'bad'

/** @param signature Ed25519, base64url */
export type Verifier = (keyId: string, text: string, signature: string) => SignatureVerdict

/** @throws when a key of the configuration is no Ed25519 key */
export function createVerifier(keys: readonly VerificationKey[]): Verifier {
  const byId = new Map<string, KeyObject>(
    keys.map(({ keyId, publicKey }) => [
      keyId,
      createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: publicKey } }),
    ]),
  )
  return (keyId, text, signature) => {
    const key = byId.get(keyId)
    if (key === undefined) return 'unknownKey'
    const bytes = Buffer.from(signature, 'base64url')
    // Node decodes leniently; one signature has one spelling here.
    if (bytes.length !== 64 || bytes.toString('base64url') !== signature) return 'bad'
    return verify(null, Buffer.from(text, 'utf8'), key, bytes) ? 'good' : 'bad'
  }
}
