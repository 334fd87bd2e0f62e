import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isBadge } from './badge.ts'
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

test('badges', () => {
  expect(isBadge('MCB1*DEMO-BADGE-OFFICER')).toBe(true)
  for (const text of ['', 'MCB1*', 'MCB1*short', 'DEMO-BADGE-OFFICER', 'MCB1*with space x']) {
    expect(isBadge(text)).toBe(false)
  }
})
