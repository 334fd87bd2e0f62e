import type { WorkingTimeConfig } from './working-time-config.ts'
import { zonedTime } from './zoned-time.ts'

export interface Duration {
  readonly amount: number
  /** A day is eight hours of work; fractions of a day are allowed. */
  readonly unit: 'days' | 'hours'
}

export interface WorkingTime {
  /** When work on it can begin: a dossier accepted at night is received the next working morning. */
  receivedAt(acceptedAt: Date): Date
  /** When the result is due. `undefined`: the office never opens long enough. */
  dueAt(acceptedAt: Date, duration: Duration): Date | undefined
}

interface Window {
  readonly from: Date
  readonly to: Date
}

const hourMs = 3_600_000
const hoursPerDay = 8
/** The longest procedure takes about half a year of working days. */
const horizonDays = 800

/**
 * The rule of OpenCPS and its like: hours of work are added, the pause at noon and days off are skipped, and a
 * make-up day has Monday's hours.
 */
export function workingTime(config: WorkingTimeConfig, timeZone: string): WorkingTime {
  const zone = zonedTime(timeZone)

  function* windowsFrom(instant: Date): Generator<Window> {
    const first = zone.parts(instant).day
    for (let offset = 0; offset < horizonDays; offset += 1) {
      const day = zone.addDays(first, offset)
      const weekday = config.makeUpDays.includes(day) ? 1 : zone.weekday(day)
      if (config.daysOff.includes(day)) continue
      for (const range of config.hours.find((row) => row.weekday === weekday)?.ranges ?? []) {
        const [from = '', to = ''] = range.split('-')
        yield { from: zone.instant(day, from), to: zone.instant(day, to) }
      }
    }
  }

  const add = (start: Date, workMs: number): Date | undefined => {
    let leftMs = workMs
    let reached: Date | undefined
    for (const { from, to } of windowsFrom(start)) {
      // Exactly at closing time: due then, or as the next window opens.
      if (reached !== undefined && leftMs === 0) return from
      const begin = Math.max(from.getTime(), start.getTime())
      const roomMs = to.getTime() - begin
      if (roomMs <= 0) continue
      if (leftMs < roomMs || (leftMs === roomMs && config.endOfDay === 'sameDay')) {
        return new Date(begin + leftMs)
      }
      leftMs -= roomMs
      reached = to
    }
    return undefined
  }

  const receivedAt = (acceptedAt: Date): Date => {
    for (const { from, to } of windowsFrom(acceptedAt)) {
      if (acceptedAt < to) return acceptedAt > from ? acceptedAt : from
    }
    return acceptedAt
  }

  return {
    receivedAt,
    dueAt(acceptedAt, { amount, unit }) {
      const start = receivedAt(acceptedAt)
      const due = add(start, amount * (unit === 'days' ? hoursPerDay : 1) * hourMs)
      if (due === undefined || config.sameDayUntil === undefined) return due
      const received = zone.parts(start)
      // Too late for the same day: the same hour of the next day of work.
      if (zone.parts(due).day !== received.day || received.time < config.sameDayUntil) return due
      return add(due, dayOfWorkMs(due))
    },
  }

  function dayOfWorkMs(instant: Date): number {
    const { day } = zone.parts(instant)
    let total = 0
    for (const { from, to } of windowsFrom(instant)) {
      if (zone.parts(from).day !== day) break
      total += to.getTime() - from.getTime()
    }
    return total
  }
}
