import { zonedParts } from '../i18n/zoned-parts.ts'

/** `02/05 19:40`: dense, for tables. */
export function shortMoment(instant: string | null): string {
  if (instant === null) return '–'
  const { day, month, hour, minute } = zonedParts(instant)
  return `${day}/${month} ${hour.padStart(2, '0')}:${minute}`
}
