import { expect, it } from 'vitest'
import { cutPower, recordRun } from './power/power-cuts.ts'
import { seedsOf } from './random/seeds.ts'

/** At every system call of each run. `CRASH_SEED=… CRASH_RUNS=…` choose others. */
it.each(seedsOf(process.env, { first: 1, runs: 20 }))(
  'has all that the world saw after a power cut at any call: seed %i',
  async (seed) => {
    const { verdict } = await cutPower(await recordRun(seed, 8))
    expect(verdict, `again: CRASH_SEED=${seed} npm run test:crash -- test/crash/power-cut`).toEqual(
      [],
    )
  },
)
