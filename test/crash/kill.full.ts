import { afterAll, beforeAll, describe, it } from 'vitest'
import { type Machine, startMachine } from '../support/machine.ts'
import { isFirstStart, runFirstStartCase, runKillCase } from './kill-case.ts'
import { killCases } from './kill-cases.ts'

const all = killCases()

describe('core killed inside every effect of a first start', () => {
  it.each(all.filter(isFirstStart))('%s', runFirstStartCase)
})

describe('core killed inside every effect of a day', () => {
  let machine: Machine
  beforeAll(async () => {
    // So many days in an hour are more than the machine's own cap on openings allows.
    machine = await startMachine({ scanner: true, limits: { staffOpeningsPerHour: 10_000 } })
  }, 60_000)
  afterAll(() => machine?.stop())

  it.each(all.filter((label) => !isFirstStart(label)))('%s', (label) => runKillCase(machine, label))
})
