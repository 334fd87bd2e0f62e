import { monitorEventLoopDelay } from 'node:perf_hooks'

export interface EventLoopDelay {
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

export interface EventLoopMetric {
  /** Since the start or the last `reset`. */
  read(): EventLoopDelay
  /** How often the delay was measured since then. */
  samples(): number
  reset(): void
  stop(): void
}

/** How late timers of this thread fire beyond the sampling step: what a blocked event loop costs everybody. */
export function startEventLoopMetric(resolutionMs = 10): EventLoopMetric {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs })
  histogram.enable()
  // Node's figures include the sampling step itself; an empty histogram says NaN and huge minimums.
  const beyondStep = (nanoseconds: number) =>
    histogram.count === 0 ? 0 : Math.max(0, nanoseconds / 1e6 - resolutionMs)
  return {
    read: () => ({
      p50Ms: beyondStep(histogram.percentile(50)),
      p99Ms: beyondStep(histogram.percentile(99)),
      maxMs: beyondStep(histogram.max),
    }),
    samples: () => histogram.count,
    reset: () => histogram.reset(),
    stop: () => {
      histogram.disable()
    },
  }
}
