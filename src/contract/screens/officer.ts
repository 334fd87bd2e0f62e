import { z } from 'zod'
import { doorSchema, problem } from './parts.ts'

/** An officer empties and stocks. */
export const officerScreens = [
  z.object({
    name: z.literal('stockScan'),
    waiting: z.array(z.object({ dossierCode: z.string(), size: z.enum(['small', 'large']) })),
    freeCompartments: z.int(),
    lastStocked: z.object({ dossierCode: z.string(), compartment: z.int() }).nullable(),
    problem,
  }),
  z.object({ name: z.literal('stockDoor'), dossierCode: z.string(), door: doorSchema }),
  z.object({
    name: z.literal('emptyList'),
    bags: z.array(
      z.object({
        compartment: z.int(),
        bagCode: z.string(),
        state: z.enum(['deposited', 'unknown', 'suspect']),
      }),
    ),
    problem,
  }),
  z.object({
    name: z.literal('emptyDoor'),
    door: doorSchema,
    bagCode: z.string(),
    /** The bag was scanned, or recorded missing. */
    bagSettled: z.boolean(),
    problem,
  }),
  z.object({
    name: z.literal('staffDoorProblem'),
    compartment: z.int(),
    reason: z.enum(['doorJammed', 'unknown']),
  }),
] as const
