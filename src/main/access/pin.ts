import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'

/** `scrypt$N$r$p$saltBase64$hashBase64`, as configuration and staff grants carry it. */
const shape =
  /^scrypt\$(\d{1,7})\$(\d{1,2})\$(\d{1,2})\$([A-Za-z0-9+/]+={0,2})\$([A-Za-z0-9+/]+={0,2})$/

/** A grant comes over the network: it may not ask for more work (N · r · p) than some half second. */
const maxWork = 2 ** 20
const maxMemoryBytes = 256 * 1024 * 1024

const standard = { N: 2 ** 15, r: 8, p: 1, hashBytes: 32, saltBytes: 16 }

/** Some 50 ms of work on the machine's processor. */
export async function hashPin(pin: string): Promise<string> {
  const { N, r, p, hashBytes, saltBytes } = standard
  const salt = randomBytes(saltBytes)
  const hash = await derive(pin, salt, hashBytes, { N, r, p })
  return ['scrypt', N, r, p, salt.toString('base64'), hash.toString('base64')].join('$')
}

/** In constant time for hashes of one cost. A malformed or excessive hash matches no PIN. */
export async function verifyPin(pin: string, pinHash: string): Promise<boolean> {
  const [, cost, blockSize, parallel, saltText = '', hashText = ''] = shape.exec(pinHash) ?? []
  const [N, r, p] = [Number(cost), Number(blockSize), Number(parallel)]
  const powerOfTwo = N >= 2 && (N & (N - 1)) === 0
  if (!powerOfTwo || r < 1 || r > 16 || p < 1 || N * r * p > maxWork) return false
  const expected = Buffer.from(hashText, 'base64')
  if (expected.length < 16 || expected.length > 64) return false
  const actual = await derive(pin, Buffer.from(saltText, 'base64'), expected.length, { N, r, p })
  return timingSafeEqual(actual, expected)
}

/** In libuv's pool: the event loop goes on serving doors. */
function derive(pin: string, salt: Buffer, bytes: number, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(
      pin.normalize('NFKC'),
      salt,
      bytes,
      { ...options, maxmem: maxMemoryBytes },
      (error, key) => (error ? reject(error) : resolve(key)),
    )
  })
}
