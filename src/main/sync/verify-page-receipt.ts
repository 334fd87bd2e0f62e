import {
  type PageReceipt,
  pageReceiptSchema,
  pageReceiptText,
} from '../../contract/province/page.ts'
import type { Verifier } from './verifier.ts'
import type { ReceiptFault } from './verify-receipt.ts'

export type PageReceiptVerdict =
  | { readonly ok: true; readonly receipt: PageReceipt }
  | { readonly ok: false; readonly code: ReceiptFault }

/** Whether an answer proves that this province durably holds exactly this page. */
export function verifyPageReceipt(
  answer: unknown,
  expected: { readonly contentHash: string; readonly provinceId: string },
  verifier: Verifier,
): PageReceiptVerdict {
  const parsed = pageReceiptSchema.safeParse(answer)
  if (!parsed.success) return { ok: false, code: 'RECEIPT_MALFORMED' }
  const receipt = parsed.data
  if (receipt.contentHash !== expected.contentHash) {
    return { ok: false, code: 'RECEIPT_OF_OTHER_BODY' }
  }
  if (receipt.provinceId !== expected.provinceId) {
    return { ok: false, code: 'RECEIPT_OF_OTHER_PROVINCE' }
  }
  switch (verifier(receipt.keyId, pageReceiptText(receipt), receipt.signature)) {
    case 'good':
      return { ok: true, receipt }
    case 'unknownKey':
      return { ok: false, code: 'RECEIPT_KEY_UNKNOWN' }
    case 'bad':
      return { ok: false, code: 'RECEIPT_SIGNATURE_BAD' }
  }
}
