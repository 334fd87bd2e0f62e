import fc from 'fast-check'
import { expect, test } from 'vitest'
import { personSchema } from '../../contract/province/sealed.ts'
import { parseCitizenCard, personFromCard } from './citizen-card.ts'

const seven = '092090012345|361234567|Nguyễn Văn A|01011990|Nam|Khu vực 1, Phường Hoa Sen|15042021'

test('a chip card has seven fields', () => {
  expect(parseCitizenCard(seven)).toEqual({
    idNumber: '092090012345',
    name: 'Nguyễn Văn A',
    birthDate: '01011990',
    sex: 'male',
    address: 'Khu vực 1, Phường Hoa Sen',
    issueDate: '15042021',
    warnings: [],
  })
})

test('the card of 2024 has eleven, most of the last ones empty', () => {
  expect(parseCitizenCard(`${seven}||||`)).toEqual(parseCitizenCard(seven))
  const withoutOld = '092190012345||Trần Thị Bích|00001990|Nữ|Phường Hoa Sen|15042024|||Cha|Mẹ'
  expect(parseCitizenCard(withoutOld)).toMatchObject({
    sex: 'female',
    birthDate: '00001990',
    warnings: ['birthDatePartial'],
  })
})

test('decomposed letters come back composed', () => {
  expect(parseCitizenCard(seven.normalize('NFD'))?.name).toBe('Nguyễn Văn A')
})

test('what looks odd is a warning, not a wall', () => {
  const odd = '777190012345||Nguyễn Văn A|31131991|Nam|Phường Hoa Sen|'
  expect(parseCitizenCard(odd)?.warnings).toEqual([
    'provinceCodeUnknown',
    'birthYearDiffers',
    'sexDiffers',
    'birthDatePartial',
  ])
  expect(parseCitizenCard('092090012345||A|??|?|?|?')?.warnings).toEqual(['birthDatePartial'])
})

test.each([
  '',
  '||||||',
  '092090012345|Nguyễn Văn A',
  '09209001234|| Nguyễn Văn A|01011990|Nam|x|15042021',
  '092090012345|||01011990|Nam|x|15042021',
  '092090012345||A\u0000B|01011990|Nam|x|15042021',
  `092090012345||${'A'.repeat(300)}|01011990|Nam|x|15042021`,
  `092090012345||A|01011990|Nam|${'x'.repeat(8_000)}|15042021`,
])('no card: %j', (text) => expect(parseCitizenCard(text)).toBeUndefined())

test('whatever stands on a card, the person fits the contract', () => {
  const field = fc.string({ unit: 'grapheme', maxLength: 100 })
  fc.assert(
    fc.property(fc.array(field, { minLength: 6, maxLength: 12 }), (fields) => {
      const card = parseCitizenCard(['092090012345', ...fields].join('|'))
      if (card) expect(personSchema.safeParse(personFromCard(card)).success).toBe(true)
    }),
  )
})
