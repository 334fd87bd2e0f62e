import { expect, test } from 'vitest'
import { lockoutScopes, type TryScope } from './lockout.ts'

const minute = 60_000
const scopes = lockoutScopes('pin:CB01', { attempts: 5, firstWaitMs: 15 * minute })

/** When an attacker who tries at every chance gets his tries, in minutes. */
function triesOf(allowed: (atMs: number) => boolean, untilMinute: number): number[] {
  const tries: number[] = []
  for (let at = 0; at <= untilMinute; at += 1) {
    while (tries.length < 1_000 && allowed(at * minute)) tries.push(at)
  }
  return tries
}

/** Every counter keeps the times of its tries, and drops what is older than its window. */
function slidingCounters(rules: readonly TryScope[]) {
  const times = rules.map(() => [] as number[])
  return (nowMs: number): boolean => {
    const recent = rules.map((rule, at) =>
      (times[at] ?? []).filter((time) => nowMs - time < rule.windowMs),
    )
    const may = rules.every((rule, at) => (recent[at]?.length ?? 0) < rule.limit)
    if (may) for (const counter of times) counter.push(nowMs)
    return may
  }
}

test('the wait doubles', () => {
  expect(triesOf(slidingCounters(scopes), 240)).toEqual([0, 0, 0, 0, 0, 15, 30, 60, 120, 240])
})

test('the names of the counters are stable and apart', () => {
  expect(scopes.map((scope) => scope.scope)).toEqual(
    [0, 1, 2, 3, 4, 5].map((step) => `pin:CB01/${step}`),
  )
  expect(scopes[0]).toEqual({ scope: 'pin:CB01/0', limit: 5, windowMs: 15 * minute })
})
