import { fromBase64Url } from './base64url.ts'
import type { VerificationKey } from './verify-slip-qr.ts'

/**
 * Public keys as people pass them on: JSON (`[{"keyId":…,"publicKey":…}]`, alone or as `keys` of an
 * object), `keyId:publicKey`, or a bare key, several parted by commas or white space.
 *
 * @param bareKeyId the id that a bare key stands for
 * @returns `undefined` when anything in the text is no key: half a list would say "unknown key" of good slips
 */
export function parseVerificationKeys(
  text: string,
  bareKeyId: string,
): readonly VerificationKey[] | undefined {
  const trimmed = text.trim()
  const keys = /^[[{]/.test(trimmed) ? fromJson(trimmed) : fromWords(trimmed, bareKeyId)
  if (keys === undefined || keys.length === 0) return undefined
  return keys.every(({ publicKey }) => fromBase64Url(publicKey)?.length === 32) ? keys : undefined
}

function fromWords(text: string, bareKeyId: string): VerificationKey[] {
  return text
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .map((word) => {
      const colon = word.lastIndexOf(':')
      const keyId = colon < 0 ? bareKeyId : word.slice(0, colon)
      return { keyId, publicKey: word.slice(colon + 1) }
    })
}

function fromJson(text: string): VerificationKey[] | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  // An array has `keys` too: its method.
  const list = !Array.isArray(value) && isRecord(value) && 'keys' in value ? value.keys : value
  const entries: unknown[] = Array.isArray(list) ? list : [list]
  const keys = entries.map((entry) =>
    isRecord(entry) && typeof entry.keyId === 'string' && typeof entry.publicKey === 'string'
      ? { keyId: entry.keyId, publicKey: entry.publicKey }
      : undefined,
  )
  return keys.every((key) => key !== undefined) ? keys : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
