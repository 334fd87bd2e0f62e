import { expect, it } from 'vitest'
import { expectSeed } from './random/expect-seed.ts'
import { runSeed } from './random/run-seed.ts'
import { seedsOf } from './random/seeds.ts'

/** A few seeds with kills in them; `npm run test:crash` runs thousands. */
const seeds = seedsOf({}, { first: 1, runs: 5 })

it.each(seeds)('a day of several people, trouble and kills: seed %i', expectSeed)

it('is the same day again for the same seed', async () => {
  const [first, again] = [await runSeed(7), await runSeed(7)]
  expect(first.kills).toBeGreaterThan(0)
  expect(again.trace).toEqual(first.trace)
})

it('takes one seed to replay, or so many from one on', () => {
  const standard = { first: 1, runs: 3 }
  expect(seedsOf({}, standard)).toEqual([1, 2, 3])
  expect(seedsOf({ CRASH_RUNS: '2' }, standard)).toEqual([1, 2])
  expect(seedsOf({ CRASH_SEED: '77' }, standard)).toEqual([77])
  expect(seedsOf({ CRASH_SEED: '77', CRASH_RUNS: '2' }, standard)).toEqual([77, 78])
  expect(() => seedsOf({ CRASH_SEED: 'x' }, standard)).toThrow('CRASH_SEED')
})
