import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkAlphabet, checkCharacter } from './check-character.ts'

const body = fc.string({ unit: fc.constantFrom(...checkAlphabet), minLength: 1, maxLength: 20 })
const holds = (text: string) => checkCharacter(text.slice(0, -1)) === text.slice(-1)

test('every single wrong character is caught', () => {
  fc.assert(
    fc.property(body, fc.nat(), fc.constantFrom(...checkAlphabet), (text, at, wrong) => {
      const whole = text + checkCharacter(text)
      const place = at % whole.length
      fc.pre(whole[place] !== wrong)
      expect(holds(whole.slice(0, place) + wrong + whole.slice(place + 1))).toBe(false)
    }),
  )
})

test('every swap of neighbours, and across one character, is caught for every pair', () => {
  for (const distance of [1, 2]) {
    for (let start = 0; start <= 6 - distance; start += 1) {
      for (const left of checkAlphabet) {
        for (const right of checkAlphabet) {
          if (left === right) continue
          const characters = [...'K07103']
          characters[start] = left
          characters[start + distance] = right
          const check = checkCharacter(characters.join(''))
          characters[start] = right
          characters[start + distance] = left
          expect(checkCharacter(characters.join(''))).not.toBe(check)
        }
      }
    }
  }
})

test('a swap with the check character itself is caught', () => {
  fc.assert(
    fc.property(body, (text) => {
      const check = checkCharacter(text)
      const last = text.slice(-1)
      fc.pre(last !== check)
      expect(holds(text.slice(0, -1) + check + last)).toBe(false)
    }),
  )
})
