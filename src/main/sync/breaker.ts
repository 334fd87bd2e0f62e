import { type RetryPolicy, retryDelayMs } from './retry-policy.ts'

/**
 * Keeps a queue of thousands from knocking at a closed door. While it is tripped nothing is sent; then one
 * message at a time tries, until one gets an answer.
 */
export interface Breaker {
  /** Running time until which nothing is sent. */
  pausedUntilMs(): number
  /** How many messages may be on their way at once. */
  limit(): number
  /** The province answered, whatever it said. */
  close(): void
  /** @param retryAfterMs what the server asked for, already capped */
  fail(concerns: 'everyone' | 'thisMessage', nowMs: number, retryAfterMs?: number): void
}

export interface BreakerOptions {
  readonly limit: number
  readonly policy: RetryPolicy
  readonly random: () => number
}

export function createBreaker({ limit, policy, random }: BreakerOptions): Breaker {
  let rounds = 0
  let failuresInRow = 0
  let pausedUntilMs = 0
  return {
    pausedUntilMs: () => pausedUntilMs,
    limit: () => (rounds > 0 ? 1 : limit),
    close() {
      rounds = 0
      failuresInRow = 0
      pausedUntilMs = 0
    },
    fail(concerns, nowMs, retryAfterMs = 0) {
      failuresInRow += 1
      // One message that fails by itself is its own matter; as many in a row as fit at once are not.
      if (concerns === 'thisMessage' && failuresInRow < limit && rounds === 0) return
      // Messages that were on their way together fail together: that is one round.
      if (nowMs >= pausedUntilMs) rounds += 1
      const untilMs = nowMs + Math.max(retryDelayMs(rounds, random(), policy), retryAfterMs)
      pausedUntilMs =
        nowMs >= pausedUntilMs ? untilMs : Math.max(pausedUntilMs, nowMs + retryAfterMs)
    },
  }
}
