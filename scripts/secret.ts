// `npm run -s secret`: what an installation needs and nobody can write by hand. Prints it, keeps nothing.
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { badgeHash } from '../src/main/access/badge-hash.ts'
import { newKeysFile } from '../src/main/core/keys/keys-file.ts'
import { hashSecret } from '../src/province/security/secret-hash.ts'

const usage = `usage: npm run -s secret -- kiosk-keys | token | badge | hash
  kiosk-keys  fresh keys of one kiosk, for systemd-creds
  token       a kiosk's token, and the tokenSha256 that the province keeps of it
  badge       the payload of a new badge, and its badgeHash
  hash        reads a PIN or password from standard input: pinHash, passwordHash
`

const [kind, ...rest] = process.argv.slice(2)
const text = rest.length > 0 ? undefined : await made(kind)
if (text === undefined) {
  process.stderr.write(usage)
  process.exitCode = 2
} else {
  process.stdout.write(text)
}

async function made(what: string | undefined): Promise<string | undefined> {
  switch (what) {
    case 'kiosk-keys':
      return newKeysFile()
    case 'token': {
      const token = randomBytes(32).toString('base64url')
      const hash = createHash('sha256').update(token).digest('hex')
      return `token        ${token}\ntokenSha256  ${hash}\n`
    }
    case 'badge': {
      const payload = `MCB1*${randomBytes(12).toString('hex').toUpperCase()}`
      return `payload    ${payload}\nbadgeHash  ${badgeHash(payload)}\n`
    }
    case 'hash': {
      const secret = readFileSync(0, 'utf8').replace(/\r?\n$/, '')
      return secret === '' ? undefined : `${await hashSecret(secret)}\n`
    }
    default:
      return undefined
  }
}
