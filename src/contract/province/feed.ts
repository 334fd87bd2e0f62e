import { z } from 'zod'
import { resultContents } from '../words.ts'
import { instantSchema, intakeIdSchema } from './message.ts'

/** How sure the machine must be before a result leaves. */
export const assurances = ['code', 'codeAndProof', 'officerOnly'] as const
export type Assurance = (typeof assurances)[number]

/**
 * The way down: GET `/v1/kiosks/{kioskId}/feed/{kind}?after={cursor}&limit={n}`. One cursor a kind, each item
 * applied once together with its cursor. This is the whole allow-list of what the province may set.
 */
export const feedItems = {
  /** A finished result that an officer may put into a compartment of this kiosk. */
  results: z.strictObject({
    resultId: z.string().min(1).max(64),
    /** Not said: `result`. */
    what: z.enum(resultContents).optional(),
    /** The intakeId where the dossier never got an official code. */
    dossierCode: z.string().min(1).max(64),
    /** When the dossier was handed in at this kiosk. */
    intakeId: intakeIdSchema.optional(),
    procedureCode: z.string().min(1).max(64),
    assurance: z.enum(assurances),
    phoneConfirmed: z.boolean(),
    size: z.enum(['small', 'large']).default('small'),
    /** Days the result may lie in the compartment. */
    keepDays: z.int().min(1).max(60),
  }),
  /** National status codes 1–10 of a dossier handed in here; an unknown code is kept as it is. */
  statuses: z.strictObject({
    intakeId: intakeIdSchema,
    dossierCode: z.string().max(64).optional(),
    status: z.int(),
    at: instantSchema,
  }),
  catalogue: z.strictObject({
    procedureCode: z.string(),
    takeIn: z.enum(['paper', 'scanOnly', 'no']),
    handOut: z.boolean(),
  }),
  texts: z.strictObject({
    key: z.string().regex(/^notice\.[a-z]+$/),
    language: z.enum(['vi', 'en', 'km']),
    text: z.string().max(500),
  }),
  hours: z.strictObject({
    weekday: z.int().min(1).max(7),
    ranges: z.array(z.string().regex(/^\d\d:\d\d-\d\d:\d\d$/)),
  }),
  revocations: z.strictObject({
    what: z.enum(['collectionRight', 'staffGrant']),
    id: z.string().min(1).max(64),
  }),
  /** Signed and expiring; `signature` is the province's Ed25519 over `staffGrantText`. */
  staff: z.strictObject({
    grantId: z.string().min(1).max(64),
    staffId: z.string().min(1).max(64),
    displayName: z.string().max(80),
    role: z.enum(['officer', 'operator', 'technician']),
    /** SHA-256 hex of the badge's payload. */
    badgeHash: z.string().regex(/^[0-9a-f]{64}$/),
    /** `scrypt$N$r$p$saltBase64$hashBase64`. */
    pinHash: z.string().max(200),
    notBefore: instantSchema,
    notAfter: instantSchema,
    keyId: z.string(),
    signature: z.string(),
  }),
} as const

export type FeedKind = keyof typeof feedItems
export type FeedItem<K extends FeedKind> = z.infer<(typeof feedItems)[K]>
export const feedKinds = Object.keys(feedItems) as FeedKind[]

export const feedPageSchema = z.strictObject({
  items: z.array(z.strictObject({ cursor: z.int().positive(), item: z.unknown() })).max(500),
})
export type FeedPage = z.infer<typeof feedPageSchema>

/** POST `/v1/kiosks/{kioskId}/feed/{kind}/refusals`: an item this kiosk parked. */
export const feedRefusalSchema = z.strictObject({
  cursor: z.int().positive(),
  code: z.enum(['INVALID_ITEM', 'BAD_SIGNATURE', 'CONFLICT', 'UNKNOWN_REFERENCE']),
})
export type FeedRefusal = z.infer<typeof feedRefusalSchema>

export function staffGrantText(grant: Omit<FeedItem<'staff'>, 'signature'>): string {
  return [
    'motcua-staff-1',
    grant.grantId,
    grant.staffId,
    grant.displayName,
    grant.role,
    grant.badgeHash,
    grant.pinHash,
    grant.notBefore,
    grant.notAfter,
    grant.keyId,
  ].join('\n')
}
