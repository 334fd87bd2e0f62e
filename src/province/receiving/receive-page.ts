import { sha256HexSchema } from '../../contract/province/message.ts'
import { agePrefix, type PageReceipt, pageReceiptText } from '../../contract/province/page.ts'
import type { Problem } from '../../contract/province/receipt.ts'
import type { Clock } from '../clock.ts'
import type { Keys } from '../security/keys.ts'
import { sha256Hex } from '../security/tokens.ts'
import type { ProvinceStore } from '../store/contract.ts'

export type PageReceiveAnswer =
  /** `receipt` is the exact text of the answer, the same for every repetition. */
  | { readonly ok: true; readonly receipt: string; readonly isNew: boolean }
  | { readonly ok: false; readonly code: Problem['code']; readonly message: string }

export type ReceivePage = (
  kioskId: string,
  contentHash: string,
  bytes: Buffer,
) => Promise<PageReceiveAnswer>

/** Takes in a sealed page. Nothing is opened: the address says whether it arrived whole. */
export function pageReceiver(parts: {
  readonly store: ProvinceStore
  readonly keys: Keys
  readonly provinceId: string
  readonly clock: Clock
}): ReceivePage {
  const { store, keys, provinceId, clock } = parts
  const refuse = (message: string) => ({ ok: false, code: 'INVALID_MESSAGE', message }) as const

  return async (kioskId, contentHash, bytes) => {
    if (!sha256HexSchema.safeParse(contentHash).success) {
      return refuse('the address must end with a SHA-256 in hex')
    }
    if (sha256Hex(bytes) !== contentHash) return refuse('the body does not match its address')
    if (!bytes.subarray(0, agePrefix.length).equals(Buffer.from(agePrefix))) {
      return refuse('the page is not sealed')
    }
    const receivedAt = clock().toISOString()
    const unsigned = { contentHash, provinceId, receivedAt, keyId: keys.keyId }
    const signed: PageReceipt = { ...unsigned, signature: keys.sign(pageReceiptText(unsigned)) }
    const receipt = JSON.stringify(signed)
    const held = await store.pages.put({ kioskId, contentHash, bytes, receivedAt, receipt })
    return { ok: true, ...held }
  }
}
