import { z } from 'zod'
import { reasonCodes, services } from './faults.ts'
import { supplyView } from './supplies.ts'

/** Tests that a person at the machine can run, each of one device. */
export const deviceTests = [
  'testSlip',
  'readDoors',
  'openCompartment',
  'readCode',
  'scanPage',
  'sound',
] as const
export type DeviceTest = (typeof deviceTests)[number]

export const testRecord = z.object({
  test: z.enum(deviceTests),
  at: z.iso.datetime(),
  outcome: z.enum(['good', 'bad']),
  /** Figures and codes; nothing that was read or printed. */
  detail: z.string(),
})
export type TestRecord = z.infer<typeof testRecord>

export const deviceReport = z.object({
  id: z.string(),
  state: z.enum(['starting', 'online', 'busy', 'offline', 'absent', 'needsAttendant', 'broken']),
  reasons: z.array(z.enum(reasonCodes)),
  identity: z.object({
    maker: z.string().optional(),
    model: z.string().optional(),
    serial: z.string().optional(),
    firmware: z.string().optional(),
  }),
  counters: z.record(z.string(), z.number()),
  lastTest: testRecord.nullable(),
})
export type DeviceReport = z.infer<typeof deviceReport>

export const finding = z.object({
  /** A device's id, a supply, `compartments`, `clock` or `province`. */
  subject: z.string(),
  reason: z.enum(reasonCodes),
  /** `unfit`: a service is away because of it. */
  severity: z.enum(['unfit', 'notice']),
})
export type Finding = z.infer<typeof finding>

/** Whether the machine may serve, and why not: the same on the screen, as JSON and over SSH. */
export const diagnosisSchema = z.object({
  at: z.iso.datetime(),
  kioskId: z.string(),
  fit: z.boolean(),
  findings: z.array(finding),
  services: z.array(
    z.object({
      service: z.enum(services),
      available: z.boolean(),
      reasons: z.array(z.enum(reasonCodes)),
    }),
  ),
  devices: z.array(deviceReport),
  compartments: z.object({
    free: z.int(),
    suspect: z.array(z.int()),
    unknown: z.array(z.int()),
  }),
  supplies: z.array(supplyView),
  clockSynchronised: z.boolean(),
  /** Last moment of the certificate that the kiosk shows to the province; absent: it shows none. */
  certificateNotAfter: z.iso.datetime().optional(),
})
export type Diagnosis = z.infer<typeof diagnosisSchema>
