import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { kioskIdSchema } from '../contract/province/message.ts'
import { adapterSchema } from './adapters/adapter-config.ts'
import { retentionSchema } from './privacy/retention-config.ts'
import { smsGatewaySchema } from './sms/gateway-config.ts'
import { userRoles } from './store/records/user-records.ts'

const scryptHashSchema = z
  .string()
  .regex(/^scrypt\$\d+\$\d+\$\d+\$[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+$/)

const kioskSchema = z
  .strictObject({
    id: kioskIdSchema,
    unitCode: z.string().min(1).max(35),
    place: z.string().min(1).max(200),
    /** Bearer token in the clear: demo only. */
    token: z.string().min(16).optional(),
    /** SHA-256 hex of the bearer token. */
    tokenSha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  })
  .refine((kiosk) => (kiosk.token === undefined) !== (kiosk.tokenSha256 === undefined), {
    path: ['tokenSha256'],
    error: 'needs either tokenSha256 or token, not both',
  })

const staffSchema = z
  .strictObject({
    staffId: z.string().min(1).max(64),
    displayName: z.string().min(1).max(80),
    role: z.enum(['officer', 'operator', 'technician']),
    /** What the reader reads from the badge. */
    badge: z.string().min(4).max(200),
    /** PIN in the clear: demo only. */
    pin: z
      .string()
      .regex(/^\d{4,12}$/)
      .optional(),
    pinHash: scryptHashSchema.optional(),
    validDays: z.int().min(1).max(366),
  })
  .refine((staff) => (staff.pin === undefined) !== (staff.pinHash === undefined), {
    path: ['pinHash'],
    error: 'needs either pinHash or pin, not both',
  })

const userSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9._-]{2,40}$/),
    displayName: z.string().min(1).max(80),
    role: z.enum(userRoles),
    /** Password in the clear: demo only. */
    password: z.string().min(8).optional(),
    passwordHash: scryptHashSchema.optional(),
  })
  .refine((user) => (user.password === undefined) !== (user.passwordHash === undefined), {
    path: ['passwordHash'],
    error: 'needs either passwordHash or password, not both',
  })

const timeZoneSchema = z.string().refine(
  (zone) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone })
      return true
    } catch {
      return false
    }
  },
  { error: 'is not a time zone' },
)

