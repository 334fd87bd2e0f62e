import { z } from 'zod'
import { uuidV7Schema } from './message.ts'

/** So many messages of one epoch the province durably holds. */
export const heldInEpochSchema = z.strictObject({
  epoch: z.int().positive(),
  messages: z.int().nonnegative(),
})
export type HeldInEpoch = z.infer<typeof heldInEpochSchema>

export const missingKeysCap = 500

/**
 * POST `/v1/kiosks/{kioskId}/messages/missing`: keys for which the kiosk has receipts, when the province says that
 * it holds fewer messages than that: it was put back to an older copy of its own store.
 */
export const missingQuestionSchema = z.strictObject({
  keys: z.array(uuidV7Schema).min(1).max(missingKeysCap),
})

/** 200. Those of the asked keys under which nothing is held. */
export const missingAnswerSchema = z.strictObject({
  missing: z.array(uuidV7Schema).max(missingKeysCap),
})
export type MissingAnswer = z.infer<typeof missingAnswerSchema>
