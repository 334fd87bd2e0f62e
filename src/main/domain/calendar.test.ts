import { afterEach, describe, expect, it } from 'vitest'
import { endOfLocalDay, localDate } from './local-date.ts'
import { localTime } from './local-time.ts'
import { isQuiet } from './quiet-hours.ts'
import { officerLooksBy } from './working-time.ts'

/** Rows E5 and E6 of the faults: the zone of the machine, daylight saving elsewhere, odd days of the calendar. */
const serverZone = process.env.TZ
afterEach(() => {
  if (serverZone === undefined) delete process.env.TZ
  else process.env.TZ = serverZone
})

const timeZone = 'Asia/Ho_Chi_Minh'
const office = [1, 2, 3, 4, 5].map((weekday) => ({
  weekday,
  ranges: ['07:30-11:30', '13:00-17:00'],
}))
const hours = { timeZone, office, holidays: ['2027-01-01', '2028-02-29'] }
const at = (local: string) => new Date(`${local}:00+07:00`)

describe.each(['UTC', 'America/New_York', 'Pacific/Kiritimati', 'Asia/Ho_Chi_Minh'])(
  'a machine whose own zone is %s',
  (zone) => {
    it.each([
      ['2028-02-28T18:00', '2028-03-01T11:30', 'a day off on 29 February'],
      ['2027-02-26T18:00', '2027-03-01T11:30', 'no 29 February'],
      ['2026-12-31T18:00', '2027-01-04T11:30', 'the end of the year before a weekend'],
      ['2027-12-31T18:00', '2028-01-03T11:30', 'a year that ends on a Friday'],
      // New York leaves daylight saving in the night before.
      ['2026-11-01T12:30', '2026-11-02T11:30', 'a change of the clocks elsewhere'],
    ])('from %s an officer looks by %s: %s', (from, expected) => {
      process.env.TZ = zone
      expect(officerLooksBy(at(from), hours)).toEqual(at(expected))
    })

    it.each(['2028-02-29', '2026-12-31', '2027-01-01', '2028-03-01'])(
      'the last day of a right, %s, ends at midnight here',
      (day) => {
        process.env.TZ = zone
        for (const time of ['00:00', '12:00', '23:59']) {
          const instant = at(`${day}T${time}`)
          expect(localDate(instant)).toBe(day)
          expect(localTime(instant, timeZone)).toMatchObject({ date: day, time: `${time}:00` })
          expect(endOfLocalDay(instant)).toEqual(new Date(`${day}T23:59:59+07:00`))
        }
      },
    )

    it('quiet hours are those of the office', () => {
      process.env.TZ = zone
      const quiet = { timeZone, week: [{ weekday: 2, ranges: ['07:00-08:00'] }] }
      expect(isQuiet(at('2028-02-29T07:30'), quiet)).toBe(true)
      expect(isQuiet(at('2028-02-29T08:00'), quiet)).toBe(false)
      expect(isQuiet(at('2028-02-28T07:30'), quiet)).toBe(false)
    })
  },
)
