import { expect } from 'vitest'
import { isHalted } from '../../support/failing-calls.ts'
import { provinceGot } from '../../support/fault-bench.ts'
import { eventually } from '../../support/journeys.ts'
import { type Machine, startMachine } from '../../support/machine.ts'
import { mountSmallDisk, type SmallDisk } from '../../support/small-disk.ts'
import { liveOneDay } from '../day.ts'
import { judge } from '../judge.ts'
import { isFirstStart } from '../kill-case.ts'
import { killCases } from '../kill-cases.ts'

export interface FullCase {
  /** Core halts inside this effect; when it goes on, nothing is left. */
  readonly at: string
  readonly of: 'space' | 'files'
}

/** Before every commit and every write of a file; new files need room for a name, too. */
export function fullCases(): readonly FullCase[] {
  const before = killCases().filter((label) => !isFirstStart(label) && label.startsWith('before|'))
  const writes = before.filter((label) => /\|(commit:|write:|fsync:journal$)/.test(label))
  const names = before.filter((label) => label.includes('|write:'))
  return [
    ...writes.map((at) => ({ at, of: 'space' as const })),
    ...names.map((at) => ({ at, of: 'files' as const })),
  ]
}

export interface SmallMachine {
  readonly machine: Machine
  readonly disk: SmallDisk
  stop(): Promise<void>
}

export async function startSmallMachine(): Promise<SmallMachine> {
  const disk = mountSmallDisk({ megabytes: 96, inodes: 6_000 })
  const machine = await startMachine({
    disk,
    scanner: true,
    limits: { staffOpeningsPerHour: 10_000, freeDiskMegabytes: 24, fullDiskMegabytes: 12 },
    timeouts: { diskCheckMs: 200 },
  })
  return {
    machine,
    disk,
    async stop() {
      disk.free()
      await machine.stop()
      disk.unmount()
    },
  }
}

/** Lives a day on which the disk is full from one write on, until the machine says so; judges the world. */
export async function runFullCase(small: SmallMachine, { at, of }: FullCase): Promise<void> {
  const { machine, disk } = small
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
  if (of === 'space') disk.fill(0)
  else disk.fillFiles(0)
  process.kill(pid, 'SIGCONT')
  await eventually(async () => saysFull(machine))
  disk.free()
  await judge(machine, await day)
  await provinceGot(
    machine,
    'fault',
    ({ device, reason, state }) =>
      device === 'disk' && reason === 'DISK_FULL' && state === 'needsAttendant',
  )
  await machine.core.until(
    ({ services }) => services.every(({ available }) => available),
    'all services',
  )
}

function saysFull(machine: Machine): boolean {
  try {
    const { services } = machine.core.current()
    return services.some(({ reasons }) => reasons.includes('DISK_FULL'))
  } catch {
    return false
  }
}
