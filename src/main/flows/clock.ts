/** Time as the journeys see it. Injected; tests turn it by hand. */
export interface FlowClock {
  /** Wall clock, only for what people read and what is recorded. */
  now(): Date
  /** Monotonic milliseconds: every duration is measured with it. */
  monotonicMs(): number
  /** Calls back once after `delayMs`; returns the cancel function. */
  setTimer(delayMs: number, callback: () => void): () => void
}

/** The clock in the shape that XState wants for its delayed transitions. */
export function actorClock(clock: FlowClock) {
  const cancels = new Map<number, () => void>()
  let next = 1
  return {
    setTimeout(callback: (...args: unknown[]) => void, delayMs: number): number {
      const id = next++
      const cancel = clock.setTimer(delayMs, () => {
        cancels.delete(id)
        callback()
      })
      cancels.set(id, cancel)
      return id
    },
    clearTimeout(id: number): void {
      cancels.get(id)?.()
      cancels.delete(id)
    },
  }
}
