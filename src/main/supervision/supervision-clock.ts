import { performance } from 'node:perf_hooks'

/** Time for supervisors; tests hand in one that stands still. */
export interface SupervisionClock {
  /** Never set back. */
  monotonicMs(): number
  /** Returns the way to call it off. */
  setTimer(delayMs: number, fire: () => void): () => void
}

export const systemSupervisionClock: SupervisionClock = {
  monotonicMs: () => performance.now(),
  setTimer: (delayMs, fire) => {
    const timer = setTimeout(fire, delayMs)
    return () => clearTimeout(timer)
  },
}
