import { z } from 'zod'
import { weekSchema } from './hours-config.ts'

export const verificationKeySchema = z.strictObject({
  keyId: z.string().min(1).max(64),
  /** Ed25519 public key, base64url of its 32 bytes. */
  publicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/, { error: 'must be 32 bytes in base64url' }),
})

export const provinceConfigSchema = z
  .strictObject({
    url: z.url({ protocol: /^https?$/ }),
    provinceId: z.string().min(1).max(64),
    /** Keys whose receipts count. More than one while the province changes its key. */
    receiptKeys: z.array(verificationKeySchema).min(1),
    /** Keys whose staff grants count; absent: the receipt keys. */
    staffKeys: z.array(verificationKeySchema).min(1).optional(),
    /** age X25519 recipient: what the kiosk seals, only the province reads. */
    ageRecipient: z
      .string()
      .regex(/^age1[02-9ac-hj-np-z]{58}$/, { error: 'must be an age recipient (age1…)' }),
    /** Bearer token in the configuration itself: demo only. */
    token: z.string().min(16).optional(),
    tokenFile: z.string().min(1).optional(),
    /** PEM files: what this kiosk shows to an https province, and who vouches for the province. */
    tls: z
      .strictObject({
        certificateFile: z.string().min(1),
        keyFile: z.string().min(1),
        /** Absent: the authorities that every browser knows. */
        caFile: z.string().min(1).optional(),
      })
      .optional(),
    /** When and how fast messages and pages go up. */
    uploads: z
      .strictObject({
        /** Share of the office's line. Less would be too slow for one large page. */
        maxKilobitsPerSecond: z.int().min(256).max(1_000_000).optional(),
        /** When dossiers with their pages wait, in `hours.timeZone`; what is small goes on. */
        quietHours: weekSchema.default([]),
      })
      .prefault({}),
    /** What the levels are called here, e.g. `tỉnh` or `thành phố`, `xã`, `phường` or `đặc khu`. */
    levelNames: z.strictObject({ province: z.string().min(1), ward: z.string().min(1) }),
  })
  .refine((province) => (province.token === undefined) !== (province.tokenFile === undefined), {
    path: ['tokenFile'],
    error: 'needs either tokenFile or token, not both',
  })
