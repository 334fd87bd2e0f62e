import { expect, it } from 'vitest'
import { plainCode } from './plain-code.ts'

it.each(['4', '-3', 'DATA_INCORRECT', '12.1', '001'])('%s may stand in a log', (code) => {
  expect(plainCode(code)).toBe(code)
})

it.each(['0900000001', '84900000001', 'Nguyễn', 'Nguyen Van A', 'a\nb', 'x'.repeat(21), ''])(
  '%j may not',
  (code) => {
    expect(plainCode(code)).toBe('?')
  },
)
