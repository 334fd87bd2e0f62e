/** Days (`yyyy-MM-dd`) and times (`HH:mm:ss`) of a time zone, to and from instants. */
export interface ZonedTime {
  parts(instant: Date): { readonly day: string; readonly time: string }
  /** @param time `HH:mm`; `24:00` is the day's end */
  instant(day: string, time: string): Date
  addDays(day: string, days: number): string
  /** 1 (Monday) to 7. */
  weekday(day: string): number
}

const dayMs = 86_400_000

export function zonedTime(timeZone: string): ZonedTime {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  const parts = (instant: Date) => {
    const [day = '', time = ''] = format.format(instant).split(' ')
    return { day, time }
  }
  const midnight = (day: string) => Date.parse(`${day}T00:00:00Z`)
  return {
    parts,
    instant(day, time) {
      const [hour = 0, minute = 0] = time.split(':').map(Number)
      const asUtc = midnight(day) + (hour * 60 + minute) * 60_000
      const shown = parts(new Date(asUtc))
      return new Date(2 * asUtc - Date.parse(`${shown.day}T${shown.time}Z`))
    },
    addDays: (day, days) => new Date(midnight(day) + days * dayMs).toISOString().slice(0, 10),
    weekday: (day) => new Date(midnight(day)).getUTCDay() || 7,
  }
}
