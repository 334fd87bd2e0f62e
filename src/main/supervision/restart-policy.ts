/** Crashes within this time are counted together. */
export const crashWindowMs = 60_000
/** After so many crashes in the window, core starts without the suspect device. */
export const crashesBeforeSafeStart = 3
const firstDelayMs = 50
const longestDelayMs = 10_000

export interface Restart {
  readonly delayMs: number
  readonly safeStart: boolean
}

/**
 * When and how to start core again after it ended by itself. `crashTimesMs` are times of a monotonic clock, the
 * last crash included. Quick at first, so that a citizen waits about a second in all; then ever slower.
 */
export function planRestart(crashTimesMs: readonly number[], nowMs: number): Restart {
  const recent = crashTimesMs.filter((time) => nowMs - time < crashWindowMs).length
  if (recent < crashesBeforeSafeStart) return { delayMs: firstDelayMs, safeStart: false }
  const doublings = recent - crashesBeforeSafeStart
  return { delayMs: Math.min(500 * 2 ** doublings, longestDelayMs), safeStart: true }
}
