import { z } from 'zod'
import { displaySchema } from './display.ts'
import { reasonCodes, services } from './faults.ts'
import { languages, roles } from './roles.ts'
import { screenSchema } from './screen.ts'

const serviceTruth = z.object({
  service: z.enum(services),
  available: z.boolean(),
  reasons: z.array(z.enum(reasonCodes)),
})

/** All that the renderer knows. It draws it, and sends intentions that name the `screenId` they were made on. */
export const snapshotSchema = z.object({
  /** Counts every change; a lower one never replaces a higher one within one `coreId`. */
  revision: z.int(),
  /** New at every start of core. */
  coreId: z.string(),
  /** New at every new screen: an intention made on another one is not taken. */
  screenId: z.string(),
  language: z.enum(languages),
  languages: z.array(z.enum(languages)),
  display: displaySchema,
  role: z.enum(roles),
  kiosk: z.object({
    kioskId: z.string(),
    placeName: z.string(),
    unitName: z.string(),
    helpPhone: z.string(),
    helpHours: z.string(),
    /** An officer will have looked by then at what is handed in now. */
    officerLooksBy: z.iso.datetime(),
    hasCamera: z.boolean(),
    /** Share of the glass, from its top, that not everyone reaches: 0 to 1. */
    aboveReach: z.number().min(0).max(1),
    demo: z.boolean(),
  }),
  services: z.array(serviceTruth),
  /** Compartments as the citizen faces them, for the picture of the real wall. */
  wall: z.array(
    z.object({
      compartment: z.int(),
      row: z.int(),
      column: z.int(),
      size: z.enum(['small', 'large']),
    }),
  ),
  clock: z.object({ now: z.iso.datetime(), synchronised: z.boolean() }),
  /** Present while the current step runs out of time: the renderer warns by screen and sound. */
  warning: z.object({ secondsLeft: z.int() }).nullable(),
  /** Whether a step back, and leaving altogether, would be taken now. */
  can: z.object({ back: z.boolean(), leave: z.boolean() }),
  screen: screenSchema,
})
export type Snapshot = z.infer<typeof snapshotSchema>
