import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

export interface ScryptCost {
  readonly N: number
  readonly r: number
  readonly p: number
}

/** 16 MiB and about a third of a second on a small machine (OWASP's scrypt row with N = 2^14). */
export const defaultScryptCost: ScryptCost = { N: 16_384, r: 8, p: 5 }

const hashBytes = 32

function derive(secret: string, salt: Buffer, cost: ScryptCost, length: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // Node refuses more than 32 MiB unless told; the format may carry a higher cost than ours.
    const options = { ...cost, maxmem: 256 * cost.N * cost.r + 1_048_576 }
    scrypt(secret.normalize('NFC'), salt, length, options, (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })
}

/** Hash of a password or PIN: `scrypt$N$r$p$saltBase64$hashBase64`. */
export async function hashSecret(secret: string, cost = defaultScryptCost): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(secret, salt, cost, hashBytes)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), key.toString('base64')].join(
    '$',
  )
}

/** Compares in constant time; a text that is not such a hash matches nothing. */
export async function verifySecret(secret: string, hash: string): Promise<boolean> {
  const match = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+)$/.exec(hash)
  if (!match) return false
  const [, N, r, p, salt = '', expected = ''] = match
  const cost = { N: Number(N), r: Number(r), p: Number(p) }
  const wanted = Buffer.from(expected, 'base64')
  const key = await derive(secret, Buffer.from(salt, 'base64'), cost, wanted.length)
  return timingSafeEqual(key, wanted)
}
