import { z } from 'zod'

const ms = (defaultMs: number) => z.int().min(100).max(86_400_000).default(defaultMs)
const count = (standard: number) => z.int().min(1).max(100_000).default(standard)

/**
 * How long each screen waits for a person, warning included. Screens that wait for a door, the printer or
 * nobody are not here. A test holds this list against the contract's screens.
 */
const screenTimeoutsSchema = z.strictObject({
  notice: ms(60_000),
  identify: ms(90_000),
  identifyTyped: ms(180_000),
  identity: ms(90_000),
  relation: ms(90_000),
  owner: ms(90_000),
  ownerTyped: ms(180_000),
  phone: ms(120_000),
  phoneAgain: ms(120_000),
  phoneCode: ms(180_000),
  secret: ms(120_000),
  procedures: ms(180_000),
  procedure: ms(180_000),
  papers: ms(240_000),
  scanOffer: ms(240_000),
  scanReview: ms(300_000),
  scanPage: ms(300_000),
  scanTrouble: ms(240_000),
  scanLeftover: ms(120_000),
  bag: ms(240_000),
  summary: ms(120_000),
  depositMissing: ms(90_000),
  slipFailed: ms(180_000),
  intakeDone: ms(20_000),
  intakeAbandoned: ms(30_000),
  intakeIncident: ms(60_000),
  collect: ms(90_000),
  collectTyped: ms(120_000),
  collectProof: ms(90_000),
  collectRefused: ms(30_000),
  collectDone: ms(15_000),
  collectNotTaken: ms(60_000),
  collectIncident: ms(60_000),
  staffPin: ms(60_000),
  staffMenu: ms(300_000),
  queue: ms(300_000),
  queueMessage: ms(300_000),
  queueReason: ms(120_000),
  queueHandOver: ms(180_000),
  queueSecond: ms(120_000),
  queueSecondPin: ms(60_000),
  stockScan: ms(300_000),
  emptyList: ms(300_000),
  handOver: ms(300_000),
  offListDoors: ms(300_000),
  offListReason: ms(120_000),
  offListSecond: ms(120_000),
  offListSecondPin: ms(60_000),
  devices: ms(600_000),
  device: ms(600_000),
  testDoors: ms(300_000),
  testDoorSecond: ms(300_000),
  testDoorSecondPin: ms(300_000),
  testCode: ms(120_000),
  supportBundle: ms(600_000),
  staffDoorProblem: ms(300_000),
})

/** How long the machine waits, for people and for things. All in milliseconds. */
export const timeoutsConfigSchema = z.strictObject({
  /** The warning, with "go on", is up this long before a screen ends. */
  warningMs: ms(20_000),
  screens: screenTimeoutsSchema.prefault({}),

  /** A door may stand open so long before the machine calls. */
  doorOpenMs: ms(60_000),
  /** And so long again before it is given up as left open: suspect, and the machine serves on. */
  doorCallMs: ms(120_000),
  /** The machine may be blind so long before the matter is unknown. */
  doorBlindMs: ms(15_000),
  /** A closed door must stay closed so long before it is believed. */
  doorSettleMs: ms(600),

  printMs: ms(20_000),
  /** The feeder's sensor may take so long before the citizen goes on without it. */
  feederSenseMs: ms(3_000),
  /** Between two looks at an original that somebody left in the feeder. */
  feederLookMs: ms(3_000),
  /** Running time after which accepted pages that a crash left are forgotten. */
  keptPagesMs: ms(900_000),
  phoneCodeRequestMs: ms(10_000),
  provinceRequestMs: ms(15_000),
  /** Between two looks at the space on the disk. */
  diskCheckMs: ms(10_000),
  /** Between two backups, in running time. */
  backupEveryMs: ms(3_600_000),
  /** Between two looks at what the province sends down. */
  feedPollMs: ms(10_000),
  /** After a crash a personal screen comes back only within this time. */
  resumeMs: ms(30_000),
})

export const limitsConfigSchema = z.strictObject({
  collectionCodeDigits: z.int().min(6).max(12).default(8),
  /** Wrong codes for one right before it is closed to the machine. */
  codeAttempts: z.int().min(1).max(10).default(5),
  /** Wrong codes at the machine, whoever the right belongs to, before collection without slip or QR pauses. */
  codeAttemptsPerHour: count(30),
  /** Wrong codes for all results of one person within a day. */
  codeAttemptsPerPerson: count(10),
  phoneCodeAttempts: z.int().min(1).max(10).default(3),
  phoneCodesPerSession: z.int().min(1).max(10).default(3),
  /** Codes by SMS to one number within a day, whoever asks. */
  phoneCodesPerNumberPerDay: count(3),
  /** Intakes without a confirmed phone: of one person within a day. */
  unconfirmedPerPersonPerDay: count(5),
  /** … with one number within a day. */
  unconfirmedPerPhonePerDay: count(5),
  /** … of all within an hour. */
  unconfirmedPerHour: count(20),
  /** The last empty compartments are kept for confirmed phones. */
  compartmentsForConfirmed: z.int().min(0).max(256).default(2),
  pinAttempts: z.int().min(1).max(10).default(5),
  pinLockoutMs: ms(900_000),
  bagsPerSession: z.int().min(1).max(20).default(5),
  /** Scanned pages of one dossier. */
  pagesPerDossier: z.int().min(1).max(200).default(50),
  /** Openings by staff within an hour. Local: no server can lift it. */
  staffOpeningsPerHour: count(60),
  /** Below it somebody is told. */
  freeDiskMegabytes: count(500),
  /** Below it no intake begins: one that has begun must be able to end. */
  fullDiskMegabytes: count(100),
  /** Above it somebody is told that the database's log does not shrink. */
  databaseLogMegabytes: count(64),
  /** Of scanned pages that wait for the province; above it scanning is not offered. */
  pagesMegabytes: count(5_000),
  /** Of one backup folder; the newest backup stays in any case. */
  backupMegabytes: count(2_000),
})

/** Days. How long everything else is kept is in the privacy table. */
export const retentionConfigSchema = z.strictObject({
  backupDays: z.int().min(1).max(7).default(7),
})
