import {
  createHash,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { z } from 'zod'
import type { KeysResult } from './key-provider.ts'

const key32Bytes = z.base64().refine((text) => Buffer.from(text, 'base64').length === 32)

/** Text of `keys.json` and of the systemd credential alike. */
const keysFileSchema = z.strictObject({
  version: z.literal(1),
  /** Ed25519 private key, PKCS #8 DER, base64. */
  slipPrivateKey: z.base64(),
  rightsKey: key32Bytes,
  personKey: key32Bytes,
})

/** Fresh keys from the system's randomness, as the text of a keys file. */
export function newKeysFile(): string {
  const { privateKey } = generateKeyPairSync('ed25519')
  const file: z.infer<typeof keysFileSchema> = {
    version: 1,
    slipPrivateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    rightsKey: randomBytes(32).toString('base64'),
    personKey: randomBytes(32).toString('base64'),
  }
  return `${JSON.stringify(file, null, 2)}\n`
}

export function parseKeysFile(text: string, where: string): KeysResult {
  const malformed = {
    ok: false,
    code: 'KEYS_MALFORMED',
    message: `${where} does not hold the keys of a kiosk`,
  } as const
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return malformed
  }
  // Neither zod's nor the JSON parser's message is passed on: both may quote what they found.
  const file = keysFileSchema.safeParse(json)
  if (!file.success) return malformed
  const privateKey = readPrivateKey(file.data.slipPrivateKey)
  if (privateKey === undefined) return malformed
  const publicKey = createPublicKey(privateKey).export({ format: 'jwk' }).x ?? ''
  return {
    ok: true,
    keys: {
      slip: { keyId: slipKeyId(publicKey), publicKey, privateKey },
      rightsKey: createSecretKey(Buffer.from(file.data.rightsKey, 'base64')),
      personKey: createSecretKey(Buffer.from(file.data.personKey, 'base64')),
    },
  }
}

/** First 8 hex digits of the SHA-256 of the public key: short enough for a QR, the same on every machine. */
function slipKeyId(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex').slice(0, 8)
}

function readPrivateKey(base64: string): KeyObject | undefined {
  try {
    const key = createPrivateKey({
      key: Buffer.from(base64, 'base64'),
      format: 'der',
      type: 'pkcs8',
    })
    return key.asymmetricKeyType === 'ed25519' ? key : undefined
  } catch {
    return undefined
  }
}
