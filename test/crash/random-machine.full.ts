import { afterAll, beforeAll, describe, it } from 'vitest'
import { type Machine, startMachine } from '../support/machine.ts'
import { judge } from './judge.ts'
import { liveRandomDay } from './random/machine-day.ts'
import { seedsOf } from './random/seeds.ts'

/** `CRASH_SEED=… CRASH_RUNS=…` choose others. */
const seeds = seedsOf(process.env, { first: 1, runs: 30 })

describe('random days on a machine of real processes', () => {
  let machine: Machine
  beforeAll(async () => {
    // So many days in an hour are more than the machine's own cap on openings allows.
    machine = await startMachine({ scanner: true, limits: { staffOpeningsPerHour: 10_000 } })
  }, 60_000)
  afterAll(() => machine?.stop())

  it.each(seeds)('seed %i', async (seed) => {
    await judge(machine, await liveRandomDay(machine, seed))
  })
})
