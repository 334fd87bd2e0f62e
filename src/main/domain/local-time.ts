export interface LocalTime {
  /** `yyyy-MM-dd`. */
  readonly date: string
  /** `HH:mm:ss`. */
  readonly time: string
  /** 1 (Monday) to 7. */
  readonly weekday: number
}

/** One a zone: each keeps some 25 kB outside the heap, where the collector does not see them pile up. */
const formats = new Map<string, Intl.DateTimeFormat>()

/** What calendar and clock show in a time zone. Throws a RangeError for no instant or no zone. */
export function localTime(instant: Date, timeZone: string): LocalTime {
  const [date = '', time = ''] = formatOf(timeZone).format(instant).split(' ')
  return { date, time, weekday: new Date(`${date}T00:00:00Z`).getUTCDay() || 7 }
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  formats.set(timeZone, format)
  return format
}
