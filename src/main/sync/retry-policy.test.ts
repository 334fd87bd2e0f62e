import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRetryAfter, retryAfterCapMs, retryDelayMs } from './retry-policy.ts'

const policy = { baseMs: 1_000, capMs: 300_000 }

test('doubles from the base up to the cap', () => {
  const longest = [1, 2, 3, 4, 9, 10, 1_000_000].map((n) => retryDelayMs(n, 1, policy))
  expect(longest).toEqual([1_000, 2_000, 4_000, 8_000, 256_000, 300_000, 300_000])
})

test('never less than half, never more than the cap', () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  fc.assert(
    fc.property(fc.nat(), random, (attempts, value) => {
      const delay = retryDelayMs(attempts, value, policy)
      expect(delay).toBeGreaterThanOrEqual(500)
      expect(delay).toBeLessThanOrEqual(policy.capMs)
    }),
  )
})

const now = Date.parse('2026-01-01T00:00:00Z')
test.each([
  [null, undefined],
  ['', undefined],
  ['soon', undefined],
  ['soon 9999', undefined],
  ['-5', undefined],
  ['1.5', undefined],
  ['1e9', undefined],
  ['Infinity', undefined],
  ['Fri, 99 Xyz 2026 00:00:00 GMT', undefined],
  ['2036-01-01T00:00:00Z', undefined],
  ['Fri, 31 Dec 9999 23:59:59 GMT', retryAfterCapMs],
  ['0', 0],
  ['7', 7_000],
  ['315360000', retryAfterCapMs],
  ['9'.repeat(400), retryAfterCapMs],
  ['Thu, 01 Jan 2026 00:00:09 GMT', 9_000],
  ['Fri, 01 Jan 2016 00:00:00 GMT', 0],
  ['Wed, 01 Jan 2036 00:00:00 GMT', retryAfterCapMs],
])('Retry-After %j', (header, expected) => {
  expect(parseRetryAfter(header, now)).toBe(expected)
})
