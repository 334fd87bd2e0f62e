/** Stops a timer; calling it again, or after the timer fired, does nothing. */
export type CancelTimer = () => void

/** Time as drivers see it: never the wall clock, so an NTP step moves no deadline. */
export interface Clock {
  /** Milliseconds since an arbitrary start; never goes back. */
  monotonicMs(): number
  setTimer(delayMs: number, fire: () => void): CancelTimer
}

export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  setTimer(delayMs, fire) {
    const timer = setTimeout(fire, Math.max(0, delayMs))
    return () => clearTimeout(timer)
  },
}
