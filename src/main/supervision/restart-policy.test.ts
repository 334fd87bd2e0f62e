import { describe, expect, it } from 'vitest'
import { planRestart } from './restart-policy.ts'

describe('planRestart', () => {
  it('starts again at once after one or two crashes', () => {
    expect(planRestart([1000], 1000)).toEqual({ delayMs: 50, safeStart: false })
    expect(planRestart([1000, 20_000], 20_000)).toEqual({ delayMs: 50, safeStart: false })
  })

  it('starts safely, and slower each time, from the third crash in 60 s on', () => {
    expect(planRestart([0, 1, 59_999], 59_999)).toEqual({ delayMs: 500, safeStart: true })
    expect(planRestart([0, 1, 2, 3], 4)).toEqual({ delayMs: 1000, safeStart: true })
    expect(planRestart(Array(40).fill(5), 5)).toEqual({ delayMs: 10_000, safeStart: true })
  })

  it('forgets crashes older than 60 s', () => {
    expect(planRestart([0, 1, 60_000], 60_000)).toEqual({ delayMs: 50, safeStart: false })
  })
})
