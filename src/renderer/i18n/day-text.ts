import type { Text } from './text.ts'
import { zonedParts } from './zoned-parts.ts'

/** `Thứ Ba, 04/08`: a day by itself. Browsers lack the words of some of our languages, so they are ours. */
export function dayText(text: Text, instant: string): string {
  const { day, month, weekday } = zonedParts(instant)
  const said = text('time.day', {
    weekday: text(`weekday.${weekday}`),
    day,
    month: text(`month.${month}`),
  })
  return said.charAt(0).toLocaleUpperCase() + said.slice(1)
}
