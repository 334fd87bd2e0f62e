import { join } from 'node:path'
import { expect } from 'vitest'
import { failCalls, isHalted } from '../../support/failing-calls.ts'
import { eventually } from '../../support/journeys.ts'
import type { Machine } from '../../support/machine.ts'
import { liveOneDay } from '../day.ts'
import { judge } from '../judge.ts'
import { type DiskCase, diskFiles } from './disk-case.ts'

/** Lives a day in which one call of core's at one of its files fails with an I/O error, and judges the world. */
export async function runDiskCase(machine: Machine, { at, call, file }: DiskCase): Promise<void> {
  const toldBefore = await diskFaultsTold(machine)
  const place = diskFiles[file]
  machine.haltAt(at)
  let isOver = false
  const day = liveOneDay(machine).finally(() => {
    isOver = true
  })
  // Awaited below; until then nobody else looks at it.
  day.catch(() => {})
  const pid = machine.core.pid() ?? 0
  await eventually(async () => isOver || isHalted(pid))
  expect(isOver, `the day never came to ${at}`).toBe(false)

  const failing = await failCalls(pid, {
    calls: [call],
    error: 'EIO',
    ...(typeof place === 'string' ? { paths: [join(machine.folder, place)] } : { threads: 'pool' }),
  })
  process.kill(pid, 'SIGCONT')
  const hasFailed = () => failing.failed().some((line) => line.match(place) !== null)
  await eventually(async () => hasFailed() || isOver)
  const failed = failing.failed()
  await failing.stop()
  await judge(machine, await day)
  expect(failed, `no ${call} of ${file} after ${at}`).not.toEqual([])
  // Told by the core that comes after, or by the one that goes on.
  await eventually(async () => (await diskFaultsTold(machine)) > toldBefore)
}

/** A day after a restart: nothing of the database is in memory, and the reading of one page of it fails. */
export async function runReadCase(machine: Machine, nth: number): Promise<void> {
  const toldBefore = await diskFaultsTold(machine)
  const starts = machine.core.starts()
  machine.core.kill()
  await machine.core.started(starts + 1)
  const failing = await failCalls(machine.core.pid() ?? 0, {
    calls: ['pread64'],
    error: 'EIO',
    nth,
    paths: ['', '-wal'].map((end) => join(machine.folder, `kiosk/kiosk.sqlite${end}`)),
  })
  const day = await liveOneDay(machine)
  const failed = failing.failed()
  await failing.stop()
  await judge(machine, day)
  expect(failed, 'nothing was read').not.toEqual([])
  await eventually(async () => (await diskFaultsTold(machine)) > toldBefore)
}

async function diskFaultsTold(machine: Machine): Promise<number> {
  const faults = (await machine.province.messages()).filter(({ kind }) => kind === 'fault')
  return faults.filter(({ bytes }) => {
    const { body } = JSON.parse(String(bytes))
    return body.device === 'disk' && body.reason === 'DISK_ERROR' && body.state === 'broken'
  }).length
}
