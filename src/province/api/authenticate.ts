import type { Problem } from '../../contract/province/receipt.ts'
import { sameText, sha256Hex } from '../security/tokens.ts'
import type { KioskStore } from '../store/contract.ts'
import type { Kiosk } from '../store/records/kiosk-records.ts'

export type Authenticated =
  | { readonly ok: true; readonly kiosk: Kiosk }
  | { readonly ok: false; readonly code: Problem['code']; readonly message: string }

const nobody = sha256Hex('no kiosk has this token')

/** A kiosk shows its bearer token; only the token's hash is known here, compared in constant time. */
export async function authenticate(
  kiosks: KioskStore,
  kioskId: string,
  authorization: string | undefined,
): Promise<Authenticated> {
  const token = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(authorization ?? '')?.[1]
  if (token === undefined) {
    return { ok: false, code: 'UNAUTHENTICATED', message: 'a bearer token is required' }
  }
  const tokenHash = sha256Hex(token)
  const kiosk = await kiosks.find(kioskId)
  if (sameText(tokenHash, kiosk?.tokenHash ?? nobody) && kiosk) return { ok: true, kiosk }
  // Found by its digest, which a guesser cannot steer; tells a mixed-up token from a wrong one.
  if (await kiosks.findByTokenHash(tokenHash)) {
    return { ok: false, code: 'FORBIDDEN', message: 'this token belongs to another kiosk' }
  }
  return { ok: false, code: 'UNAUTHENTICATED', message: 'the token is not known' }
}
