import type { Text } from './text.ts'
import { zonedParts } from './zoned-parts.ts'

/** `11 giờ 30, thứ Ba 04/08`: a moment of the coming days, to stand within a sentence. */
export function momentText(text: Text, instant: string): string {
  const { day, month, hour, minute, weekday } = zonedParts(instant)
  return text(minute === '00' ? 'time.atHour' : 'time.at', {
    hour,
    minute,
    weekday: text(`weekday.${weekday}`),
    day,
    month: text(`month.${month}`),
  })
}