export const provinceConfigSchema = z
  .strictObject({
    /** Secrets may be written openly, and then only loopback may be listened on. */
    demo: z.boolean().default(false),
    provinceId: z.string().min(1).max(64),
    /** Heading of the web page. */
    name: z.string().min(1).max(200),
    timeZone: timeZoneSchema,
    /** The page is reached over https (behind a proxy): cookies are then marked Secure. */
    https: z.boolean().default(false),
    /**
     * PEM files, paths from the configuration's folder: serve https, and let a kiosk in only with a certificate of
     * `kioskCaFile` whose common name is the kiosk's id.
     */
    tls: z
      .strictObject({
        certificateFile: z.string().min(1),
        keyFile: z.string().min(1),
        kioskCaFile: z.string().min(1),
      })
      .optional(),
    officialCode: z.strictObject({
      /** Unit, date and a daily counter must occur, or codes would repeat. */
      pattern: z
        .string()
        .regex(/\{unitCode\}/, { error: 'must contain {unitCode}' })
        .regex(/\{(yyMMdd|yyyyMMdd)\}/, { error: 'must contain {yyMMdd} or {yyyyMMdd}' })
        .regex(/\{seq[1-9]\}/, { error: 'must contain {seqN}' })
        .default('{unitCode}-{yyMMdd}-{seq4}'),
    }),
    units: z
      .array(z.strictObject({ code: z.string().min(1).max(35), name: z.string().min(1).max(200) }))
      .min(1),
    kiosks: z.array(kioskSchema),
    staff: z.array(staffSchema).default([]),
    users: z.array(userSchema).min(1),
    signIn: z
      .strictObject({
        maxTries: z.int().min(1).max(20).default(5),
        /** Wrong ones from one address within `lockMinutes`, whatever name. */
        triesPerAddress: z.int().min(5).max(1_000).default(30),
        lockMinutes: z.int().min(1).max(1440).default(10),
        idleMinutes: z.int().min(1).max(240).default(30),
        maxHours: z.int().min(1).max(24).default(9),
      })
      .prefault({}),
    limits: z
      .strictObject({
        /** Largest message, bytes. */
        messageBytes: z.int().min(10_000).max(20_000_000).default(4_200_000),
        /** Largest sealed page, bytes: A4 in colour at 200 dpi takes about one million. */
        pageBytes: z.int().min(100_000).max(50_000_000).default(8_000_000),
        phoneCodesPerMinute: z.int().min(1).max(6000).default(60),
      })
      .prefault({}),
    retention: retentionSchema.prefault({}),
    /** Official systems that accepted dossiers are brought to. */
    adapters: z.array(adapterSchema).default([]),
    /** Who carries messages to citizens' phones; without, they stay in the outbox for somebody else to send. */
    smsGateway: smsGatewaySchema.optional(),
    /** Without diacritics a message is GSM-7: 160 characters a part instead of 70. */
    smsDiacritics: z.boolean().default(false),
  })
  .superRefine((config, context) => {
    const units = new Set(config.units.map((unit) => unit.code))
    for (const [index, kiosk] of config.kiosks.entries()) {
      if (!units.has(kiosk.unitCode)) {
        context.addIssue({
          code: 'custom',
          path: ['kiosks', index, 'unitCode'],
          message: 'is not among units',
        })
      }
    }
    for (const [index, { id }] of config.adapters.entries()) {
      if (config.adapters.findIndex((other) => other.id === id) === index) continue
      context.addIssue({
        code: 'custom',
        path: ['adapters', index, 'id'],
        message: 'is the id of another adapter',
      })
    }
    if (config.demo) return
    const openSecrets = [
      ...config.adapters.map(
        ({ password }, index) => ['adapters', index, 'password', password] as const,
      ),
      ...config.kiosks.map((kiosk, index) => ['kiosks', index, 'token', kiosk.token] as const),
      ...config.staff.map((staff, index) => ['staff', index, 'pin', staff.pin] as const),
      ...config.users.map((user, index) => ['users', index, 'password', user.password] as const),
    ]
    if (config.smsGateway?.password !== undefined) {
      context.addIssue({
        code: 'custom',
        path: ['smsGateway', 'password'],
        message: 'may be written openly only with "demo": true',
      })
    }
    for (const [list, index, key, value] of openSecrets) {
      if (value === undefined) continue
      context.addIssue({
        code: 'custom',
        path: [list, index, key],
        message: 'may be written openly only with "demo": true',
      })
    }
  })

export type ProvinceConfig = z.infer<typeof provinceConfigSchema>

export type LoadedConfig =
  | { readonly ok: true; readonly config: ProvinceConfig }
  | { readonly ok: false; readonly problems: readonly string[] }

/** Reads and checks a configuration; each problem is one line `file: key: reason`. */
export function loadProvinceConfig(file: string): LoadedConfig {
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    return {
      ok: false,
      problems: [`${file}: ${error instanceof Error ? error.message : 'unreadable'}`],
    }
  }
  const parsed = provinceConfigSchema.safeParse(json)
  if (parsed.success) return { ok: true, config: withAbsolutePaths(parsed.data, file) }
  return {
    ok: false,
    problems: parsed.error.issues.map(
      (issue) => `${file}: ${issue.path.join('.') || '(top)'}: ${issue.message}`,
    ),
  }
}

function withAbsolutePaths(config: ProvinceConfig, file: string): ProvinceConfig {
  if (config.tls === undefined) return config
  const absolute = (name: string) => path.resolve(path.dirname(file), name)
  const { certificateFile, keyFile, kioskCaFile } = config.tls
  return {
    ...config,
    tls: {
      certificateFile: absolute(certificateFile),
      keyFile: absolute(keyFile),
      kioskCaFile: absolute(kioskCaFile),
    },
  }
}
