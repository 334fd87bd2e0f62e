import { describe, expect, it } from 'vitest'
import { officerLooksBy } from './working-time.ts'

const workdays = [1, 2, 3, 4, 5].map((weekday) => ({
  weekday,
  ranges: ['07:30-11:30', '13:00-17:00'],
}))
const hours = { timeZone: 'Asia/Ho_Chi_Minh', office: workdays, holidays: ['2026-09-02'] }
const at = (local: string) => new Date(`${local}:00+07:00`)

describe('officerLooksBy', () => {
  it.each([
    ['2026-08-03T22:00', '2026-08-04T11:30', 'at night: the next morning'],
    ['2026-08-03T08:00', '2026-08-03T11:30', 'in the morning: the same morning'],
    ['2026-08-03T11:00', '2026-08-03T17:00', 'shortly before noon: the afternoon'],
    ['2026-08-03T16:30', '2026-08-04T11:30', 'shortly before closing: the next morning'],
    ['2026-08-07T20:00', '2026-08-10T11:30', 'on Friday evening: Monday'],
    ['2026-09-01T20:00', '2026-09-03T11:30', 'before a day off: the day after it'],
  ])('%s → %s (%s)', (from, expected) => {
    expect(officerLooksBy(at(from), hours)).toEqual(at(expected))
  })

  it('still gives a date when the office never opens', () => {
    const from = at('2026-08-03T08:00')
    expect(officerLooksBy(from, { ...hours, office: [] }).getTime()).toBeGreaterThan(from.getTime())
  })
})
