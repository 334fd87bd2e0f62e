import { useKiosk } from '../api/kiosk-context.ts'
import { timeZone } from '../i18n/zoned-parts.ts'

const localeOf = { vi: 'vi-VN', en: 'en-GB', km: 'km-KH' } as const

/** Core's clock, not the browser's; a clock that nobody has checked says so. */
export function ClockView() {
  const { snapshot, text } = useKiosk()
  const now = new Date(snapshot.clock.now)
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(localeOf[snapshot.language], {
      timeZone,
      ...options,
    }).format(now)
  return (
    <div className="clock">
      <strong>{format({ hour: '2-digit', minute: '2-digit' })}</strong>
      <span>
        {snapshot.clock.synchronised
          ? format({ weekday: 'long', day: 'numeric', month: 'numeric' })
          : text('frame.clockUnsure')}
      </span>
    </div>
  )
}
