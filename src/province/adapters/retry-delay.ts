const baseMs = 30_000
const capMs = 60 * 60_000

/**
 * How long to wait after the `failures`-th failure in a row: it doubles up to an hour, half of it random, so that
 * processes that failed together do not come back together.
 *
 * @param random 0 ≤ value < 1
 */
export function retryDelayMs(failures: number, random: number): number {
  const ceiling = Math.min(capMs, baseMs * 2 ** Math.min(Math.max(failures, 1) - 1, 20))
  return Math.round(ceiling / 2 + (random * ceiling) / 2)
}
