import fc from 'fast-check'
import { expect, test } from 'vitest'
import { intakeIdSchema } from '../../contract/province/message.ts'
import { checkAlphabet } from './check-character.ts'
import { makeIntakeId, parseIntakeId, readTypedIntakeId } from './intake-id.ts'

const parts = fc.record({
  kioskId: fc.string({ unit: fc.constantFrom(...checkAlphabet), minLength: 2, maxLength: 8 }),
  epoch: fc.integer({ min: 1, max: 9999 }),
  number: fc.integer({ min: 0, max: 99_999_999 }),
})

test('what is made fits the contract and parses back', () => {
  fc.assert(
    fc.property(parts, (intake) => {
      const text = makeIntakeId(intake)
      expect(intakeIdSchema.safeParse(text).success).toBe(true)
      expect(parseIntakeId(text)).toEqual(intake)
    }),
  )
})

test('a number that is printed today means the same tomorrow', () => {
  expect(makeIntakeId({ kioskId: 'K07', epoch: 1, number: 123 })).toBe('K07-1-000123-O')
})

test('one wrong character is never taken for another dossier', () => {
  fc.assert(
    fc.property(parts, fc.nat(), fc.constantFrom(...checkAlphabet), (intake, at, wrong) => {
      const text = makeIntakeId(intake)
      const place = at % text.length
      fc.pre(text[place] !== '-' && text[place] !== wrong)
      expect(parseIntakeId(text.slice(0, place) + wrong + text.slice(place + 1))).toBeUndefined()
    }),
  )
})

const ours = makeIntakeId({ kioskId: 'K07', epoch: 1, number: 123 })

test.each([
  ours.toLowerCase(),
  ` ${ours} `,
  ours.replaceAll('-', ' '),
  ours.replaceAll('-', ''),
  ours.replaceAll('-', '–'),
  ours.replaceAll('0', 'O'),
  ours.replaceAll('0', 'o').replaceAll('1', 'l'),
  'K07-1-123-O',
])('reads %j as a person means it', (typed) => {
  expect(readTypedIntakeId(typed, 'K07')).toBe(ours)
})

test('without dashes this machine is meant when it can be', () => {
  fc.assert(
    fc.property(fc.nat(999_999), fc.integer({ min: 1, max: 99 }), (number, epoch) => {
      const text = makeIntakeId({ kioskId: 'K07', epoch, number })
      expect(readTypedIntakeId(text.replaceAll('-', ''), 'K07')).toBe(text)
    }),
  )
})

test('any text is either read as a sound number or refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const read = readTypedIntakeId(text)
      if (read !== undefined) expect(parseIntakeId(read)).toBeDefined()
    }),
  )
  for (const text of ['', '   ', '---', '-', "' OR 1=1--", '../../etc', 'K07-1-000123-E']) {
    expect(readTypedIntakeId(text, 'K07')).toBeUndefined()
  }
})

test('parts out of range are a bug', () => {
  for (const wrong of [{ kioskId: 'K' }, { epoch: 0 }, { number: 100_000_000 }, { number: -1 }]) {
    expect(() => makeIntakeId({ kioskId: 'K07', epoch: 1, number: 1, ...wrong })).toThrow(
      RangeError,
    )
  }
})
