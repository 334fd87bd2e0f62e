import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { z } from 'zod'
import type { ProvinceKeys } from '../../contract/province/keys.ts'
import { sha256Hex } from './tokens.ts'

const keyFileSchema = z.strictObject({
  version: z.literal(1),
  /** `AGE-SECRET-KEY-1…`: opens what kiosks seal. */
  ageIdentity: z.string().startsWith('AGE-SECRET-KEY-1'),
  /** Ed25519, PKCS #8 DER in base64: signs receipts and staff grants. */
  signingKey: z.base64(),
})

export interface Keys {
  readonly keyId: string
  /** Ed25519, base64url. */
  sign(text: string): string
  /** Encrypts to the province itself: phone numbers and codes never lie openly in its store. */
  seal(plaintext: string): Promise<string>
  /** Opens base64 age ciphertext; throws `UnsealError` when it was not made for this province. */
  unseal(sealed: string): Promise<Uint8Array>
  /** The same for binary ciphertext. */
  unsealBytes(ciphertext: Uint8Array): Promise<Uint8Array>
  published(provinceId: string): ProvinceKeys
}

export class UnsealError extends Error {}

/** Reads `keys.json` of the data folder, or makes it when there is no store yet. */
export async function openKeys(dataFolder: string, storeExists: boolean): Promise<Keys> {
  const file = join(dataFolder, 'keys.json')
  if (!existsSync(file)) {
    // New keys beside old dossiers would make every one of them unreadable without anyone noticing.
    if (storeExists) throw new Error(`${file} is missing beside an existing store: restore it`)
    await createKeyFile(file)
  }
  if ((statSync(file).mode & 0o077) !== 0) {
    throw new Error(`${file} is readable by others: chmod 600`)
  }
  const stored = keyFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  const signingKey = createPrivateKey({
    key: Buffer.from(stored.signingKey, 'base64'),
    format: 'der',
    type: 'pkcs8',
  })
  return keysOf(stored.ageIdentity, signingKey, await identityToRecipient(stored.ageIdentity))
}

function keysOf(ageIdentity: string, signingKey: KeyObject, ageRecipient: string): Keys {
  const publicKey = createPublicKey(signingKey).export({ format: 'jwk' }).x ?? ''
  const unsealBytes = async (ciphertext: Uint8Array): Promise<Uint8Array> => {
    const decrypter = new Decrypter()
    decrypter.addIdentity(ageIdentity)
    try {
      return await decrypter.decrypt(ciphertext)
    } catch {
      throw new UnsealError('not sealed to this province')
    }
  }
  const keyId = `p-${sha256Hex(publicKey).slice(0, 8)}`
  return {
    keyId,
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), signingKey).toString('base64url'),
    async seal(plaintext) {
      const encrypter = new Encrypter()
      encrypter.addRecipient(ageRecipient)
      return Buffer.from(await encrypter.encrypt(plaintext)).toString('base64')
    },
    unseal: (sealed) => unsealBytes(Buffer.from(sealed, 'base64')),
    unsealBytes,
    published: (provinceId) => ({
      provinceId,
      receiptKeys: [{ keyId, publicKey }],
      staffKeys: [{ keyId, publicKey }],
      ageRecipient,
    }),
  }
}

/**
 * Written beside, synced and linked: a power cut leaves whole keys or none, and of two processes that begin at
 * once both read the keys of the first.
 */
async function createKeyFile(file: string): Promise<void> {
  const { privateKey } = generateKeyPairSync('ed25519')
  const content: z.infer<typeof keyFileSchema> = {
    version: 1,
    ageIdentity: await generateX25519Identity(),
    signingKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
  }
  const temporary = `${file}.${process.pid}.new`
  const descriptor = openSync(temporary, 'w', 0o600)
  writeSync(descriptor, `${JSON.stringify(content, null, 2)}\n`)
  fsyncSync(descriptor)
  closeSync(descriptor)
  chmodSync(temporary, 0o600)
  try {
    linkSync(temporary, file)
  } catch (error) {
    if (!existsSync(file)) throw error
  } finally {
    rmSync(temporary)
  }
  const folder = openSync(join(file, '..'), 'r')
  fsyncSync(folder)
  closeSync(folder)
}
