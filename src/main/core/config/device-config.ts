import { z } from 'zod'

const serialChannelSchema = z.strictObject({
  kind: z.literal('serial'),
  /** `/dev/serial/by-id/…` survives another plug; `/dev/ttyUSB0` does not. */
  path: z.string().min(1),
  baudRate: z.int().min(300).max(921_600),
  dataBits: z.union([z.literal(7), z.literal(8)]).default(8),
  parity: z.enum(['none', 'even', 'odd']).default('none'),
  stopBits: z.union([z.literal(1), z.literal(2)]).default(1),
})
export type SerialChannelConfig = z.output<typeof serialChannelSchema>

const usbIdSchema = z.int().min(0).max(0xffff)
const hidChannelSchema = z
  .strictObject({
    kind: z.literal('hid'),
    path: z.string().min(1).optional(),
    vendorId: usbIdSchema.optional(),
    productId: usbIdSchema.optional(),
  })
  .refine((channel) => channel.path !== undefined || channel.vendorId !== undefined, {
    error: 'needs a path, or a vendorId (with or without a productId)',
  })
export type HidChannelConfig = z.output<typeof hidChannelSchema>

const printerConfigSchema = z.strictObject({
  driver: z.literal('escpos'),
  channel: serialChannelSchema,
  options: z
    .strictObject({
      /** 576 for 80 mm paper at 203 dpi, 384 for 58 mm. */
      rasterWidthDots: z.int().min(256).max(832).multipleOf(8).default(576),
      printedProof: z.enum(['processId', 'queuedStatus']).default('processId'),
      /** Whether the roll has a near-end sensor. */
      nearEnd: z.boolean().default(true),
      /** How long a slip may take until the printer says that it is out. */
      proofTimeoutMs: z.int().min(1_000).max(60_000).default(20_000),
    })
    .prefault({}),
})
export type PrinterConfig = z.output<typeof printerConfigSchema>

const bitSchema = z.union([z.literal(0), z.literal(1)])
const lockerConfigSchema = z.strictObject({
  driver: z.literal('kerong-cu16'),
  channel: serialChannelSchema,
  options: z.strictObject({
    boards: z.array(z.int().min(0).max(15)).min(1),
    /** Polarity differs between installations of the same board: found out by opening one door. */
    lockBitWhenClosed: bitSchema,
    hasItemSensor: z.boolean(),
    itemBitWhenPresent: bitSchema.default(1),
    pollIntervalMs: z.int().min(100).max(10_000).default(400),
    activePollIntervalMs: z.int().min(25).max(2_000).default(100),
    replyTimeoutMs: z.int().min(50).max(5_000).default(250),
    openTimeoutMs: z.int().min(500).max(30_000).default(3_000),
    minUnlockGapMs: z.int().min(0).max(10_000).default(500),
  }),
})
export type LockerConfig = z.output<typeof lockerConfigSchema>

const readerConfigSchema = z.strictObject({
  driver: z.literal('hid-pos'),
  channel: hidChannelSchema,
  options: z
    .strictObject({
      /** The same payload within this time is one reading: a code lies in view for longer than one scan. */
      repeatSuppressionMs: z.int().min(0).max(10_000).default(1_500),
    })
    .prefault({}),
})
export type ReaderConfig = z.output<typeof readerConfigSchema>

const environmentSchema = z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), z.string())
const processChannelSchema = z.strictObject({
  kind: z.literal('process'),
  /** Never a shell. `setpriv` makes a scan under way end with core, however core ends. */
  command: z
    .tuple([z.string().min(1)], z.string())
    .default(['setpriv', '--pdeathsig', 'KILL', 'scanimage']),
  /** E.g. `SANE_CONFIG_DIR`. */
  environment: environmentSchema.default({}),
})
export type ProcessChannelConfig = z.output<typeof processChannelSchema>

const saneNameSchema = z.string().min(1).max(200)
const scannerConfigSchema = z.strictObject({
  driver: z.literal('sane'),
  channel: processChannelSchema,
  options: z.strictObject({
    /** As `scanimage -L` names it, or an alias of dll.aliases. */
    device: saneNameSchema,
    /** `ADF Front`, `ADF Duplex`, …: the backend's own word. */
    source: saneNameSchema.optional(),
    /** `null` for a backend without this option. */
    mode: saneNameSchema.nullable().default('Color'),
    pageWidthMm: z.number().min(50).max(320).optional(),
    pageHeightMm: z.number().min(50).max(450).optional(),
    /** The backend's further options, e.g. `df-action: Stop`. */
    saneOptions: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), z.string()).default({}),
    probeIntervalMs: z.int().min(1_000).max(600_000).default(15_000),
    troubleIntervalMs: z.int().min(500).max(600_000).default(3_000),
    silentAfterMs: z.int().min(1_000).max(300_000).default(30_000),
    killAfterMs: z.int().min(500).max(60_000).default(5_000),
  }),
})
export type ScannerConfig = z.output<typeof scannerConfigSchema>

/** Each is optional: a machine without it starts, and the missing device is a status. */
export const devicesConfigSchema = z.strictObject({
  printer: printerConfigSchema.optional(),
  locker: lockerConfigSchema.optional(),
  reader: readerConfigSchema.optional(),
  scanner: scannerConfigSchema.optional(),
})
export type DevicesConfig = z.output<typeof devicesConfigSchema>
