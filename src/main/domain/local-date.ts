/** Viet Nam keeps UTC+7 all year. */
const offsetMs = 7 * 3_600_000

/** `yyyy-MM-dd` in Viet Nam at an instant. */
export function localDate(instant: Date): string {
  return new Date(instant.getTime() + offsetMs).toISOString().slice(0, 10)
}

/** The last second of the local day of an instant. */
export function endOfLocalDay(instant: Date): Date {
  return new Date(Date.parse(`${localDate(instant)}T23:59:59.000Z`) - offsetMs)
}
