import { z } from 'zod'
import { instantSchema, sha256HexSchema } from './message.ts'

/**
 * PUT `/v1/kiosks/{kioskId}/pages/{contentHash}`, `application/octet-stream`: one scanned page as age ciphertext,
 * before the dossier that names it. The address is the SHA-256 of the body, so the same page may be put again and
 * gets the same receipt: 201 the first time, 200 afterwards.
 */
export const pageReceiptSchema = z.strictObject({
  contentHash: sha256HexSchema,
  provinceId: z.string().min(1).max(64),
  receivedAt: instantSchema,
  keyId: z.string(),
  /** Ed25519 over `pageReceiptText`, base64url: "durably held here". */
  signature: z.string(),
})
export type PageReceipt = z.infer<typeof pageReceiptSchema>

/** The exact text under the signature. */
export function pageReceiptText(receipt: Omit<PageReceipt, 'signature'>): string {
  return [
    'motcua-page-1',
    receipt.contentHash,
    receipt.provinceId,
    receipt.receivedAt,
    receipt.keyId,
  ].join('\n')
}

/** How every age file begins: a page in the clear must never be taken in. */
export const agePrefix = 'age-encryption.org/v1\n'
