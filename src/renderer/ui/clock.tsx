import { useKiosk } from '../api/kiosk-context.ts'
import { dayText } from '../i18n/day-text.ts'
import { zonedParts } from '../i18n/zoned-parts.ts'

/** Core's clock, not the browser's; a clock that nobody has checked says so. */
export function ClockView() {
  const { snapshot, text } = useKiosk()
  const { now, synchronised } = snapshot.clock
  const { hour, minute } = zonedParts(now)
  return (
    <div className="clock">
      <strong>{`${hour.padStart(2, '0')}:${minute}`}</strong>
      <span>{synchronised ? dayText(text, now) : text('frame.clockUnsure')}</span>
    </div>
  )
}
