import type { Text } from './text.ts'

/** How long ago, in its two largest units: `2 giờ 25 phút`. A clock that fell back makes nothing younger than now. */
export function ageText(text: Text, since: string, now: string): string {
  const minutes = Math.max(0, Math.floor((Date.parse(now) - Date.parse(since)) / 60_000))
  const hours = Math.floor(minutes / 60)
  if (hours === 0) return text('age.minutes', { minutes })
  if (hours < 24) return text('age.hours', { hours, minutes: minutes % 60 })
  return text('age.days', { days: Math.floor(hours / 24), hours: hours % 24 })
}
