import { describe, expect, it, vi } from 'vitest'
import { startEventLoopMetric } from './event-loop-metric.ts'

describe('event loop metric', () => {
  it('shows a blocked event loop, and forgets it at reset', async () => {
    const metric = startEventLoopMetric(1)
    try {
      expect(metric.read()).toEqual({ p50Ms: 0, p99Ms: 0, maxMs: 0 })
      // One sample must be under way before the loop is blocked.
      await vi.waitFor(() => expect(metric.samples()).toBeGreaterThan(0))
      const until = performance.now() + 60
      while (performance.now() < until);
      await vi.waitFor(() => expect(metric.read().maxMs).toBeGreaterThan(40))
      const { p50Ms, p99Ms, maxMs } = metric.read()
      expect(p50Ms).toBeLessThanOrEqual(p99Ms)
      expect(p99Ms).toBeLessThanOrEqual(maxMs)
      metric.reset()
      expect(metric.read()).toEqual({ p50Ms: 0, p99Ms: 0, maxMs: 0 })
    } finally {
      metric.stop()
    }
  })
})
