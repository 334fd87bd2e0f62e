import { z } from 'zod'

export const compartmentConfigSchema = z.strictObject({
  /** The number on the door, as said to citizens. */
  number: z.int().min(1).max(999),
  kind: z.enum(['drop', 'result']),
  size: z.enum(['small', 'large']),
  board: z.int().min(0).max(15),
  lock: z.int().min(0).max(15),
  /** Middle of the door above the floor, in millimetres. */
  heightMm: z.int().min(0).max(2_500),
  hasItemSensor: z.boolean(),
  /** Place in the picture of the wall, from 1 at the top left. */
  row: z.int().min(1).max(50),
  column: z.int().min(1).max(50),
})
export type CompartmentConfig = z.output<typeof compartmentConfigSchema>
