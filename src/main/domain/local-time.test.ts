import { describe, expect, it } from 'vitest'
import { localTime } from './local-time.ts'

describe('local time', () => {
  it('shows the calendar and the clock of the zone', () => {
    expect(localTime(new Date('2026-11-22T17:30:05Z'), 'Asia/Ho_Chi_Minh')).toEqual({
      date: '2026-11-23',
      time: '00:30:05',
      weekday: 1,
    })
  })

  it('counts Sunday as the seventh day', () => {
    expect(localTime(new Date('2026-11-22T05:00:00Z'), 'Asia/Ho_Chi_Minh').weekday).toBe(7)
  })

  it('keeps zones apart', () => {
    const instant = new Date('2028-02-29T23:59:59Z')
    expect(localTime(instant, 'UTC').date).toBe('2028-02-29')
    expect(localTime(instant, 'Asia/Ho_Chi_Minh').date).toBe('2028-03-01')
  })

  it.each(['Asia/Nowhere', ''])('refuses the zone %j', (zone) => {
    expect(() => localTime(new Date(), zone)).toThrow(RangeError)
  })
})
