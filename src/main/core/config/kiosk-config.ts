import { z } from 'zod'
import { kioskIdSchema } from '../../../contract/province/message.ts'
import { languages } from '../../../contract/roles.ts'
import { compartmentConfigSchema } from './compartment-config.ts'
import { devicesConfigSchema } from './device-config.ts'
import { glassConfigSchema } from './glass-config.ts'
import { hoursConfigSchema } from './hours-config.ts'
import { localizedTextSchema } from './localized-text.ts'
import { provinceConfigSchema } from './province-config.ts'
import { limitsConfigSchema, retentionConfigSchema, timeoutsConfigSchema } from './timing-config.ts'

const keysConfigSchema = z.discriminatedUnion('provider', [
  /** Files with mode 0600 in a folder: demo only. */
  z.strictObject({ provider: z.literal('file'), folder: z.string().min(1) }),
  /** `LoadCredentialEncrypted=` of systemd, sealed to the TPM where there is one. */
  z.strictObject({
    provider: z.literal('systemd'),
    /** Its name. */
    credential: z.string().min(1).default('motcua'),
  }),
])

const bagsConfigSchema = z.strictObject({
  /** Regular expression over the whole barcode: anything else is not a bag of ours. */
  codePattern: z.string().min(1),
  /** `damm`: the last digit checks the digits before it. */
  checkDigit: z.enum(['damm', 'none']).default('damm'),
  /** Bags in a stock that has been filled up. */
  capacity: z.int().min(1).max(10_000).default(100),
  /** At or below this many bags somebody is told. */
  lowAt: z.int().min(0).default(10),
})

const paperConfigSchema = z.strictObject({
  /** Length of a new roll. */
  rollMm: z.int().min(1_000).max(1_000_000).default(76_000),
  /** At or below this length somebody is told. A slip takes some 250 mm. */
  lowAtMm: z.int().min(0).default(6_000),
})

/** The one configuration file of a machine. Unknown keys are refused: a typing error must not hide. */
export const kioskConfigSchema = z.strictObject({
  $schema: z.string().optional(),
  kioskId: kioskIdSchema,
  mode: z.enum(['demo', 'production']),
  place: z.strictObject({
    /** Where the machine stands, as on the slip and in the SMS. */
    name: z.string().min(1).max(120),
    address: z.string().min(1).max(200),
    /** The office that it belongs to. */
    unitName: z.string().min(1).max(120),
    superiorUnitName: z.string().min(1).max(120).optional(),
  }),
  helpLine: z.strictObject({ phone: z.string().min(3).max(20), hours: localizedTextSchema }),
  /** The first is the one the machine returns to. */
  languages: z.array(z.enum(languages)).min(1),
  /** Languages whose texts a native speaker has read through for this province. */
  nativeReviewed: z.array(z.enum(languages)).default([]),
  /** Where the screen hangs: decides what a person in a wheelchair reaches. */
  glass: glassConfigSchema.prefault({}),
  /** A line about a camera stands on the screen only where there is one. */
  hasCamera: z.boolean().default(false),
  province: provinceConfigSchema,
  catalogueFile: z.string().min(1),
  devices: devicesConfigSchema,
  compartments: z.array(compartmentConfigSchema).min(1).max(256),
  bags: bagsConfigSchema,
  paper: paperConfigSchema.prefault({}),
  hours: hoursConfigSchema,
  timeouts: timeoutsConfigSchema.prefault({}),
  limits: limitsConfigSchema.prefault({}),
  retention: retentionConfigSchema.prefault({}),
  dataFolder: z.string().min(1),
  /** Where scanned pages lie in the clear until they are sealed: in memory (tmpfs). */
  scanFolder: z.string().min(1).optional(),
  /** Where a technician's stick is mounted; `support` in the data folder unless told. */
  supportFolder: z.string().min(1).optional(),
  /** Where an operator's exports go; `exports` in the data folder unless told. */
  exportFolder: z.string().min(1).optional(),
  /** The second path of the sealed messages; a second disk where there is one. */
  journalFolder: z.string().min(1),
  /**
   * Of a machine that has lost both paths: one above the highest epoch that the province shows for it. Its
   * compartments then count as unknown until sensors or an officer have seen them.
   */
  firstEpoch: z.int().min(1).max(9_999).default(1),
  /** Where a second copy of every backup goes; a second disk where there is one. */
  backupFolder: z.string().min(1).optional(),
  keys: keysConfigSchema,
  firstTechnician: z.strictObject({
    staffId: z.string().min(1).max(64),
    displayName: z.string().min(1).max(80),
    /** SHA-256 hex of the badge's payload. */
    badgeHash: z.string().regex(/^[0-9a-f]{64}$/, { error: 'must be a SHA-256 in hex' }),
    /** `scrypt$N$r$p$saltBase64$hashBase64`. */
    pinHash: z
      .string()
      .max(200)
      .regex(/^scrypt\$\d+\$\d+\$\d+\$[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+$/, {
        error: 'must look like scrypt$N$r$p$salt$hash',
      }),
  }),
  /** Prometheus metrics and health of core on loopback; absent: no port is opened. */
  metrics: z.strictObject({ port: z.int().min(1).max(65_535) }).optional(),
  /** Port of the screen's loopback server; 0: any free one. */
  host: z.strictObject({ port: z.int().min(0).max(65_535).default(0) }).prefault({}),
})

export type ConfigFile = z.output<typeof kioskConfigSchema>
/** With every folder known. */
export type KioskConfig = ConfigFile & {
  readonly scanFolder: string
  readonly exportFolder: string
  readonly supportFolder: string
}
