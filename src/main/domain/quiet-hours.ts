import { localTime } from './local-time.ts'

/** As configured: weekdays from 1 (Monday) to 7, ranges like `07:30-11:30`, in one time zone. */
export interface QuietHours {
  readonly timeZone: string
  readonly week: readonly { readonly weekday: number; readonly ranges: readonly string[] }[]
}

/** Longest that a day may be quiet: what is handed in must get away at some time. */
export const mostQuietMinutes = 22 * 60

export function isQuiet(now: Date, { timeZone, week }: QuietHours): boolean {
  const { time, weekday } = localTime(now, timeZone)
  return week.some(
    (day) =>
      day.weekday === weekday &&
      day.ranges.some((range) => range.slice(0, 5) <= time && time < range.slice(6)),
  )
}

/** Minutes of each weekday in which nothing large is sent; overlapping ranges count once. */
export function quietMinutes(week: QuietHours['week'], weekday: number): number {
  const minutes = new Set<number>()
  for (const day of week) {
    if (day.weekday !== weekday) continue
    for (const range of day.ranges) {
      for (let at = minuteOf(range.slice(0, 5)); at < minuteOf(range.slice(6)); at += 1) {
        minutes.add(at)
      }
    }
  }
  return minutes.size
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}
