import { z } from 'zod'
import { problem } from './parts.ts'

/** Nobody stands before the machine, or it serves nobody. */
export const idleScreens = [
  z.object({
    name: z.literal('idle'),
    freeCompartments: z.int(),
    /** A crash or time-out left something to settle that only its owner can go on with. */
    hint: z.enum(['none', 'holdCardOrBag']),
    problem,
  }),
  z.object({ name: z.literal('outOfService') }),
] as const
