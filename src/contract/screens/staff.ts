import { z } from 'zod'
import { supplyView } from '../supplies.ts'
import { inputSchema, problem } from './parts.ts'

/** Every member of staff: signing in. */
export const staffScreens = [
  z.object({ name: z.literal('staffPin'), input: inputSchema, problem }),
  z.object({
    name: z.literal('staffMenu'),
    displayName: z.string(),
    bagsToEmpty: z.int(),
    resultsToStock: z.int(),
    supplies: z.array(supplyView),
    problem,
  }),
] as const
