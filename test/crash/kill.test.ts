import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Machine, startMachine } from '../support/machine.ts'
import { liveOneDay } from './day.ts'
import { judge } from './judge.ts'
import { isFirstStart, runKillCase } from './kill-case.ts'
import { killCases, someOf } from './kill-cases.ts'

const casesInShortRun = 5
const seed = Number(process.env.KILL_SEED ?? 20_260_301)

/** A short selection; `npm run test:crash` runs every case. */
describe(`core killed inside an effect (seed ${seed})`, () => {
  let machine: Machine
  beforeAll(async () => {
    machine = await startMachine({ scanner: true })
  })
  afterAll(() => machine?.stop())

  it('has a kill case for every effect of the day', async () => {
    await judge(machine, await liveOneDay(machine))
    const cases = killCases()
    expect([...new Set(machine.effects())].filter((label) => !cases.includes(label))).toEqual([])
  })

  const later = killCases().filter((label) => !isFirstStart(label))
  it.each(someOf(later, casesInShortRun, seed))('%s', (label) => runKillCase(machine, label))
})
