import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { balancedLines, breakablePieces, breakLines } from './break-lines.ts'

const length = (text: string) => [...text].length

describe('line breaking', () => {
  test('Vietnamese breaks at spaces', () => {
    expect(breakLines('Giấy tiếp nhận hồ sơ', length, 10)).toEqual(['Giấy tiếp', 'nhận hồ sơ'])
    expect(breakLines('trước 11\u00a0giờ', length, 8)).toEqual(['trước', '11\u00a0giờ'])
  })

  test('Khmer breaks between words, keeps its full stop and keeps a date whole', () => {
    const pieces = breakablePieces('មន្ត្រីនឹងពិនិត្យឯកសារមុន 17:00, ថ្ងៃចន្ទ 23/11/2026។')
    expect(pieces).toContain('23/11/2026។')
    expect(pieces).toContain('17:00, ')
    expect(pieces.length).toBeGreaterThan(5)
    expect(pieces.some((piece) => piece.startsWith('។'))).toBe(false)
  })

  test('a zero-width space is where a line may end, and nowhere else in its word', () => {
    expect(breakablePieces('ពិនិត្យឯកសារពិនិត្យ').length).toBeGreaterThan(2)
    expect(breakablePieces('ពិនិត្យ\u200bឯកសារពិនិត្យ')).toEqual(['ពិនិត្យ', 'ឯកសារពិនិត្យ'])
    expect(breakLines('ក្រុម\u200bពុទ្ធ\u200b។', length, 6)).toEqual(['ក្រុម', 'ពុទ្ធ។'])
    expect(breakLines('one\u200btwo', length, 4)).toEqual(['one', 'two'])
    expect(breakLines('one\u200btwo', length, 9)).toEqual(['onetwo'])
  })

  test('nothing is lost and no line is too wide', () => {
    const word = fc.oneof(
      fc.constantFrom('hồ', 'sơ', 'nghiêng', 'មន្ត្រីនឹងពិនិត្យ', 'ឯកសារ។', '23/11/2026'),
      fc.string({ minLength: 1, maxLength: 40, unit: fc.constantFrom('a', 'Ấ', 'đ') }),
    )
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1 }),
        fc.integer({ min: 12, max: 60 }),
        (words, width) => {
          const text = words.join(' ')
          for (const lines of [
            breakLines(text, length, width),
            balancedLines(text, length, width),
          ]) {
            expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
            for (const line of lines) expect(length(line)).toBeLessThanOrEqual(width)
          }
        },
      ),
    )
  })
})
