import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isBadge } from './badge.ts'
import { formatCollectionCode, makeCollectionCode, parseCollectionCode } from './collection-code.ts'
import { encodeCollectionQr, parseCollectionQr } from './collection-qr.ts'

test('a collection QR comes back as it was made', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (random) => {
      const payload = encodeCollectionQr('K07', random)
      expect(parseCollectionQr(payload)).toEqual({ kioskId: 'K07', token: payload.slice(9) })
    }),
  )
})

test.each(['', 'MCR1*', 'MCR1*K07*', 'MCR1*K07*AAAA', `MCR1*K07*${'A'.repeat(21)}B`, 'MCR2*K07*A'])(
  'no collection QR: %j',
  (payload) => expect(parseCollectionQr(payload)).toBeUndefined(),
)

test('a code is grouped for reading and taken back with or without the gap', () => {
  const digits = [0, 1, 2, 3, 4, 5, 6, 7]
  const code = makeCollectionCode(() => digits.shift() ?? 9)
  expect(code).toBe('01234567')
  expect(formatCollectionCode(code)).toBe('0123 4567')
  expect(formatCollectionCode('012345')).toBe('0123 45')
  for (const typed of ['01234567', '0123 4567', '0123-4567', ' 0123.4567 ']) {
    expect(parseCollectionCode(typed)).toBe(code)
  }
  for (const typed of ['', '0123456', '012345678', '0123456a', "' OR 1=1"]) {
    expect(parseCollectionCode(typed)).toBeUndefined()
  }
  expect(parseCollectionCode('012345', 6)).toBe('012345')
})

test('a broken generator is a bug, not a weak code', () => {
  for (const digit of [-1, 10, 0.5, Number.NaN]) {
    expect(() => makeCollectionCode(() => digit)).toThrow(RangeError)
  }
  expect(() => encodeCollectionQr('K07', new Uint8Array(8))).toThrow(RangeError)
})

test('badges', () => {
  expect(isBadge('MCB1*DEMO-BADGE-OFFICER')).toBe(true)
  for (const text of ['', 'MCB1*', 'MCB1*short', 'DEMO-BADGE-OFFICER', 'MCB1*with space x']) {
    expect(isBadge(text)).toBe(false)
  }
})
