import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldText } from './fold-text.ts'
import { procedureSearch } from './search.ts'

const birth = {
  code: '1.001193',
  plainName: 'Khai sinh cho con',
  officialName: 'Thủ tục đăng ký khai sinh',
  keywords: ['giấy khai sinh'],
}
const death = {
  code: '1.000656',
  plainName: 'Khai tử',
  officialName: 'Thủ tục đăng ký khai tử',
}
const marriage = {
  code: '1.000894',
  plainName: 'Đăng ký kết hôn',
  officialName: 'Thủ tục đăng ký kết hôn',
}
const copy = {
  code: '2.000908',
  plainName: 'Cấp bản sao từ sổ gốc',
  officialName: 'Thủ tục cấp bản sao từ sổ gốc',
}
const all = [birth, death, marriage, copy]
const search = procedureSearch(all)

test('folds every mark, in either form of Unicode', () => {
  expect(foldText('Đăng ký KẾT HÔN, ở Ấp ỡ ữ ặ ỵ')).toBe('dang ky ket hon, o ap o u a y')
  expect(foldText('Đặng'.normalize('NFD'))).toBe('dang')
})

test.each([
  ['khai sinh', [birth]],
  ['KHAI SINH', [birth]],
  ['giấy khai', [birth]],
  ['khai tu', [death, birth]],
  ['dang ky ket hon', [marriage]],
  ['ket', [marriage]],
  ['hon ket', [marriage]],
  ['ban sao', [copy]],
  ['2.000908', [copy]],
  ['1.0', [birth, death, marriage]],
  ['khai', [birth, death]],
  ['xyz', []],
  ['khai xyz', []],
  ["' OR 1=1--", []],
  ['<img onerror>', []],
])('%j', (query, expected) => expect(search.find(query)).toEqual(expected))

test('the plain name counts more than the official one', () => {
  expect(search.find('dang ky')[0]).toBe(marriage)
})

test('marks that were typed decide between equals', () => {
  const entries = [
    { code: '1', plainName: 'Sang ten', officialName: '' },
    { code: '2', plainName: 'Sáng tên', officialName: '' },
  ]
  const find = (query: string) => procedureSearch(entries).find(query)[0]?.code
  expect(find('sang ten')).toBe('1')
  expect(find('sáng tên')).toBe('2')
})

test('nothing typed shows the catalogue in its order', () => {
  expect(search.find('')).toEqual(all)
  expect(search.find(' -- ', 2)).toEqual([birth, death])
})

test('every procedure is found by any word of its name, with or without marks', () => {
  fc.assert(
    fc.property(fc.constantFrom(...all), fc.nat(), fc.boolean(), (entry, at, withMarks) => {
      const words = `${entry.plainName} ${entry.officialName}`.split(' ')
      const word = words[at % words.length] ?? ''
      expect(search.find(withMarks ? word : foldText(word))).toContain(entry)
    }),
  )
})

test('no query throws', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (query) => void search.find(query)))
})
