/** Capped exponential back-off. All in milliseconds. */
export interface RetryPolicy {
  readonly baseMs: number
  readonly capMs: number
}

/**
 * How long to wait after the `attempts`-th failure in a row: half fixed, half random, so that machines that
 * failed together do not come back together.
 *
 * @param attempts 1 after the first failure
 * @param random 0 ≤ value < 1
 */
export function retryDelayMs(attempts: number, random: number, policy: RetryPolicy): number {
  // 2 ** 40 · 1 s is beyond any cap; the minimum keeps the power finite.
  const exponent = Math.min(Math.max(attempts, 1) - 1, 40)
  const ceiling = Math.min(policy.capMs, policy.baseMs * 2 ** exponent)
  return Math.round(ceiling / 2 + (random * ceiling) / 2)
}

/** Longest wait that a server may ask for: "ten years" is not an answer. */
export const retryAfterCapMs = 10 * 60_000

/** The one form of a date that HTTP lets a server send (IMF-fixdate); `Date.parse` takes far more for a date. */
const httpDate = /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** `Retry-After` in seconds or as a date; `undefined` when it is absent or nonsense. */
export function parseRetryAfter(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined
  const text = header.trim()
  const isSeconds = /^\d+$/.test(text)
  if (!isSeconds && !httpDate.test(text)) return undefined
  const waitMs = isSeconds ? Number(text) * 1_000 : Date.parse(text) - nowMs
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), retryAfterCapMs)
}
