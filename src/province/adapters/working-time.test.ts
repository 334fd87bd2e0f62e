import { describe, expect, it } from 'vitest'
import { workingTime } from './working-time.ts'
import { workingTimeSchema } from './working-time-config.ts'

const zone = 'Asia/Ho_Chi_Minh'
const at = (local: string) => new Date(`${local}:00+07:00`)
const days = (amount: number) => ({ amount, unit: 'days' }) as const
const hours = (amount: number) => ({ amount, unit: 'hours' }) as const
const office = (changes: object = {}) => workingTime(workingTimeSchema.parse(changes), zone)

// 2026-08-03 is a Monday.
describe('working time', () => {
  it.each([
    ['2026-08-03T10:00', days(1), '2026-08-04T10:00'],
    ['2026-08-07T15:00', days(0.5), '2026-08-10T09:30'],
    ['2026-08-03T11:00', hours(1), '2026-08-03T13:30'],
    ['2026-08-01T23:00', days(1), '2026-08-03T17:00'],
    ['2026-08-03T08:00', days(15), '2026-08-24T08:00'],
  ])('from %s with %o is due at %s', (from, duration, due) => {
    expect(office().dueAt(at(from), duration)).toEqual(at(due))
  })

  it('is due at the next opening where the province wants that', () => {
    const next = office({ endOfDay: 'nextOpening' })
    expect(next.dueAt(at('2026-08-01T23:00'), days(1))).toEqual(at('2026-08-04T07:30'))
  })

  it('receives out of hours when the office opens', () => {
    expect(office().receivedAt(at('2026-08-01T23:00'))).toEqual(at('2026-08-03T07:30'))
    expect(office().receivedAt(at('2026-08-03T12:00'))).toEqual(at('2026-08-03T13:00'))
    expect(office().receivedAt(at('2026-08-03T17:00'))).toEqual(at('2026-08-04T07:30'))
    expect(office().receivedAt(at('2026-08-03T09:15'))).toEqual(at('2026-08-03T09:15'))
  })

  it('skips days off and works on make-up days with the hours of Monday', () => {
    const calendar = office({ daysOff: ['2026-08-03'], makeUpDays: ['2026-08-08'] })
    expect(calendar.receivedAt(at('2026-08-03T09:00'))).toEqual(at('2026-08-04T07:30'))
    expect(calendar.dueAt(at('2026-08-07T16:00'), hours(2))).toEqual(at('2026-08-08T08:30'))
  })

  it('puts off what came too late for the same day', () => {
    const until = office({ sameDayUntil: '15:00' })
    expect(until.dueAt(at('2026-08-03T15:10'), hours(1))).toEqual(at('2026-08-04T16:10'))
    expect(until.dueAt(at('2026-08-03T14:59'), hours(1))).toEqual(at('2026-08-03T15:59'))
    expect(until.dueAt(at('2026-08-03T15:10'), days(1))).toEqual(at('2026-08-04T15:10'))
  })

  it('gives no date when the office never opens', () => {
    const closed = office({ hours: [] })
    expect(closed.dueAt(at('2026-08-03T10:00'), days(1))).toBeUndefined()
    expect(closed.receivedAt(at('2026-08-03T10:00'))).toEqual(at('2026-08-03T10:00'))
  })
})
