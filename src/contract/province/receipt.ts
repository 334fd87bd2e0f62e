import { z } from 'zod'
import { instantSchema, sha256HexSchema, uuidV7Schema } from './message.ts'

/** The province's signed answer: "durably held here". Only one that verifies marks a message acknowledged. */
export const receiptSchema = z.strictObject({
  key: uuidV7Schema,
  bodyHash: sha256HexSchema,
  provinceId: z.string().min(1).max(64),
  receivedAt: instantSchema,
  keyId: z.string(),
  /** Ed25519 over `receiptText`, base64url. */
  signature: z.string(),
})
export type Receipt = z.infer<typeof receiptSchema>

/** The exact text under the signature. */
export function receiptText(receipt: Omit<Receipt, 'signature'>): string {
  return [
    'motcua-receipt-1',
    receipt.key,
    receipt.bodyHash,
    receipt.provinceId,
    receipt.receivedAt,
    receipt.keyId,
  ].join('\n')
}

/** Every non-2xx answer of the province. `retry`: whether the same bytes may ever be accepted. */
export const problemSchema = z.object({
  code: z.enum([
    'INVALID_MESSAGE', // 400: not the shape; will never be accepted
    'UNAUTHENTICATED', // 401
    'FORBIDDEN', // 403
    'NOT_FOUND', // 404
    'EPOCH_UNKNOWN', // 409: register the epoch first
    'EPOCH_REPEATED', // 409: another database has used this epoch
    'KEY_REUSED', // 422: same key, other bytes
    'DOSSIER_EXISTS', // 422: another key for the same intakeId
    'TOO_LARGE', // 413
    'BUSY', // 429 or 503
    'INTERNAL', // 500
  ]),
  message: z.string(),
})
export type Problem = z.infer<typeof problemSchema>

/** POST `/v1/kiosks/{kioskId}/epochs`: before the first upload of a database. */
export const epochRegistrationSchema = z.strictObject({
  epoch: z.int().positive(),
  /** Random identity of the database that starts this epoch. The same one may register again. */
  instance: z.uuid(),
  startedAt: instantSchema,
  slipKeyId: z.string(),
  /** Ed25519 public key of the kiosk's slips, base64url (32 bytes). */
  slipPublicKey: z.string(),
})
export type EpochRegistration = z.infer<typeof epochRegistrationSchema>

/** POST `/v1/kiosks/{kioskId}/phone-codes`; 202 when the SMS was handed over. Not queued by the kiosk. */
export const phoneCodeRequestSchema = z.strictObject({ sealed: z.base64() })
