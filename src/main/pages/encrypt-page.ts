import { createHash } from 'node:crypto'
import { Encrypter } from 'age-encryption'

export interface EncryptedPage {
  /** age (X25519), binary. */
  readonly ciphertext: Uint8Array
  /** SHA-256 hex of the ciphertext: the page's address, which anybody can check without a key. */
  readonly contentHash: string
  /** SHA-256 hex of the page as captured; goes only where the page itself may be read. */
  readonly captureHash: string
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** @param recipient `age1…` of the province: nobody at the kiosk can read the page again */
export async function encryptPage(jpeg: Uint8Array, recipient: string): Promise<EncryptedPage> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  const ciphertext = await encrypter.encrypt(jpeg)
  return { ciphertext, contentHash: sha256(ciphertext), captureHash: sha256(jpeg) }
}
