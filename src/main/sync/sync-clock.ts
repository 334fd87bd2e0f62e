/** Time as the workers see it. Injected; tests turn it by hand. */
export interface SyncClock {
  /** Wall clock, only for what is recorded. */
  now(): Date
  /** Milliseconds that the machine has been running, over all restarts; never goes back. */
  runningMs(): number
  /** Calls back once after `delayMs`; returns the cancel function. */
  setTimer(delayMs: number, fire: () => void): () => void
}
