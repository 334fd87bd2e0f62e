import { afterAll, beforeAll, describe, it } from 'vitest'
import { type Machine, startMachine } from '../support/machine.ts'
import { diskCases } from './disk/disk-case.ts'
import { runDiskCase, runReadCase } from './disk/run-disk-case.ts'
import { runSmallFilesCase } from './disk/small-files.ts'

describe('an I/O error at every write and flush of a day', () => {
  let machine: Machine
  beforeAll(async () => {
    // So many days in an hour are more than the machine's own cap on openings allows.
    machine = await startMachine({ scanner: true, limits: { staffOpeningsPerHour: 10_000 } })
  }, 60_000)
  afterAll(() => machine?.stop())

  it('of the small files beside the dossiers is noticed by nobody', () =>
    runSmallFilesCase(machine))

  it.each([1, 2, 3, 5, 8, 13])('of reading number %i after a restart', (nth) =>
    runReadCase(machine, nth),
  )

  it.each(diskCases())('$at: $call of the $file', (one) => runDiskCase(machine, one))
})
