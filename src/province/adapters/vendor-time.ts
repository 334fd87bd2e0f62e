import type { ZonedTime } from './zoned-time.ts'

/** `yyyyMMddHHmmss`, local. */
export function compactTime(zone: ZonedTime, instant: Date): string {
  const { day, time } = zone.parts(instant)
  return (day + time).replaceAll(/[-:]/g, '')
}

/** `yyyy-MM-dd HH:mm:ss`, local. */
export function spacedTime(zone: ZonedTime, instant: Date): string {
  const { day, time } = zone.parts(instant)
  return `${day} ${time}`
}

/** `yyyy-MM-ddTHH:mm:ss`, local and without a zone, as those systems write it. */
export function isoLocalTime(zone: ZonedTime, instant: Date): string {
  return spacedTime(zone, instant).replace(' ', 'T')
}
