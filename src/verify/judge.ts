import { parseVerificationKeys } from '../main/domain/parse-verification-keys.ts'
import { parseSlipQr, type SlipClaim } from '../main/domain/slip-qr.ts'
import { verifySlipQr } from '../main/domain/verify-slip-qr.ts'
import type { TextKey } from './texts.ts'

export interface Judgement {
  readonly verdict: Extract<
    TextKey,
    'empty' | 'good' | 'BAD_SIGNATURE' | 'UNKNOWN_KEY' | 'NOT_A_SLIP' | 'noKeys' | 'badKeys'
  >
  /** What the slip says, believed or not. */
  readonly claim?: SlipClaim
}

/** What the page says of what stands in its two fields. */
export function judge(slipText: string, keysText: string): Judgement {
  const payload = slipText.trim()
  if (payload === '') return { verdict: 'empty' }
  const slip = parseSlipQr(payload)
  if (slip === undefined) return { verdict: 'NOT_A_SLIP' }
  const { signature: _, ...claim } = slip
  if (keysText.trim() === '') return { verdict: 'noKeys', claim }
  const keys = parseVerificationKeys(keysText, slip.keyId)
  if (keys === undefined) return { verdict: 'badKeys', claim }
  const result = verifySlipQr(payload, keys)
  return { verdict: result.ok ? 'good' : result.code, claim }
}

/**
 * `#keys=K07.1:…` puts the keys into a link or a bookmark, `&slip=…` the slip as well. A fragment is never
 * sent to any server.
 */
export function readFragment(hash: string): { readonly keys: string; readonly slip: string } {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''))
  return {
    keys: parameters.get('keys') ?? parameters.get('key') ?? '',
    slip: parameters.get('slip') ?? '',
  }
}
