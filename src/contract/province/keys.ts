import { z } from 'zod'

/** An Ed25519 key that others verify with: base64url of its 32 bytes. */
const publicKeySchema = z.strictObject({ keyId: z.string().min(1).max(64), publicKey: z.string() })

/** GET `/v1/keys` (no sign-in): the public halves, in the shape of the kiosk's configuration. */
export const provinceKeysSchema = z.strictObject({
  provinceId: z.string().min(1).max(64),
  receiptKeys: z.array(publicKeySchema).min(1),
  staffKeys: z.array(publicKeySchema).min(1),
  /** age X25519 recipient (`age1…`): what the kiosk seals, only the province reads. */
  ageRecipient: z.string(),
})
export type ProvinceKeys = z.infer<typeof provinceKeysSchema>
