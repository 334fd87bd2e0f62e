import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { writeSupportBundle } from './support-bundle.ts'
import { withoutSecrets } from './without-secrets.ts'

const at = new Date('2026-05-02T12:00:00Z')

function medium(): string {
  const folder = mkdtempSync(join(tmpdir(), 'medium-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

it('writes what any tar reads', async () => {
  const folder = medium()
  const long = Buffer.from('x'.repeat(1_500))
  const files = [
    { name: 'readiness.json', content: Buffer.from('{"fit":true}') },
    { name: 'long.txt', content: long },
    { name: 'empty.txt', content: Buffer.alloc(0) },
  ]
  const { file, bytes } = await writeSupportBundle(folder, 'bundle', files, at)
  expect(readFileSync(file)).toHaveLength(bytes)
  expect(readdirSync(folder)).toEqual(['bundle.tar.gz'])
  execFileSync('tar', ['-xzf', file, '-C', folder])
  for (const { name, content } of files) {
    expect(readFileSync(join(folder, name)).equals(content), name).toBe(true)
  }
})

it('says so when the medium does not take it, and leaves no half of it', async () => {
  const files = [{ name: 'a.txt', content: Buffer.from('a') }]
  const folder = join(medium(), 'stick')
  writeFileSync(folder, 'a file where the stick should be mounted')
  await expect(writeSupportBundle(folder, 'bundle', files, at)).rejects.toThrow(/EEXIST|ENOTDIR/)
})

it('refuses a name that an archive cannot hold', async () => {
  const files = [{ name: 'a'.repeat(101), content: Buffer.alloc(1) }]
  await expect(writeSupportBundle(medium(), 'bundle', files, at)).rejects.toThrow(RangeError)
})

it('takes secrets and numbers of people out of a configuration, at any depth', () => {
  const config = {
    kioskId: 'K07',
    province: { url: 'https://x', token: 'geheim', receiptKeys: [{ publicKey: 'abc' }] },
    firstTechnician: { badgeHash: 'aa', pinHash: 'scrypt$1', displayName: 'X' },
    helpLine: { phone: '1900' },
    devices: [{ channel: { path: '/dev/ttyS0' } }],
  }
  expect(withoutSecrets(config)).toEqual({
    kioskId: 'K07',
    province: { url: 'https://x', token: '(removed)', receiptKeys: '(removed)' },
    firstTechnician: { badgeHash: '(removed)', pinHash: '(removed)', displayName: 'X' },
    helpLine: { phone: '(removed)' },
    devices: [{ channel: { path: '/dev/ttyS0' } }],
  })
})
