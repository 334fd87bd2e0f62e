import { z } from 'zod'

const ms = (defaultMs: number) => z.int().min(100).max(86_400_000).default(defaultMs)
const count = (standard: number) => z.int().min(1).max(100_000).default(standard)

/** How long a step waits for a person, and how long the machine waits for things. All in milliseconds. */
export const timeoutsConfigSchema = z.strictObject({
  /** The warning, with "go on", is up this long before any of the citizen's steps ends. */
  warningMs: ms(20_000),

  // The citizen's steps
  noticeMs: ms(60_000),
  cardMs: ms(90_000),
  typingMs: ms(180_000),
  questionMs: ms(90_000),
  phoneCodeMs: ms(180_000),
  procedureMs: ms(180_000),
  papersMs: ms(180_000),
  bagMs: ms(180_000),
  summaryMs: ms(120_000),
  collectionProofMs: ms(90_000),
  collectionCodeMs: ms(120_000),
  refusalMs: ms(30_000),
  slipOnScreenMs: ms(60_000),
  /** The last screen goes back to idle by itself. */
  doneMs: ms(20_000),

  // Doors
  /** Open this long: sound and screen. */
  doorReminderMs: ms(60_000),
  /** Open this long: the compartment is suspect, staff are told, the machine serves on. */
  doorSuspectMs: ms(180_000),
  /** A sensor may need this long after the door closed before its word counts. */
  sensorSettleMs: ms(600),

  // Machine
  printMs: ms(20_000),
  phoneCodeRequestMs: ms(10_000),
  provinceRequestMs: ms(15_000),
  /** After a crash a personal screen comes back only within this time. */
  resumeMs: ms(30_000),

  // Staff
  staffPinMs: ms(60_000),
  staffSessionMs: ms(300_000),
})

export const limitsConfigSchema = z.strictObject({
  collectionCodeDigits: z.int().min(6).max(12).default(8),
  /** Wrong codes for one right before it is closed to the machine. */
  codeAttempts: z.int().min(1).max(10).default(5),
  /** Wrong codes at the machine, whoever the right belongs to, before collection by code pauses. */
  codeAttemptsPerHour: count(30),
  phoneCodeAttempts: z.int().min(1).max(10).default(3),
  phoneCodesPerSession: z.int().min(1).max(10).default(3),
  pinAttempts: z.int().min(1).max(10).default(5),
  pinLockoutMs: ms(900_000),
  bagsPerSession: z.int().min(1).max(20).default(5),
  /** Openings by staff within an hour. Local: no server can lift it. */
  staffOpeningsPerHour: count(60),
  freeDiskMegabytes: count(500),
})

/** Days. Nothing is deleted without the province's receipt, however old. */
export const retentionConfigSchema = z.strictObject({
  dossierDays: z.int().min(1).max(365).default(30),
  collectionDays: z.int().min(1).max(365).default(30),
  auditDays: z.int().min(30).max(3_650).default(730),
  logDays: z.int().min(1).max(365).default(30),
  backupDays: z.int().min(1).max(7).default(7),
})
