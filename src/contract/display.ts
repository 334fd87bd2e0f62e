import { z } from 'zod'

/** How one person wants to see and reach the screen; forgotten when they leave. */
export const displaySchema = z.strictObject({
  largeText: z.boolean(),
  highContrast: z.boolean(),
  /** Everything that can be touched stands no higher than a person in a wheelchair reaches. */
  reach: z.boolean(),
})
export type Display = z.infer<typeof displaySchema>

export const plainDisplay: Display = { largeText: false, highContrast: false, reach: false }
