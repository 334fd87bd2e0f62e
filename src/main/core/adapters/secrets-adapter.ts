import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import type { SecretsPort } from '../../flows/secrets-port.ts'
import { hmacHex, type KioskKeys } from '../keys/kiosk-keys.ts'

/** Keyed hashes under the machine's keys, each use with a prefix of its own, and the system's randomness. */
export function secretsAdapter(keys: KioskKeys): SecretsPort {
  return {
    personHash: (idNumber) => hmacHex(keys.personKey, `person\n${idNumber}`),
    phoneHash: (phone) => hmacHex(keys.personKey, `phone\n${phone}`),
    rightHash: (text) => hmacHex(keys.rightsKey, `right\n${text}`),
    secretHash: (intakeId, secret) => hmacHex(keys.rightsKey, `secret\n${intakeId}\n${secret}`),
    randomDigits: (length) => Array.from({ length }, () => randomInt(10)).join(''),
    randomBytes16: () => new Uint8Array(randomBytes(16)),
    newId: () => randomUUID(),
  }
}
