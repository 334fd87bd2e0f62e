import { createHash } from 'node:crypto'
import { Encrypter } from 'age-encryption'

/** Encrypts to the province; nobody at the kiosk can read it again. */
export interface Sealer {
  /**
   * @returns age ciphertext (X25519), base64
   * @throws RangeError when the plaintext is longer than `maxPlaintextBytes`
   */
  seal(plaintext: string): Promise<string>
}

/** The contract holds 4,000,000 characters of base64; age adds some 200 bytes and 16 in every 64 KiB. */
export const maxPlaintextBytes = 2_900_000

/** @param recipient `age1…` of the province's configuration */
export function createSealer(recipient: string): Sealer {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  return {
    async seal(plaintext) {
      const bytes = Buffer.byteLength(plaintext)
      if (bytes > maxPlaintextBytes) throw new RangeError(`seal: ${bytes} bytes are too many`)
      return Buffer.from(await encrypter.encrypt(plaintext)).toString('base64')
    },
  }
}

/** SHA-256 hex of the plaintext: in the message beside the ciphertext, and in the slip's QR. */
export function contentHash(plaintext: string): string {
  return createHash('sha256').update(plaintext, 'utf8').digest('hex')
}
