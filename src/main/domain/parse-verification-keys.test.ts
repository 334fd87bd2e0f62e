import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseVerificationKeys } from './parse-verification-keys.ts'

const a = 'A'.repeat(43)
const b = `${'B'.repeat(42)}A`

test.each([
  [a, [{ keyId: 'K', publicKey: a }]],
  [`K07.1:${a}`, [{ keyId: 'K07.1', publicKey: a }]],
  [
    ` K07.1:${a},\n${b} `,
    [
      { keyId: 'K07.1', publicKey: a },
      { keyId: 'K', publicKey: b },
    ],
  ],
  [`{"keyId":"x","publicKey":"${a}"}`, [{ keyId: 'x', publicKey: a }]],
  [`[{"keyId":"x","publicKey":"${a}","note":1}]`, [{ keyId: 'x', publicKey: a }]],
  [`{"keys":[{"keyId":"x","publicKey":"${a}"}]}`, [{ keyId: 'x', publicKey: a }]],
])('%j', (text, keys) => expect(parseVerificationKeys(text, 'K')).toEqual(keys))

test.each(['', ' ', '[]', '{}', '[null]', '{', 'AAAA', `${a}=`, `${a} AAAA`, '{"keys":[1]}'])(
  'no keys: %j',
  (text) => expect(parseVerificationKeys(text, 'K')).toBeUndefined(),
)

test('no text throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => void parseVerificationKeys(text, 'K')),
  )
})
