import { describe, expect, it } from 'vitest'
import { atLeast, atMost, ratioOf, round } from './figure.ts'
import { percentile, summary } from './series.ts'

describe('series', () => {
  it('gives values that were measured, by nearest rank', () => {
    const samples = Array.from({ length: 200 }, (_, index) => 200 - index)
    expect(summary(samples)).toEqual({ p50: 100, p95: 190, p99: 198, max: 200, samples: 200 })
    expect(percentile([7], 99)).toBe(7)
    expect(percentile([1, 9], 50)).toBe(1)
    expect(() => percentile([], 50)).toThrow('nothing was measured')
  })
})

describe('figure', () => {
  it('compares what both have, and nothing with zero', () => {
    expect(
      ratioOf({ p50: 8, p99: 30, max: 4, samples: 9 }, { p50: 2, p99: 0, samples: 9 }),
    ).toEqual({ p50: 4 })
  })

  it('judges aims by the unrounded value', () => {
    expect(atMost('p99 ≤ 20 ms', 20.004, 20)).toEqual({ aim: 'p99 ≤ 20 ms', value: 20, met: false })
    expect(atLeast('≥ 50', 50, 50).met).toBe(true)
  })

  it('rounds to three digits, and never a large number away', () => {
    expect([round(0.12345), round(12.345), round(1234.5)]).toEqual([0.123, 12.3, 1235])
  })
})
