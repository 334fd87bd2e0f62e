import type { FlowClock } from '../../../src/main/flows/clock.ts'
import type { Turns } from './turns.ts'

/** The time of a run. It stands still but in `advance`. */
export interface RunClock extends FlowClock {
  /** Moves time on and fires what became due, in order; between two timers everything settles. */
  advance(byMs: number): Promise<void>
  /** The same time for somebody who may die: then nothing of theirs fires any more. */
  of(isAlive: () => boolean): FlowClock
}

interface Timer {
  readonly atMs: number
  readonly fire: () => void
}

export function createRunClock(startsAt: string, turns: Turns): RunClock {
  const startMs = Date.parse(startsAt)
  let nowMs = 0
  const timers = new Set<Timer>()

  /** A set keeps the order of insertion: of two at the same time the older one. */
  function nextDue(untilMs: number): Timer | undefined {
    let next: Timer | undefined
    for (const timer of timers) {
      if (timer.atMs <= untilMs && (next === undefined || timer.atMs < next.atMs)) next = timer
    }
    return next
  }

  const now = () => new Date(startMs + nowMs)
  const monotonicMs = () => nowMs
  const setTimer = (delayMs: number, fire: () => void) => {
    const timer = { atMs: nowMs + Math.max(0, delayMs), fire }
    timers.add(timer)
    return () => void timers.delete(timer)
  }
  return {
    now,
    monotonicMs,
    setTimer,
    async advance(byMs) {
      const untilMs = nowMs + byMs
      await turns.settle()
      for (let timer = nextDue(untilMs); timer !== undefined; timer = nextDue(untilMs)) {
        timers.delete(timer)
        nowMs = Math.max(nowMs, timer.atMs)
        timer.fire()
        await turns.settle()
      }
      nowMs = untilMs
    },
    of: (isAlive) => ({
      now,
      monotonicMs,
      setTimer: (delayMs, callback) =>
        setTimer(delayMs, () => {
          if (isAlive()) callback()
        }),
    }),
  }
}
