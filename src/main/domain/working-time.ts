import { localTime } from './local-time.ts'

/** Hours of an office as configured: `ranges` like `07:30-11:30`, weekdays from 1 (Monday) to 7. */
export interface OfficeHours {
  readonly timeZone: string
  readonly office: readonly { readonly weekday: number; readonly ranges: readonly string[] }[]
  /** Days off, `yyyy-MM-dd`. */
  readonly holidays: readonly string[]
}

const dayMs = 86_400_000
/** A half-day that ends sooner than this after the deposit is not promised any more. */
const leastMs = 3_600_000

/**
 * The end of the first half-day of work in which an officer can have looked. When no working day is found
 * within a month, a week from now: the configuration is odd, the citizen still gets a date.
 */
export function officerLooksBy(from: Date, hours: OfficeHours): Date {
  for (let day = 0; day < 31; day += 1) {
    const local = localTime(new Date(from.getTime() + day * dayMs), hours.timeZone)
    if (hours.holidays.includes(local.date)) continue
    const ranges = hours.office.find(({ weekday }) => weekday === local.weekday)?.ranges ?? []
    for (const range of ranges) {
      const end = instantOf(local.date, range.slice(6), hours.timeZone)
      if (end.getTime() - from.getTime() >= leastMs) return end
    }
  }
  return new Date(from.getTime() + 7 * dayMs)
}

function instantOf(date: string, time: string, timeZone: string): Date {
  const asUtc = new Date(`${date}T${time === '24:00' ? '23:59' : time}:00Z`)
  const shown = localTime(asUtc, timeZone)
  const offsetMs = Date.parse(`${shown.date}T${shown.time}Z`) - asUtc.getTime()
  return new Date(asUtc.getTime() - offsetMs)
}
