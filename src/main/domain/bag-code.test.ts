import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dammDigit, makeBagCode, readBagCode } from './bag-code.ts'

const format = { codePattern: '^TUI[0-9]{8}$' }

test('a bag of ours is read, whatever its case and margins', () => {
  fc.assert(
    fc.property(fc.nat(9_999_999), (serial) => {
      const bagCode = makeBagCode('TUI', serial)
      expect(readBagCode(bagCode, format)).toEqual({ kind: 'own', bagCode })
      expect(readBagCode(` ${bagCode.toLowerCase()} `, format)).toEqual({ kind: 'own', bagCode })
    }),
  )
})

test('a bag printed today means the same tomorrow', () => {
  expect(makeBagCode('TUI', 123)).toBe('TUI00001234')
  expect(dammDigit('572')).toBe('4')
})

test('a wrong digit or swapped digits are a misreading, never another bag', () => {
  fc.assert(
    fc.property(fc.nat(9_999_999), fc.nat(7), fc.nat(9), (serial, at, wrong) => {
      const bagCode = makeBagCode('TUI', serial)
      const place = 3 + at
      fc.pre(bagCode[place] !== String(wrong))
      const damaged = bagCode.slice(0, place) + String(wrong) + bagCode.slice(place + 1)
      expect(readBagCode(damaged, format)).toEqual({ kind: 'misread' })
      const left = bagCode[place - 1]
      const right = bagCode[place]
      if (at === 0 || left === right) return
      const swapped = `${bagCode.slice(0, place - 1)}${right}${left}${bagCode.slice(place + 1)}`
      expect(readBagCode(swapped, format)).toEqual({ kind: 'misread' })
    }),
  )
})

test.each(['8934563138165', '', 'TUI0000123', 'XYZ00001234', 'TUI00001234\n1', "' OR 1=1--"])(
  '%j is not a bag of ours',
  (text) => expect(readBagCode(text, format)).toEqual({ kind: 'foreign' }),
)

test('a stock without check digits is told so by its configuration', () => {
  expect(readBagCode('TUI00001235', { ...format, checkDigit: 'none' }).kind).toBe('own')
})

test('a serial that does not fit is a bug', () => {
  expect(() => makeBagCode('TUI', 10_000_000)).toThrow(RangeError)
  expect(() => makeBagCode('TUI', -1)).toThrow(RangeError)
})
