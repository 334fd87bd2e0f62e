import { describe, it } from 'vitest'
import { expectSeed } from './random/expect-seed.ts'
import { seedsOf } from './random/seeds.ts'

/** `CRASH_SEED=… CRASH_RUNS=…` choose others. */
const seeds = seedsOf(process.env, { first: 1_000, runs: 3_000 })

describe('random days of several people, with trouble and kills', () => {
  it.each(seeds)('seed %i', expectSeed)
})
