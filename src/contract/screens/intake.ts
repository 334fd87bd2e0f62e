import { z } from 'zod'
import { relations } from '../words.ts'
import {
  doorSchema,
  identityView,
  inputSchema,
  paperView,
  problem,
  procedureView,
  slipView,
} from './parts.ts'

/** A citizen hands in a dossier. */
export const intakeScreens = [
  z.object({ name: z.literal('notice') }),
  z.object({ name: z.literal('identify'), problem }),
  z.object({ name: z.literal('identifyTyped'), input: inputSchema, problem }),
  z.object({ name: z.literal('identity'), identity: identityView }),
  z.object({ name: z.literal('relation'), choices: z.array(z.enum(relations)) }),
  z.object({ name: z.literal('owner'), relation: z.enum(relations), problem }),
  z.object({
    name: z.literal('ownerTyped'),
    relation: z.enum(relations),
    input: inputSchema,
    problem,
  }),
  z.object({ name: z.literal('phone'), input: inputSchema, problem }),
  /** Offline: typed a second time, and then marked unconfirmed. */
  z.object({ name: z.literal('phoneAgain'), input: inputSchema, problem }),
  z.object({
    name: z.literal('phoneCode'),
    phone: z.string(), // masked
    sending: z.boolean(),
    triesLeft: z.int(),
    input: inputSchema,
    problem,
  }),
  z.object({ name: z.literal('secret'), repeat: z.boolean(), input: inputSchema, problem }),
  z.object({
    name: z.literal('procedures'),
    input: inputSchema,
    results: z.array(procedureView),
    /** Before anything was begun: only to see what may be done here. */
    lookingUp: z.boolean(),
    problem,
  }),
  z.object({
    name: z.literal('procedure'),
    procedure: procedureView,
    lookingUp: z.boolean(),
    /** Why it cannot be handed in here, in the session's language; empty when it can. */
    reason: z.string(),
    fee: z.string(),
    duration: z.string(),
    handOut: z.boolean(),
    presenceNeeded: z.boolean(),
    papers: z.array(paperView),
  }),
  z.object({
    name: z.literal('papers'),
    procedure: procedureView,
    papers: z.array(paperView),
    problem,
  }),
  z.object({ name: z.literal('bag'), size: z.enum(['small', 'large']), problem }),
  z.object({
    name: z.literal('summary'),
    applicant: z.string(),
    owner: z.string(),
    relation: z.enum(relations),
    phone: z.string(),
    phoneConfirmed: z.boolean(),
    hasSecret: z.boolean(),
    procedure: procedureView,
    papers: z.array(paperView),
    bagCode: z.string(),
    scannedPages: z.int(),
    problem,
  }),
  z.object({ name: z.literal('depositDoor'), door: doorSchema }),
  /** Door closed and the sensor sees nothing: has the citizen put the bag in? */
  z.object({ name: z.literal('depositMissing'), compartment: z.int() }),
  z.object({ name: z.literal('slipPrinting'), slip: slipView }),
  z.object({
    name: z.literal('slipFailed'),
    slip: slipView,
    smsQueued: z.boolean(),
    canPrintAgain: z.boolean(),
  }),
  z.object({
    name: z.literal('intakeDone'),
    slips: z.array(slipView),
    canAddBag: z.boolean(),
    /** The feeder's sensor sees paper: it is taken along before going. */
    originalLeft: z.boolean(),
  }),
  /** The bag was taken back, or nothing was put in: nothing is held, nothing was sent. */
  z.object({ name: z.literal('intakeAbandoned'), reason: z.enum(['nothingInside', 'doorJammed']) }),
  /** Nobody saw what happened: an officer settles it. The note is not a slip. */
  z.object({
    name: z.literal('intakeIncident'),
    intakeId: z.string(),
    compartment: z.int(),
    notePrinted: z.enum(['printing', 'printed', 'notPrinted']),
  }),
] as const
