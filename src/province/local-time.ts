export interface LocalTime {
  /** Local calendar day, `yyyy-MM-dd`. */
  day(instant: Date): string
  /** For officers: `14:05 09/02/2026`. */
  display(instant: string): string
}

/** Turns instants (UTC) into the calendar and clock of the province's time zone. */
export function localTime(timeZone: string): LocalTime {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const parts = (instant: Date) => {
    const found = new Map(format.formatToParts(instant).map((part) => [part.type, part.value]))
    return (type: Intl.DateTimeFormatPartTypes) => found.get(type) ?? ''
  }
  return {
    day(instant) {
      const part = parts(instant)
      return `${part('year')}-${part('month')}-${part('day')}`
    },
    display(instant) {
      const part = parts(new Date(instant))
      return `${part('hour')}:${part('minute')} ${part('day')}/${part('month')}/${part('year')}`
    },
  }
}

/** `2026-02-09` → `09/02/2026`. */
export function displayDay(day: string): string {
  return day.split('-').reverse().join('/')
}
