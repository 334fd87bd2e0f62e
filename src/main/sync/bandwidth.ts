import type { SyncClock } from './sync-clock.ts'

/** How fast one upload may go. */
export interface Pace {
  /** Bytes to be written at once. */
  readonly sliceBytes: number
  /** Resolves when so many bytes may leave, or when the signal ends. */
  take(bytes: number, signal: AbortSignal): Promise<void>
}

/** The part of an office's line that uploads may have. */
export interface Bandwidth {
  /** One after another: several at once would each take too long for the other end's patience. */
  upload<T>(work: (pace: Pace) => Promise<T>): Promise<T>
}

/** @param bytesPerSecond on the average of a second, what TCP and TLS add not counted */
export function createBandwidth(
  bytesPerSecond: number,
  clock: Pick<SyncClock, 'runningMs' | 'setTimer'>,
): Bandwidth {
  let freeAtMs = 0
  let last: Promise<unknown> = Promise.resolve()
  const pace: Pace = {
    sliceBytes: Math.min(16_384, Math.ceil(bytesPerSecond / 8)),
    async take(bytes, signal) {
      const nowMs = clock.runningMs()
      const startMs = Math.max(nowMs, freeAtMs)
      freeAtMs = startMs + (bytes / bytesPerSecond) * 1_000
      if (startMs > nowMs) await wait(startMs - nowMs, signal)
    },
  }

  function wait(delayMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        cancel()
        signal.removeEventListener('abort', end)
        resolve()
      }
      const cancel = clock.setTimer(delayMs, end)
      signal.addEventListener('abort', end)
      if (signal.aborted) end()
    })
  }

  return {
    upload(work) {
      const mine = last.then(() => work(pace))
      last = mine.catch(() => undefined)
      return mine
    },
  }
}
