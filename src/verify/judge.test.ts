import { generateKeyPairSync, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeIntakeId } from '../main/domain/intake-id.ts'
import { encodeSlipQr } from '../main/domain/slip-qr.ts'
import { judge, readFragment } from './judge.ts'
import { texts } from './texts.ts'

const pair = generateKeyPairSync('ed25519')
const key = String(pair.publicKey.export({ format: 'jwk' }).x)
const claim = {
  keyId: 'K07.1',
  intakeId: makeIntakeId({ kioskId: 'K07', epoch: 1, number: 123 }),
  at: '2026-02-28T18:02:03Z',
  contentHash: 'ab'.repeat(32),
}
const slip = encodeSlipQr(claim, (text) => new Uint8Array(sign(null, text, pair.privateKey)))

test.each([
  ['', '', 'empty'],
  ['MC1*x', key, 'NOT_A_SLIP'],
  [slip, '', 'noKeys'],
  [slip, 'AAAA', 'badKeys'],
  [slip, key, 'good'],
  [`${slip}\n`, `K07.1:${key}`, 'good'],
  [slip, `K08.1:${key}`, 'UNKNOWN_KEY'],
  [slip, 'A'.repeat(43), 'BAD_SIGNATURE'],
  [slip.replace('20260228', '20260227'), key, 'BAD_SIGNATURE'],
])('%j with %j is %s', (slipText, keysText, verdict) => {
  const judgement = judge(slipText, keysText)
  expect(judgement.verdict).toBe(verdict)
  expect(texts.vi[judgement.verdict]).toBeTypeOf('string')
})

test('keys and slip come from the fragment of the address', () => {
  const fragment = `#keys=K07.1:${key}&slip=${encodeURIComponent(slip)}`
  const { keys, slip: given } = readFragment(fragment)
  expect(judge(given, keys)).toEqual({ verdict: 'good', claim })
  expect(readFragment('')).toEqual({ keys: '', slip: '' })
})

test('nothing on the page claims an acceptance', () => {
  for (const text of Object.values(texts.vi)) expect(text).not.toMatch(/đã tiếp nhận/i)
})
