/** A time limit that stands still while something else than the other end is waited for. Real time. */
export interface Deadline {
  readonly signal: AbortSignal
  /** Has it ended the matter? */
  isOver(): boolean
  /** The time that `work` takes does not count. */
  except(work: Promise<void>): Promise<void>
  /** It is not needed any more. */
  clear(): void
}

/** @param outer ends it early */
export function createDeadline(limitMs: number, outer: AbortSignal | undefined): Deadline {
  const own = new AbortController()
  let leftMs = limitMs
  let sinceMs = performance.now()
  let cleared = false
  let timer = setTimeout(() => own.abort(), leftMs)
  return {
    signal: outer ? AbortSignal.any([outer, own.signal]) : own.signal,
    isOver: () => own.signal.aborted,
    async except(work) {
      clearTimeout(timer)
      leftMs -= performance.now() - sinceMs
      await work
      if (cleared) return
      sinceMs = performance.now()
      timer = setTimeout(() => own.abort(), Math.max(leftMs, 0))
    },
    clear() {
      cleared = true
      clearTimeout(timer)
    },
  }
}
