import { z } from 'zod'
import { deviceReport, deviceTests, finding } from '../diagnosis.ts'
import { doorSchema, inputSchema, problem } from './parts.ts'

/** A technician looks at the devices, tests them, and takes a support bundle along. */
export const technicianScreens = [
  z.object({
    name: z.literal('devices'),
    fit: z.boolean(),
    findings: z.array(finding),
    devices: z.array(deviceReport),
    problem,
  }),
  z.object({
    name: z.literal('device'),
    device: deviceReport,
    /** The newest exchanges with the wire, oldest first; personal payloads keep length and header. */
    exchanges: z.array(
      z.object({ agoMs: z.int(), direction: z.enum(['out', 'in']), hex: z.string() }),
    ),
    tests: z.array(z.enum(deviceTests)),
    running: z.enum(deviceTests).nullable(),
    problem,
  }),
  /** Which compartment is to be opened: an empty one, or with an officer beside one that holds something. */
  z.object({
    name: z.literal('testDoors'),
    empty: z.array(z.int()),
    /** Something lies inside on record, or nobody knows. */
    held: z.array(z.int()),
    problem,
  }),
  /** The officer's badge … */
  z.object({ name: z.literal('testDoorSecond'), compartment: z.int(), problem }),
  /** … and PIN. */
  z.object({
    name: z.literal('testDoorSecondPin'),
    compartment: z.int(),
    input: inputSchema,
    problem,
  }),
  /** Looked at, and shut again: nothing is known to lie inside, or what is `held` stays there. */
  z.object({
    name: z.literal('lookDoor'),
    door: doorSchema,
    held: z.boolean(),
    inRound: z.boolean(),
  }),
  /** Any code to the reader: only that it was read is shown. */
  z.object({ name: z.literal('testCode') }),
  z.object({
    name: z.literal('supportBundle'),
    state: z.enum(['writing', 'safeToRemove', 'failed']),
    file: z.string().nullable(),
    bytes: z.int(),
  }),
] as const
