/** One counter: at most `limit` tries within `windowMs` of the kiosk's running time. */
export interface TryScope {
  readonly scope: string
  readonly limit: number
  readonly windowMs: number
}

/**
 * Wrong tries cost a wait that doubles. Counters that only know "so many within so long" say it as a
 * staircase: the first `attempts` tries are free, then one more after `firstWaitMs`, one more after twice
 * that, and so on. Every step is a counter of its own; a right try clears them all.
 *
 * With 5 tries and 15 minutes, six steps: 5 at once, then one at 15, 30, 60, 120 and 240 minutes.
 */
export function lockoutScopes(
  name: string,
  { attempts, firstWaitMs, steps = 6 }: LockoutRule,
): readonly TryScope[] {
  return Array.from({ length: steps }, (_, step) => ({
    scope: `${name}/${step}`,
    limit: attempts + step,
    windowMs: firstWaitMs * 2 ** step,
  }))
}

export interface LockoutRule {
  /** Tries before the first wait. */
  readonly attempts: number
  readonly firstWaitMs: number
  /** How often the wait doubles before it stays. */
  readonly steps?: number
}
