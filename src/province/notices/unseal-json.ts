import type { z } from 'zod'
import { parseJson } from '../receiving/parse-json.ts'
import { type Keys, UnsealError } from '../security/keys.ts'
import { sha256Hex } from '../security/tokens.ts'

export type Unsealed<T> =
  /** `contentHash`: SHA-256 hex of the plaintext. */
  | { readonly ok: true; readonly value: T; readonly contentHash: string }
  | { readonly ok: false; readonly failure: 'UNSEAL_FAILED' | 'INVALID_CONTENT' }

/** Opens what a kiosk sealed and checks it against its schema. */
export async function unsealJson<S extends z.ZodType>(
  keys: Keys,
  sealed: string,
  schema: S,
): Promise<Unsealed<z.infer<S>>> {
  let plaintext: Uint8Array
  try {
    plaintext = await keys.unseal(sealed)
  } catch (error) {
    if (error instanceof UnsealError) return { ok: false, failure: 'UNSEAL_FAILED' }
    throw error
  }
  const json = parseJson(plaintext)
  if (!json.ok) return { ok: false, failure: 'INVALID_CONTENT' }
  const parsed = schema.safeParse(json.value)
  if (!parsed.success) return { ok: false, failure: 'INVALID_CONTENT' }
  return { ok: true, value: parsed.data, contentHash: sha256Hex(plaintext) }
}
