import { createPublicKey, verify } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileKeyProvider, keysFileName } from './file-key-provider.ts'
import type { KeyProvider } from './key-provider.ts'
import { newKeysFile } from './keys-file.ts'
import { hmacHex, signText } from './kiosk-keys.ts'
import { systemdKeyProvider } from './systemd-key-provider.ts'

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keys-'))
  path = join(folder, keysFileName)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function load(provider: KeyProvider = fileKeyProvider(folder)) {
  const result = await provider.load()
  if (!result.ok) throw new Error(result.message)
  return result.keys
}

describe('file provider', () => {
  it('makes keys at the first start, for the owner only, and finds them again', async () => {
    const nested = fileKeyProvider(join(folder, 'keys'))
    const first = await load(nested)
    const second = await load(nested)
    expect((await stat(join(folder, 'keys', keysFileName))).mode & 0o777).toBe(0o600)
    expect(second.slip.keyId).toBe(first.slip.keyId)
    expect(second.slip.publicKey).toBe(first.slip.publicKey)
    expect(hmacHex(second.rightsKey, 'x')).toBe(hmacHex(first.rightsKey, 'x'))
    expect(hmacHex(second.personKey, 'x')).toBe(hmacHex(first.personKey, 'x'))
  })

  it('makes different keys on every machine, and for every purpose', async () => {
    const one = await load()
    const other = await load(fileKeyProvider(join(folder, 'other')))
    expect(one.slip.keyId).not.toBe(other.slip.keyId)
    expect(hmacHex(one.rightsKey, 'x')).not.toBe(hmacHex(other.rightsKey, 'x'))
    expect(hmacHex(one.rightsKey, 'x')).not.toBe(hmacHex(one.personKey, 'x'))
  })

  it.each([0o640, 0o604, 0o660, 0o644])('refuses a file of mode %o', async (mode) => {
    await load()
    await chmod(path, mode)
    expect(await fileKeyProvider(folder).load()).toMatchObject({
      ok: false,
      code: 'KEYS_NOT_PRIVATE',
    })
  })

  it('refuses what is no keys file, never replaces it, and quotes nothing of it', async () => {
    const good = JSON.parse(newKeysFile())
    const bad = [
      'MARKED-SECRET',
      '{}',
      JSON.stringify({ ...good, rightsKey: 'TUFSS0VE' }),
      JSON.stringify({ ...good, slipPrivateKey: 'TUFSS0VE' }),
      JSON.stringify({ ...good, more: 'MARKED-SECRET' }),
      newKeysFile().slice(0, -20),
    ]
    for (const text of bad) {
      await writeFile(path, text, { mode: 0o600 })
      const result = await fileKeyProvider(folder).load()
      expect(result).toMatchObject({ ok: false, code: 'KEYS_MALFORMED' })
      expect(JSON.stringify(result)).not.toMatch(/MARKED|TUFSS0VE/)
      expect(await readFile(path, 'utf8')).toBe(text)
    }
  })

  it('says so when the path cannot be read', async () => {
    await mkdir(join(folder, 'file'), { recursive: true })
    await writeFile(join(folder, 'file', 'plain'), '')
    expect(await fileKeyProvider(join(folder, 'file', 'plain')).load()).toMatchObject({
      ok: false,
      code: 'KEYS_UNREADABLE',
    })
  })
})

describe('systemd provider', () => {
  it('reads the credential of the service', async () => {
    await writeFile(join(folder, 'motcua'), newKeysFile(), { mode: 0o400 })
    expect((await load(systemdKeyProvider(folder))).slip.keyId).toMatch(/^[0-9a-f]{8}$/)
    const renamed = systemdKeyProvider(folder, 'other-keys')
    expect(await renamed.load()).toMatchObject({ ok: false, code: 'KEYS_MISSING' })
  })

  it('makes no keys of its own', async () => {
    expect(await systemdKeyProvider(folder).load()).toMatchObject({
      ok: false,
      code: 'KEYS_MISSING',
    })
    expect(await systemdKeyProvider(undefined).load()).toMatchObject({
      ok: false,
      code: 'KEYS_MISSING',
    })
  })
})

describe('keys', () => {
  it('sign what the published key verifies', async () => {
    const { slip } = await load()
    const signature = signText(slip.privateKey, 'MC1 sample')
    expect(signature).toHaveLength(64)
    const publicKey = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: slip.publicKey },
      format: 'jwk',
    })
    const holds = (text: string) => verify(null, Buffer.from(text), publicKey, signature)
    expect(holds('MC1 sample')).toBe(true)
    expect(holds('MC1 sampel')).toBe(false)
  })

  it('do not print themselves into a log', async () => {
    const keys = await load()
    const { slipPrivateKey, rightsKey, personKey } = JSON.parse(await readFile(path, 'utf8'))
    const printed = inspect(keys, { depth: 9 }) + JSON.stringify(keys)
    for (const secret of [slipPrivateKey, rightsKey, personKey]) {
      expect(printed).not.toContain(secret)
      expect(printed).not.toContain(Buffer.from(secret, 'base64').toString('hex'))
    }
  })
})
