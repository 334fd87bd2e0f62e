/** The country has one time zone, whatever the browser's is. */
const timeZone = 'Asia/Ho_Chi_Minh'

const format = new Intl.DateTimeFormat('en-GB', {
  timeZone,
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  hourCycle: 'h23',
})

export interface ZonedParts {
  readonly day: string
  readonly month: string
  readonly hour: string
  readonly minute: string
  /** 0 is Sunday. */
  readonly weekday: number
}

/** What a calendar and a clock on the wall show at that instant; day, month and minute with two digits. */
export function zonedParts(instant: string): ZonedParts {
  const parts = Object.fromEntries(
    format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]),
  )
  const { day = '', month = '', year = '', hour = '', minute = '' } = parts
  const weekday = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDay()
  return { day, month, hour: String(Number(hour)), minute, weekday }
}
