import { fromBase64Url, toBase64Url } from './base64url.ts'
import { parseIntakeId } from './intake-id.ts'

/**
 * The QR of a slip, version 1, ASCII, fields parted by `*`:
 * `MC1*<key id>*<intakeId>*<yyyyMMddTHHmmssZ>*<content hash>*<signature>`, the last two base64url.
 * The signature (Ed25519) covers everything before its own `*`.
 */
export interface SlipClaim {
  /** Letters, digits, dot, dash and underscore, at most 32. */
  readonly keyId: string
  readonly intakeId: string
  /** UTC, whole seconds: `2026-01-31T01:02:03Z`. */
  readonly at: string
  /** SHA-256 hex of the dossier's plaintext. */
  readonly contentHash: string
}

export interface SignedSlip extends SlipClaim {
  /** 64 bytes. */
  readonly signature: Uint8Array
}

export const slipPrefix = 'MC1*'

/**
 * The exact text under the signature.
 * @throws RangeError when a field does not fit: a bug, no slip may be printed from it.
 */
export function slipText({ keyId, intakeId, at, contentHash }: SlipClaim): string {
  const time = new Date(at).toISOString().replace(/\.\d{3}/, '')
  const text = ['MC1', keyId, intakeId, time.replace(/[-:]/g, ''), hexToBase64Url(contentHash)]
  if (parseFields(text) === undefined) throw new RangeError('slipText: a field does not fit')
  return text.join('*')
}

/** @param sign makes the Ed25519 signature (64 bytes) of a text's ASCII bytes */
export function encodeSlipQr(claim: SlipClaim, sign: (text: Uint8Array) => Uint8Array): string {
  const text = slipText(claim)
  const signature = sign(new TextEncoder().encode(text))
  if (signature.length !== 64) throw new RangeError('encodeSlipQr: not an Ed25519 signature')
  return `${text}*${toBase64Url(signature)}`
}

/** Shape only; says nothing about the signature. */
export function parseSlipQr(payload: string): SignedSlip | undefined {
  if (payload.length > 256) return undefined
  const fields = payload.split('*')
  const claim = parseFields(fields.slice(0, -1))
  const signature = fromBase64Url(fields.at(-1) ?? '')
  if (claim === undefined || signature?.length !== 64) return undefined
  return { ...claim, signature }
}

function parseFields(fields: readonly string[]): SlipClaim | undefined {
  const [version, keyId = '', intakeId = '', time = '', hash = '', ...rest] = fields
  if (version !== 'MC1' || rest.length > 0 || !/^[A-Za-z0-9._-]{1,32}$/.test(keyId)) {
    return undefined
  }
  const at = parseTime(time)
  const hashBytes = fromBase64Url(hash)
  if (parseIntakeId(intakeId) === undefined || !at || hashBytes?.length !== 32) return undefined
  return { keyId, intakeId, at, contentHash: toHex(hashBytes) }
}

function parseTime(time: string): string | undefined {
  const at = time.replace(
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
    (_, year, month, day, hour, minute, second) =>
      `${year}-${month}-${day}T${hour}:${minute}:${second}Z`,
  )
  const date = new Date(at)
  // The second comparison refuses 31 February, which Date turns into March.
  if (at === time || Number.isNaN(date.getTime())) return undefined
  return date.toISOString().replace('.000Z', 'Z') === at ? at : undefined
}

function hexToBase64Url(hex: string): string {
  if (!/^([0-9a-f]{2})*$/.test(hex)) return ''
  return toBase64Url(Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)))
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
