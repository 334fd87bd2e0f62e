import { z } from 'zod'
import { collectionRefusals, doorSchema, inputSchema, problem } from './parts.ts'

/** A citizen takes a result out. */
export const collectionScreens = [
  z.object({
    name: z.literal('collect'),
    /** What was given so far. */
    slip: z.boolean(),
    card: z.boolean(),
    code: z.boolean(),
    problem,
  }),
  z.object({
    name: z.literal('collectTyped'),
    input: inputSchema,
    slip: z.boolean(),
    card: z.boolean(),
    problem,
  }),
  /** The code is right and this result needs the slip or the card as well. */
  z.object({ name: z.literal('collectProof'), problem }),
  z.object({ name: z.literal('collectRefused'), refusal: z.enum(collectionRefusals) }),
  z.object({ name: z.literal('collectDoor'), door: doorSchema }),
  z.object({ name: z.literal('collectDone'), compartment: z.int() }),
  /** Door closed with the envelope still inside: the right stands. */
  z.object({
    name: z.literal('collectNotTaken'),
    compartment: z.int(),
    reason: z.enum(['stillInside', 'doorJammed']),
    canOpenAgain: z.boolean(),
  }),
  z.object({ name: z.literal('collectIncident'), compartment: z.int() }),
] as const
