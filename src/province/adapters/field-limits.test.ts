import { describe, expect, it } from 'vitest'
import { FieldTooLong, shorten, whole } from './field-limits.ts'

describe('field limits', () => {
  it('count characters as people see them, not bytes or decomposed marks', () => {
    const decomposed = 'ế'.repeat(10).normalize('NFD')
    expect(decomposed.length).toBe(30)
    expect(shorten(decomposed, 10)).toBe('ế'.repeat(10))
    expect(shorten(decomposed, 9)).toBe(`${'ế'.repeat(8)}…`)
    expect([...shorten('𠀀'.repeat(5), 4)]).toHaveLength(4)
  })

  it('never shorten a code or a number', () => {
    expect(whole('SoDinhDanh', ' 0123 ', 4)).toBe('0123')
    expect(() => whole('SoDinhDanh', '01234', 4)).toThrow(FieldTooLong)
  })
})
