import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eraseLast, typeLetter, typeTelex, typeTone } from './telex.ts'

const type = (keys: string) => [...keys].reduce(typeTelex, '')

describe('typeTelex', () => {
  it.each([
    ['hoaf', 'hòa'],
    ['uyr', 'ủy'],
    ['thuys', 'thúy'],
    ['hoanf', 'hoàn'],
    ['hofan', 'hoàn'],
    ['quys', 'quý'],
    ['giaf', 'già'],
    ['gif', 'gì'],
    ['ddaij', 'đại'],
    ['dduowngf', 'đường'],
    ['nguwowif', 'người'],
    ['nguoiwf', 'người'],
    ['Nguyeenx', 'Nguyễn'],
    ['NGUYEENX', 'NGUYỄN'],
    ['nguyenex', 'nguyễn'],
    ['tuoir', 'tuỏi'],
    ['tuooir', 'tuổi'],
    ['khuyur', 'khuỷu'],
    ['loaij', 'loại'],
    ['quoocs', 'quốc'],
    ['Huynhf', 'Huỳnh'],
    ['nghiax', 'nghĩa'],
    ['cuar', 'của'],
    ['tuwf', 'từ'],
    ['truwowngf hocj', 'trường học'],
    ['DDawngs', 'Đắng'],
  ])('%s is %s', (keys, word) => {
    expect(type(keys)).toBe(word)
  })

  it('takes a mark back when its key comes twice', () => {
    expect(type('aaa')).toBe('aa')
    expect(type('hoaff')).toBe('hoaf')
    expect(type('ddd')).toBe('dd')
    expect(type('oww')).toBe('ow')
    expect(type('toooi')).toBe('tooi')
    expect(type('hoafz')).toBe('hoa')
    expect(type('hoafs')).toBe('hóa')
  })

  it('leaves words alone that are not Vietnamese syllables', () => {
    expect(type('xinx')).toBe('xĩn')
    expect(type('komatsus')).toBe('komatsus')
    expect(type('no12s')).toBe('no12s')
    expect(type('str')).toBe('str')
  })

  it('is NFC whatever is typed, and one key never changes an earlier word', () => {
    const keys = fc.string({ unit: fc.constantFrom(...'aeouwdsfrxjzinhgt AEDO1.') })
    fc.assert(
      fc.property(keys, keys, (first, second) => {
        const before = `${type(first)} `
        const after = [...second].reduce(typeTelex, before)
        expect(after.startsWith(before)).toBe(true)
        expect(after).toBe(after.normalize('NFC'))
      }),
    )
  })
})

describe('keys with marks', () => {
  it('set and take away a tone', () => {
    expect(typeTone('hoa', 'f')).toBe('hòa')
    expect(typeTone('hòa', 'f')).toBe('hoa')
    expect(typeTone('hòa', 's')).toBe('hóa')
    expect(typeTone('x', 's')).toBe('x')
    expect(typeTone('', 's')).toBe('')
  })

  it('move the tone as letters come and go', () => {
    expect(typeLetter('hòa', 'n')).toBe('hoàn')
    expect(eraseLast('hoàn')).toBe('hòa')
    expect(eraseLast('hòa')).toBe('hò')
    expect(eraseLast('à')).toBe('')
    expect(eraseLast('tôi ')).toBe('tôi')
    expect(eraseLast('')).toBe('')
  })
})
