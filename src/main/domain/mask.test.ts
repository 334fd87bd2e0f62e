import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskIdNumber, maskName, maskPhone } from './mask.ts'

test.each([
  ['Nguyễn Văn A', 'NGUYỄN V* A*'],
  ['  đặng   thị ánh  tuyết ', 'ĐẶNG T* Á* T*'],
  ['Nguyễn Văn A'.normalize('NFD'), 'NGUYỄN V* A*'],
  ['Y', 'Y*'],
  ['H’Hen', 'H*'],
  ['', ''],
])('%j → %j', (name, expected) => expect(maskName(name)).toBe(expected))

test('numbers', () => {
  expect(maskIdNumber('092012342345')).toBe('092*****2345')
  expect(maskIdNumber('B1234567')).toBe('B*****67')
  expect(maskIdNumber('1234')).toBe('****')
  expect(maskPhone('0912345678')).toBe('091****678')
  expect(maskPhone('12')).toBe('**')
})

test('at least a third of any number stays hidden, and its length is kept', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 20 }), (digits) => {
      for (const mask of [maskIdNumber, maskPhone]) {
        const shown = mask(digits)
        expect(shown.length).toBe(digits.length)
        expect([...shown].filter((c) => c === '*').length * 10).toBeGreaterThanOrEqual(
          digits.length * 3,
        )
      }
    }),
  )
})
