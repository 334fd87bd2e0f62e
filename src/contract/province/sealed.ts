import { z } from 'zod'
import { paperKinds, relations } from '../words.ts'
import { instantSchema, intakeIdSchema, sha256HexSchema } from './message.ts'

/** Plaintexts that only the province can read (age, X25519). */

export const personSchema = z.strictObject({
  kind: z.enum(['person', 'organisation']),
  name: z.string().min(1).max(200),
  /** 12 digits, a passport number, or a tax code for an organisation; empty when none is known. */
  idNumber: z.string().max(40),
  idKind: z.enum(['citizenId', 'passport', 'taxCode', 'none']),
  /** `ddMMyyyy` as on the card; may be partial (`00001990`) or empty. */
  birthDate: z.string().max(8),
  sex: z.string().max(8),
  address: z.string().max(500),
  /** How it got into the machine: read from the card's QR, or typed. */
  source: z.enum(['card', 'typed']),
})
export type Person = z.infer<typeof personSchema>

export const declaredPaperSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(paperKinds),
  count: z.int().min(1).max(99),
})
export type DeclaredPaper = z.infer<typeof declaredPaperSchema>

/** One scanned page, in the order in which the citizen put them. */
export const scannedPageSchema = z.strictObject({
  /** SHA-256 hex of the ciphertext at `/v1/kiosks/{kioskId}/pages/{contentHash}`. */
  contentHash: sha256HexSchema,
  /** SHA-256 hex of the JPEG inside it, as it left the scanner. */
  captureHash: sha256HexSchema,
})
export type ScannedPageReference = z.infer<typeof scannedPageSchema>

export const sealedDossierSchema = z.strictObject({
  version: z.literal(1),
  intakeId: intakeIdSchema,
  bagCode: z.string(),
  procedureCode: z.string(),
  procedureName: z.string(),
  applicant: personSchema,
  owner: personSchema,
  relation: z.enum(relations),
  /** Digits with leading 0; empty when the applicant has no phone. */
  phone: z.string().max(15),
  phoneConfirmed: z.boolean(),
  hasSecret: z.boolean(),
  papers: z.array(declaredPaperSchema),
  /** Absent or empty: nothing was scanned. */
  pages: z.array(scannedPageSchema).max(200).optional(),
  language: z.enum(['vi', 'en', 'km']),
  sealedAt: instantSchema,
  /** 16 random bytes, base64: the content hash must not be guessable. */
  salt: z.string(),
})
export type SealedDossier = z.infer<typeof sealedDossierSchema>

/** What the citizen gets when a result lies in a compartment. */
export const collectionNoticeSchema = z.strictObject({
  version: z.literal(1),
  resultId: z.string(),
  dossierCode: z.string(),
  /** The collection code, digits. */
  code: z.string(),
  /** The one-time QR's payload. */
  qr: z.string(),
  place: z.string(),
  lastDay: z.iso.date(),
})
export type CollectionNotice = z.infer<typeof collectionNoticeSchema>

export const smsSchema = z.strictObject({
  version: z.literal(1),
  phone: z.string(),
  text: z.string().max(600),
})
export type Sms = z.infer<typeof smsSchema>

/** Plaintext of a phone confirmation request: the province sends `code` to `phone` at once, or not at all. */
export const phoneCodeSchema = z.strictObject({
  version: z.literal(1),
  phone: z.string(),
  code: z.string().regex(/^\d{6}$/),
  language: z.enum(['vi', 'en', 'km']),
})
export type PhoneCode = z.infer<typeof phoneCodeSchema>
