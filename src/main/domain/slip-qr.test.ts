import { generateKeyPairSync, sign as signBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeIntakeId } from './intake-id.ts'
import { encodeSlipQr, parseSlipQr, slipText } from './slip-qr.ts'
import { type VerificationKey, verifySlipQr } from './verify-slip-qr.ts'

const pair = generateKeyPairSync('ed25519')
const publicKey = String(pair.publicKey.export({ format: 'jwk' }).x)
const keys: readonly VerificationKey[] = [{ keyId: 'K07.1', publicKey }]
const sign = (text: Uint8Array) => new Uint8Array(signBytes(null, text, pair.privateKey))
const claim = {
  keyId: 'K07.1',
  intakeId: makeIntakeId({ kioskId: 'K07', epoch: 1, number: 123 }),
  at: '2026-02-28T18:02:03Z',
  contentHash: '0123456789abcdef'.repeat(4),
}
const payload = encodeSlipQr(claim, sign)

test('a slip signed by the kiosk verifies elsewhere', () => {
  expect(verifySlipQr(payload, keys)).toEqual({ ok: true, slip: claim })
  expect(payload).toMatch(/^MC1\*K07\.1\*K07-1-000123-O\*20260228T180203Z\*[\w-]{43}\*[\w-]{86}$/)
})

test('milliseconds are dropped, not refused', () => {
  const text = slipText({ ...claim, at: '2026-02-28T18:02:03.999Z' })
  expect(text).toBe(slipText(claim))
})

test('any changed character makes it no slip or a bad one', () => {
  fc.assert(
    fc.property(fc.nat(payload.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, c) => {
      fc.pre(payload[at] !== c)
      const changed = payload.slice(0, at) + c + payload.slice(at + 1)
      expect(verifySlipQr(changed, keys).ok).toBe(false)
    }),
    { numRuns: 300 },
  )
})

test('every verdict has its own code', () => {
  expect(verifySlipQr('MC1*x', keys)).toEqual({ ok: false, code: 'NOT_A_SLIP' })
  expect(verifySlipQr(payload, [])).toMatchObject({ code: 'UNKNOWN_KEY', slip: claim })
  const later = payload.replace('20260228', '20260301')
  expect(verifySlipQr(later, keys)).toMatchObject({ code: 'BAD_SIGNATURE' })
  const badKey = [{ keyId: 'K07.1', publicKey: 'AAAA' }]
  expect(verifySlipQr(payload, badKey)).toMatchObject({ code: 'BAD_SIGNATURE' })
})

test('during a change of keys both count', () => {
  const other = { keyId: 'K07.1', publicKey: 'A'.repeat(43) }
  expect(verifySlipQr(payload, [other, ...keys]).ok).toBe(true)
})

test('no date that does not exist, no other version, no field too many', () => {
  expect(parseSlipQr(payload.replace('20260228', '20260231'))).toBeUndefined()
  expect(parseSlipQr(payload.replace('MC1', 'MC2'))).toBeUndefined()
  expect(parseSlipQr(payload.replace('*K07-', '**K07-'))).toBeUndefined()
  expect(parseSlipQr(`${payload}=`)).toBeUndefined()
})

test('no payload makes verification throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(verifySlipQr(text, keys).ok).toBe(false)
      expect(verifySlipQr(`MC1*${text}`, keys).ok).toBe(false)
    }),
  )
})

test('a claim that does not fit is a bug, not a slip', () => {
  for (const wrong of [{ keyId: 'a*b' }, { intakeId: 'K07-1-000123-X' }, { contentHash: 'ff' }]) {
    expect(() => slipText({ ...claim, ...wrong })).toThrow(RangeError)
  }
})
