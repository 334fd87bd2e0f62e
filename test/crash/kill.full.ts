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
    machine = await startMachine()
  }, 60_000)
  afterAll(() => machine?.stop())

  it.each(all.filter((label) => !isFirstStart(label)))('%s', (label) => runKillCase(machine, label))
})
