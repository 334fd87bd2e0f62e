import { expect, test } from 'vitest'
import { isQuiet, quietMinutes } from './quiet-hours.ts'

const timeZone = 'Asia/Ho_Chi_Minh'
const week = [
  { weekday: 1, ranges: ['07:30-11:30', '13:00-24:00'] },
  { weekday: 7, ranges: ['00:00-02:00', '01:00-03:00'] },
]

// 2 March 2026 is a Monday; Vietnam is seven hours ahead of UTC.
test.each([
  ['2026-03-02T00:29:59Z', false],
  ['2026-03-02T00:30:00Z', true],
  ['2026-03-02T04:29:59Z', true],
  ['2026-03-02T04:30:00Z', false],
  ['2026-03-02T16:59:59Z', true],
  ['2026-03-02T17:00:00Z', false],
  ['2026-03-03T00:30:00Z', false],
  ['2026-02-28T17:00:00Z', true],
  ['2026-02-28T20:00:00Z', false],
])('at %s it is quiet: %s', (at, quiet) => {
  expect(isQuiet(new Date(at), { timeZone, week })).toBe(quiet)
})

test('the quiet minutes of a day, each once', () => {
  expect([1, 2, 7].map((weekday) => quietMinutes(week, weekday))).toEqual([15 * 60, 0, 180])
})
