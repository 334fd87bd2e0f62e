import { describe, expect, it } from 'vitest'
import { amountText, feeText } from './procedure-words.ts'

describe('amounts of the national catalogue', () => {
  it.each([
    ['3', 'Ngày làm việc', 'vi', '3 ngày làm việc'],
    ['1', 'Ngày làm việc', 'en', '1 working day'],
    ['15000', 'Đồng', 'vi', '15.000 đồng'],
    ['15000', 'Đồng', 'en', '15,000 dong'],
    ['theo diện tích', 'Đồng', 'vi', 'theo diện tích đồng'],
    ['2', 'Tuần', 'en', '2 Tuần'],
  ] as const)('%s %s in %s is %s', (amount, unit, language, expected) => {
    expect(amountText(amount, unit, language)).toBe(expected)
  })

  it('adds fees up in words, and says when there is none', () => {
    const fee = (SOTIEN: string) => ({ SOTIEN, DONVI: 'Đồng' })
    expect(feeText([fee('8000'), fee('50000')], 'vi')).toBe('8.000 đồng + 50.000 đồng')
    expect(feeText([fee('0')], 'vi')).toBe('Không thu phí')
    expect(feeText([], 'en')).toBe('')
  })
})
