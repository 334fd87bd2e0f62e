import { z } from 'zod'
import { resultContents } from '../words.ts'
import { doorSchema, inputSchema, problem } from './parts.ts'

export const returnReasons = ['expired', 'revoked', 'notSeen'] as const
const returnReason = z.enum(returnReasons)

/** Why a door is opened that no work-list names: one touch, on record with both names. */
export const offListReasons = [
  'officeAsks',
  'wrongContents',
  'doorSuspect',
  'somethingLeft',
  'cleaning',
] as const
export type OffListReason = (typeof offListReasons)[number]
const offListReason = z.enum(offListReasons)

const offListCompartment = z.object({
  compartment: z.int(),
  /** On record. A bag is taken out from the work-list and nowhere else. */
  holds: z.enum(['nothing', 'bag', 'result']),
  /** Of the bag or the dossier; null where nothing is on record. */
  code: z.string().nullable(),
  isDoubtful: z.boolean(),
  mayOpen: z.boolean(),
})

/** An officer empties and stocks. */
export const officerScreens = [
  /** The map of all compartments, for a door that no list names. */
  z.object({
    name: z.literal('offListDoors'),
    compartments: z.array(offListCompartment),
    problem,
  }),
  z.object({
    name: z.literal('offListReason'),
    compartment: z.int(),
    reasons: z.array(offListReason),
  }),
  /** Somebody else's badge … */
  z.object({
    name: z.literal('offListSecond'),
    compartment: z.int(),
    reason: offListReason,
    problem,
  }),
  /** … and that person's PIN. */
  z.object({
    name: z.literal('offListSecondPin'),
    compartment: z.int(),
    reason: offListReason,
    input: inputSchema,
    problem,
  }),
  /** A result that somebody may still collect: taken out, or looked at and left. */
  z.object({ name: z.literal('offListDoor'), door: doorSchema, dossierCode: z.string() }),
  z.object({
    name: z.literal('stockScan'),
    waiting: z.array(
      z.object({
        dossierCode: z.string(),
        size: z.enum(['small', 'large']),
        what: z.enum(resultContents),
      }),
    ),
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
    /** Results that nobody may collect here any more: they come first. */
    returns: z.array(
      z.object({ compartment: z.int(), dossierCode: z.string(), reason: returnReason }),
    ),
    /** Compartments of which nothing is known: to be looked into. */
    looks: z.array(z.int()),
    /** Something was taken out that is on no hand-over record yet. */
    mayHandOver: z.boolean(),
    problem,
  }),
  z.object({
    name: z.literal('returnDoor'),
    door: doorSchema,
    dossierCode: z.string(),
    reason: returnReason,
    /** The officer found nothing inside. */
    gone: z.boolean(),
    inRound: z.boolean(),
  }),
  /** Printed for two signatures, and sent to the province. */
  z.object({
    name: z.literal('handOver'),
    counts: z.object({
      collected: z.int(),
      unreadable: z.int(),
      missing: z.int(),
      surplus: z.int(),
      returned: z.int(),
    }),
    printed: z.enum(['printing', 'printed', 'notPrinted']),
  }),
  z.object({
    name: z.literal('emptyDoor'),
    door: doorSchema,
    bagCode: z.string(),
    /** The bag was scanned, or recorded missing. */
    bagSettled: z.boolean(),
    /** Read at this door, and expected nowhere here. */
    strangeCode: z.string().nullable(),
    /** The next door opens by itself. */
    inRound: z.boolean(),
    problem,
  }),
  z.object({
    name: z.literal('staffDoorProblem'),
    compartment: z.int(),
    reason: z.enum(['doorJammed', 'unknown']),
  }),
] as const
