import type { Clock } from './clock.ts'

interface PendingTimer {
  readonly atMs: number
  readonly order: number
  readonly fire: () => void
}

export interface ManualClock extends Clock {
  /**
   * Moves time on and fires what became due, in order. Between two timers pending promises are settled, so
   * that code which awaits between its timers runs as it would in real time.
   */
  advance(byMs: number): Promise<void>
  /** Timers that have not fired yet: a driver that was stopped leaves none. */
  pendingTimers(): number
}

/** Lets every promise that can settle now do so, without letting real time pass. */
async function settlePromises(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise<void>((done) => setImmediate(done))
}

/** For tests: time stands still until `advance`. */
export function manualClock(startMs = 0): ManualClock {
  let nowMs = startMs
  let order = 0
  const pending = new Set<PendingTimer>()

  const nextDue = (untilMs: number): PendingTimer | undefined =>
    [...pending]
      .filter((timer) => timer.atMs <= untilMs)
      .sort((a, b) => a.atMs - b.atMs || a.order - b.order)[0]

  return {
    monotonicMs: () => nowMs,
    setTimer(delayMs, fire) {
      order += 1
      const timer: PendingTimer = { atMs: nowMs + Math.max(0, delayMs), order, fire }
      pending.add(timer)
      return () => pending.delete(timer)
    },
    async advance(byMs) {
      const untilMs = nowMs + byMs
      await settlePromises()
      for (let timer = nextDue(untilMs); timer !== undefined; timer = nextDue(untilMs)) {
        pending.delete(timer)
        nowMs = Math.max(nowMs, timer.atMs)
        timer.fire()
        await settlePromises()
      }
      nowMs = untilMs
    },
    pendingTimers: () => pending.size,
  }
}
