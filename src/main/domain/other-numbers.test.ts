import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parsePassport } from './passport.ts'
import { parsePhone } from './phone.ts'
import { parseTaxCode } from './tax-code.ts'

test.each([
  ['0912345678', '0912345678'],
  ['+84 912 345 678', '0912345678'],
  ['84.912.345.678', '0912345678'],
  ['0084912345678', '0912345678'],
  ['912345678', '0912345678'],
  ['(+84) 0912-345-678', '0912345678'],
  ['0212345678', undefined],
  ['091234567', undefined],
  ['09123456789', undefined],
  ['+1 202 555 0100', undefined],
  ['', undefined],
])('phone %j → %j', (typed, expected) => expect(parsePhone(typed)).toBe(expected))

test.each([
  ['b1234567', 'B1234567'],
  ['C 12345678', 'C12345678'],
  ['XDB1A2345', 'XDB1A2345'],
  ['123', undefined],
  ['ABCDEFGH', undefined],
  ["' OR 1=1--", undefined],
])('passport %j → %j', (typed, expected) => expect(parsePassport(typed)).toBe(expected))

test.each([
  ['0123456787', { taxCode: '0123456787', checkDigitHolds: true }],
  ['0123456787-001', { taxCode: '0123456787-001', checkDigitHolds: true }],
  ['0123456787001', { taxCode: '0123456787-001', checkDigitHolds: true }],
  ['0123456788', { taxCode: '0123456788', checkDigitHolds: false }],
  ['012345678', undefined],
  ['01234567870', undefined],
])('tax code %j → %j', (typed, expected) => expect(parseTaxCode(typed)).toEqual(expected))

test('no text makes any of them throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const parse of [parsePhone, parsePassport, parseTaxCode]) parse(text)
    }),
  )
})
