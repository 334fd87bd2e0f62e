import { type Receipt, receiptSchema, receiptText } from '../../contract/province/receipt.ts'
import type { Verifier } from './verifier.ts'

export type ReceiptFault =
  | 'RECEIPT_MALFORMED'
  | 'RECEIPT_OF_OTHER_KEY'
  | 'RECEIPT_OF_OTHER_BODY'
  | 'RECEIPT_OF_OTHER_PROVINCE'
  | 'RECEIPT_KEY_UNKNOWN'
  | 'RECEIPT_SIGNATURE_BAD'

export type ReceiptVerdict =
  | { readonly ok: true; readonly receipt: Receipt }
  | { readonly ok: false; readonly code: ReceiptFault }

export interface ExpectedReceipt {
  readonly key: string
  readonly bodyHash: string
  readonly provinceId: string
}

/** Whether an answer proves that this province durably holds exactly these bytes under this key. */
export function verifyReceipt(
  answer: unknown,
  expected: ExpectedReceipt,
  verifier: Verifier,
): ReceiptVerdict {
  const parsed = receiptSchema.safeParse(answer)
  if (!parsed.success) return { ok: false, code: 'RECEIPT_MALFORMED' }
  const receipt = parsed.data
  if (receipt.key !== expected.key) return { ok: false, code: 'RECEIPT_OF_OTHER_KEY' }
  if (receipt.bodyHash !== expected.bodyHash) return { ok: false, code: 'RECEIPT_OF_OTHER_BODY' }
  if (receipt.provinceId !== expected.provinceId) {
    return { ok: false, code: 'RECEIPT_OF_OTHER_PROVINCE' }
  }
  switch (verifier(receipt.keyId, receiptText(receipt), receipt.signature)) {
    case 'good':
      return { ok: true, receipt }
    case 'unknownKey':
      return { ok: false, code: 'RECEIPT_KEY_UNKNOWN' }
    case 'bad':
      return { ok: false, code: 'RECEIPT_SIGNATURE_BAD' }
  }
}
