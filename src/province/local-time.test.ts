import { describe, expect, it } from 'vitest'
import { displayDay, localTime } from './local-time.ts'

describe('local time', () => {
  const time = localTime('Asia/Ho_Chi_Minh')

  it('turns the day at local midnight, not at midnight UTC', () => {
    expect(time.day(new Date('2026-12-31T16:59:59Z'))).toBe('2026-12-31')
    expect(time.day(new Date('2026-12-31T17:00:00Z'))).toBe('2027-01-01')
  })

  it('shows hours on a 24-hour clock', () => {
    expect(time.display('2026-02-09T17:05:00.000Z')).toBe('00:05 10/02/2026')
  })

  it('writes a day as people do', () => {
    expect(displayDay('2026-02-09')).toBe('09/02/2026')
  })
})
