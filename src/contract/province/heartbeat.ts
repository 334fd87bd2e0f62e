import { z } from 'zod'
import { heldInEpochSchema } from './held.ts'
import { instantSchema, sha256HexSchema } from './message.ts'

const countSchema = z.int().nonnegative()
/** A code of a newer kiosk is taken as it is. */
const codeSchema = z.string().regex(/^[A-Za-z0-9_]{1,40}$/)

/** A row of the kiosk's audit chain: its number, and the hash over it and all before. */
export const auditPointSchema = z.strictObject({ sequence: countSchema, hash: sha256HexSchema })
export type AuditPoint = z.infer<typeof auditPointSchema>

/**
 * POST `/v1/kiosks/{kioskId}/heartbeat`, once a minute. Not queued and without a receipt: only the newest counts,
 * and a kiosk whose province does not know it goes on without. Codes and counts only.
 */
export const heartbeatSchema = z.strictObject({
  epoch: z.int().positive(),
  /** As in the registration of the epoch: two databases with one epoch betray themselves. */
  instance: z.uuid(),
  /** The kiosk's wall clock. */
  at: instantSchema,
  clockSynchronised: z.boolean(),
  outbox: z.strictObject({
    pending: countSchema,
    parked: countSchema,
    /** When the oldest message that has no receipt was made. */
    oldestAt: instantSchema.nullable(),
  }),
  services: z
    .array(
      z.strictObject({
        service: codeSchema,
        available: z.boolean(),
        reasons: z.array(codeSchema).max(50),
      }),
    )
    .max(20),
  /** What is used up: bags in pieces, paper in millimetres; `left` null: never counted. */
  supplies: z
    .array(
      z.strictObject({
        supply: codeSchema,
        left: countSchema.nullable(),
        capacity: countSchema,
        lowAt: countSchema,
      }),
    )
    .max(20)
    .optional(),
  compartments: z.strictObject({
    /** Empty and ready to take a dossier in. */
    free: countSchema,
    /** Blocked until a person has looked. */
    blocked: countSchema,
  }),
  /** Until when the certificate is good that the kiosk shows; absent: it shows none. */
  certificateNotAfter: instantSchema.optional(),
  audit: z.strictObject({
    ...auditPointSchema.shape,
    keyId: z.string().min(1).max(64),
    /** Ed25519 of the slip key over `auditHeadText`, base64url. */
    signature: z.string().max(100),
    /** The chain's row at the number of the last answer's `auditSeen`: shows that it was only added to. */
    proves: auditPointSchema.optional(),
  }),
})
export type Heartbeat = z.infer<typeof heartbeatSchema>

/**
 * 200. `auditSeen`: the furthest row of this epoch's chain that the province has seen. `held`: what it holds of this
 * kiosk's messages; fewer than it has signed for shows that it was put back to an older copy.
 */
export const heartbeatAnswerSchema = z.strictObject({
  auditSeen: auditPointSchema.nullable(),
  held: z.array(heldInEpochSchema).max(10_000).optional(),
})
export type HeartbeatAnswer = z.infer<typeof heartbeatAnswerSchema>

/** The exact text under the signature of an audit head. */
export function auditHeadText(head: {
  readonly kioskId: string
  readonly epoch: number
  readonly sequence: number
  readonly hash: string
  readonly at: string
  readonly keyId: string
}): string {
  return [
    'motcua-audit-head-1',
    head.kioskId,
    head.epoch,
    head.sequence,
    head.hash,
    head.at,
    head.keyId,
  ].join('\n')
}
