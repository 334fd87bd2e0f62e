import { expect } from 'vitest'
import { type Machine, startMachine } from '../support/machine.ts'
import { liveOneDay } from './day.ts'
import { judge } from './judge.ts'

/** Effects of a machine's very first start: they need a machine that has never run. */
export function isFirstStart(label: string): boolean {
  return /\|start\||markEpochRegistered|status:first|set-up|identity$|idle\|frame:printer:read:proof/.test(
    label,
  )
}

/** Lives a day in which core ends inside one effect, and judges the world afterwards. */
export async function runKillCase(machine: Machine, label: string): Promise<void> {
  const starts = machine.core.starts()
  machine.killAt(label)
  const day = await liveOneDay(machine)
  expect(machine.core.starts(), `the day never came to ${label}`).toBe(starts + 1)
  await judge(machine, day)
}

/** The same for a first start, on a machine of its own. */
export async function runFirstStartCase(label: string): Promise<void> {
  const machine = await startMachine({ scanner: true, killAt: label })
  try {
    expect(machine.core.starts() + machine.core.deaths(), `never came to ${label}`).toBeGreaterThan(
      1,
    )
    await judge(machine, await liveOneDay(machine))
  } finally {
    await machine.stop()
  }
}
