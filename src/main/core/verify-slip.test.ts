import { spawnSync } from 'node:child_process'
import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { makeIntakeId } from '../domain/intake-id.ts'
import { encodeSlipQr } from '../domain/slip-qr.ts'
import { verifySlipCommand } from './verify-slip-command.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'verify-slip-'))
afterAll(() => rmSync(folder, { recursive: true }))

const pair = generateKeyPairSync('ed25519')
const publicKey = String(pair.publicKey.export({ format: 'jwk' }).x)
const slip = encodeSlipQr(
  {
    keyId: 'K07.1',
    intakeId: makeIntakeId({ kioskId: 'K07', epoch: 1, number: 123 }),
    at: '2026-02-28T18:02:03Z',
    contentHash: 'ab'.repeat(32),
  },
  (text) => new Uint8Array(sign(null, text, pair.privateKey)),
)
const keysFile = path.join(folder, 'keys.json')
writeFileSync(keysFile, JSON.stringify([{ keyId: 'K07.1', publicKey }]))

test('as a command: a good slip is 0, a tampered one 1, no question 2', () => {
  const program = fileURLToPath(new URL('./verify-slip.ts', import.meta.url))
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' })
  const good = run(slip, '--keys', keysFile)
  expect(good.status).toBe(0)
  expect(good.stdout).toContain('K07-1-000123-O')
  expect(good.stdout).toContain('2026-02-28T18:02:03Z')
  expect(good.stdout).toContain('signature     good')
  const tampered = run(slip.replace('20260228', '20260227'), '--keys', keysFile)
  expect(tampered.status).toBe(1)
  expect(tampered.stdout).toContain('BAD')
  expect(run().status).toBe(2)
  expect(run().stderr).toContain('usage')
})

test.each([
  ['a bare key', [slip, '--key', publicKey], 0],
  ['a key with its id', [slip, '--key', `K07.1:${publicKey}`], 0],
  ['white space around', [` ${slip}\r\n`, '--keys', keysFile], 0],
  ['another key of that id', [slip, '--key', 'A'.repeat(43)], 1],
  ['another key that begins with a dash', [slip, '--key', `-${'A'.repeat(42)}`], 1],
  ['only a key of another id', [slip, '--key', `K08.1:${publicKey}`], 1],
  ['no slip', ['MCR1*K07*AAAA', '--keys', keysFile], 1],
  ['no key', [slip], 2],
  ['two sources of keys', [slip, '--keys', keysFile, '--key', publicKey], 2],
  ['a file that is not there', [slip, '--keys', path.join(folder, 'none')], 2],
  ['a key that is none', [slip, '--key', 'AAAA'], 2],
  ['two slips', [slip, slip, '--keys', keysFile], 2],
  ['an unknown option', [slip, '--yes'], 2],
])('%s', (_, args, exitCode) => expect(verifySlipCommand(args).exitCode).toBe(exitCode))
