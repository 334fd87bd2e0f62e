import { expect, test } from 'vitest'
import { checkCitizenIdNumber, parseCitizenIdNumber } from './citizen-id-number.ts'

test.each([
  ['092090012345', '092090012345'],
  [' 092 090 012 345 ', '092090012345'],
  ['０９２０９００１２３４５', '092090012345'],
  ['09209001234', undefined],
  ['0920900123456', undefined],
  ['09209001234a', undefined],
  ['', undefined],
])('%j → %j', (typed, expected) => expect(parseCitizenIdNumber(typed)).toBe(expected))

test('a number that agrees with its card warns of nothing', () => {
  expect(checkCitizenIdNumber('092090012345', { birthYear: 1990, sex: 'male' })).toEqual([])
  expect(checkCitizenIdNumber('001305012345', { birthYear: 2005, sex: 'female' })).toEqual([])
  expect(checkCitizenIdNumber('092090012345')).toEqual([])
})

test('what differs is said, one by one', () => {
  const card = { birthYear: 1991, sex: 'female' } as const
  expect(checkCitizenIdNumber('999090012345', card)).toEqual([
    'provinceCodeUnknown',
    'birthYearDiffers',
    'sexDiffers',
  ])
  expect(checkCitizenIdNumber('092290012345', { birthYear: 1990 })).toEqual(['birthYearDiffers'])
})
