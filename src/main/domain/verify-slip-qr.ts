import { ed25519 } from '@noble/curves/ed25519.js'
import { fromBase64Url } from './base64url.ts'
import { parseSlipQr, type SlipClaim } from './slip-qr.ts'

/** An Ed25519 public key as configuration and the province name it. */
export interface VerificationKey {
  readonly keyId: string
  /** 32 bytes, base64url. */
  readonly publicKey: string
}

export type SlipVerdict =
  | { readonly ok: true; readonly slip: SlipClaim }
  | { readonly ok: false; readonly code: 'NOT_A_SLIP' }
  | { readonly ok: false; readonly code: 'UNKNOWN_KEY' | 'BAD_SIGNATURE'; readonly slip: SlipClaim }

/** Offline, in any browser as in core: whether a machine that holds one of `keys` made this slip. */
export function verifySlipQr(payload: string, keys: readonly VerificationKey[]): SlipVerdict {
  const slip = parseSlipQr(payload)
  if (slip === undefined) return { ok: false, code: 'NOT_A_SLIP' }
  const { signature, ...claim } = slip
  const named = keys.filter((key) => key.keyId === claim.keyId)
  if (named.length === 0) return { ok: false, code: 'UNKNOWN_KEY', slip: claim }
  const text = new TextEncoder().encode(payload.slice(0, payload.lastIndexOf('*')))
  const holds = named.some((key) => verifyEd25519(signature, text, key.publicKey))
  return holds ? { ok: true, slip: claim } : { ok: false, code: 'BAD_SIGNATURE', slip: claim }
}

/** Strict RFC 8032; a malformed key or signature verifies nothing and throws nothing. */
export function verifyEd25519(signature: Uint8Array, text: Uint8Array, publicKey: string): boolean {
  const key = fromBase64Url(publicKey)
  if (signature.length !== 64 || key?.length !== 32) return false
  try {
    return ed25519.verify(signature, text, key, { zip215: false })
  } catch {
    return false
  }
}
