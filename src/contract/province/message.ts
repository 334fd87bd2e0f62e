import { z } from 'zod'

/** Identifier, key and time shapes shared by both directions. */
export const kioskIdSchema = z.string().regex(/^[A-Z0-9]{2,8}$/)
/** The kiosk's own number of a dossier: kiosk, epoch, number, check character (`K07-1-000123-F`). */
export const intakeIdSchema = z.string().regex(/^[A-Z0-9]{2,8}-\d{1,4}-\d{6,8}-[0-9A-Z]$/)
export const sha256HexSchema = z.string().regex(/^[0-9a-f]{64}$/)
export const uuidV7Schema = z.uuidv7()
export const instantSchema = z.iso.datetime()
/** age ciphertext (X25519 to the province), base64. Only the province can read it. */
export const sealedSchema = z.base64().max(4_000_000)

const resultRef = { resultId: z.string().min(1).max(64), dossierCode: z.string().min(1).max(64) }

const codeList = z.array(z.string().max(64)).max(1_000)

/** Bodies by kind. Nothing outside `sealed…` fields may carry personal data. */
export const messageBodies = {
  dossierDeposited: z.strictObject({
    intakeId: intakeIdSchema,
    bagCode: z.string().min(1).max(64),
    procedureCode: z.string().min(1).max(64),
    compartment: z.int().positive(),
    depositedAt: instantSchema,
    clockSynchronised: z.boolean(),
    phoneConfirmed: z.boolean(),
    /** SHA-256 of the plaintext inside `sealed`; also inside the slip's QR. */
    contentHash: sha256HexSchema,
    /** Plaintext: `sealedDossierSchema` as JSON. */
    sealed: sealedSchema,
  }),
  slipPrinted: z.strictObject({
    intakeId: intakeIdSchema,
    copy: z.int().positive(),
    printedAt: instantSchema,
  }),
  compartmentEmptied: z.strictObject({
    intakeId: intakeIdSchema,
    bagCode: z.string(),
    compartment: z.int().positive(),
    emptiedAt: instantSchema,
    staffId: z.string(),
  }),
  bagMissing: z.strictObject({
    intakeId: intakeIdSchema,
    compartment: z.int().positive(),
    at: instantSchema,
    staffId: z.string(),
  }),
  bagSurplus: z.strictObject({
    bagCode: z.string(),
    compartment: z.int().positive(),
    at: instantSchema,
    staffId: z.string(),
  }),
  dispute: z.strictObject({
    intakeId: intakeIdSchema,
    compartment: z.int().positive(),
    reason: z.string().max(64),
    at: instantSchema,
    /** What the citizen had entered, so that an officer can settle it. */
    sealed: sealedSchema.optional(),
  }),
  resultStocked: z.strictObject({
    ...resultRef,
    rightId: z.string(),
    compartment: z.int().positive(),
    stockedAt: instantSchema,
    lastDay: z.iso.date(),
    staffId: z.string(),
    /** Plaintext: `collectionNoticeSchema` as JSON; the province sends it to the citizen. */
    sealed: sealedSchema,
  }),
  /** Its last day is tomorrow, by the kiosk's running time: the province reminds its owner. */
  resultReminder: z.strictObject({
    ...resultRef,
    rightId: z.string(),
    lastDay: z.iso.date(),
    at: instantSchema,
  }),
  resultTaken: z.strictObject({ ...resultRef, rightId: z.string(), takenAt: instantSchema }),
  /** Taken out by an officer: it waits at the counter, and its owner is told. */
  resultReturned: z.strictObject({
    ...resultRef,
    /** `takenOut`: early, off the work-list, before two persons. */
    reason: z.enum(['expired', 'revoked', 'notSeen', 'takenOut']),
    at: instantSchema,
    staffId: z.string(),
    secondStaffId: z.string().optional(),
  }),
  /** Biên bản bàn giao: what an officer took out of the machine, by bag and dossier codes. */
  handOver: z.strictObject({
    recordId: z.string().min(1).max(64),
    at: instantSchema,
    staffId: z.string(),
    collected: codeList,
    /** Taken out by the officer's word: the barcode could not be read. */
    unreadable: codeList,
    missing: codeList,
    surplus: codeList,
    returned: codeList,
  }),
  resultExpired: z.strictObject({ ...resultRef, rightId: z.string(), at: instantSchema }),
  rating: z.strictObject({ intakeId: intakeIdSchema.optional(), score: z.int().min(1).max(5) }),
  notification: z.strictObject({
    intakeId: intakeIdSchema.optional(),
    template: z.enum(['slipNotPrinted']),
    /** Plaintext: `smsSchema` as JSON. */
    sealed: sealedSchema,
  }),
  auditHead: z.strictObject({
    sequence: z.int().nonnegative(),
    hash: sha256HexSchema,
    at: instantSchema,
    keyId: z.string(),
    signature: z.string(),
  }),
  fault: z.strictObject({
    device: z.string(),
    reason: z.string(),
    state: z.string(),
    at: instantSchema,
  }),
} as const

export type MessageKind = keyof typeof messageBodies
export type MessageBody<K extends MessageKind> = z.infer<(typeof messageBodies)[K]>
export const messageKinds = Object.keys(messageBodies) as MessageKind[]

/**
 * What the kiosk POSTs to `/v1/kiosks/{kioskId}/messages` with `Idempotency-Key: <key>`. The exact bytes of
 * the JSON text are stored with the message and hashed: the same key always goes with the same bytes.
 */
export const messageSchema = z.strictObject({
  key: uuidV7Schema,
  kioskId: kioskIdSchema,
  epoch: z.int().positive(),
  /** Orders the messages of one kiosk and epoch; never a key. */
  sequence: z.int().positive(),
  /** The dossier or result it belongs to; messages of one lane arrive in order. */
  lane: z.string().min(1).max(80),
  kind: z.enum(messageKinds as [MessageKind, ...MessageKind[]]),
  at: instantSchema,
  body: z.unknown(),
})
export type Message = z.infer<typeof messageSchema>
