import { z } from 'zod'

/** What the machine uses up and an officer fills up again: bags in pieces, paper in millimetres. */
export const supplies = ['bags', 'paper'] as const
export type Supply = (typeof supplies)[number]

export const supplyView = z.object({
  supply: z.enum(supplies),
  /** Pieces or millimetres; null until somebody has filled it up for the first time. */
  left: z.int().nonnegative().nullable(),
  /** What a filling makes of it. */
  capacity: z.int().positive(),
  /** At or below this much somebody is told. */
  lowAt: z.int().nonnegative(),
})
export type SupplyView = z.infer<typeof supplyView>
