import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Machine, startMachine } from '../support/machine.ts'
import { callsOfADay } from './disk/calls-of-a-day.ts'
import { diskCases, diskFiles } from './disk/disk-case.ts'
import { runDiskCase, runReadCase } from './disk/run-disk-case.ts'
import { runSmallFilesCase, smallFiles } from './disk/small-files.ts'
import { someOf } from './kill-cases.ts'

const casesInShortRun = 2
const seed = Number(process.env.KILL_SEED ?? 20_260_301)

/** A short selection; `npm run test:crash` runs every case. */
describe(`an I/O error in the middle of a day (seed ${seed})`, () => {
  let machine: Machine
  beforeAll(async () => {
    machine = await startMachine({ scanner: true })
  })
  afterAll(() => machine?.stop())

  it('has a case for every file that core writes to in a day', async () => {
    const cases = diskCases()
    const hasCase = (line: string) => {
      const [call = '', file = ''] = line.split(' ')
      if (smallFiles.includes(file)) return true
      const named = file.replace('HASH', '0'.repeat(64)).replace('PID', '1')
      return cases.some(
        (one) => named.match(diskFiles[one.file]) && (one.call === call || isOfOpening(call, file)),
      )
    }
    expect([...(await callsOfADay(machine))].filter((line) => !hasCase(line))).toEqual([])
  })

  it('of the small files beside the dossiers is noticed by nobody', () =>
    runSmallFilesCase(machine))

  it('of reading after a restart', () => runReadCase(machine, 2))

  const cases = diskCases()
  it.each(
    someOf(
      cases.map((_, index) => String(index)),
      casesInShortRun,
      seed,
    ).flatMap((index) => cases[Number(index)] ?? []),
  )('$at: $call of the $file', (one) => runDiskCase(machine, one))
})

/** Their write fails on a full disk: test/crash/disk/disk-case.ts */
const isOfOpening = (call: string, file: string) =>
  call === 'write' && file.startsWith('kiosk/pages/')
