import { join } from 'node:path'
import { expect } from 'vitest'
import { failCalls } from '../../support/failing-calls.ts'
import type { Machine } from '../../support/machine.ts'
import { liveOneDay } from '../day.ts'
import { judge } from '../judge.ts'
import { changingCalls } from './calls-of-a-day.ts'

/** Beside the dossiers: what core does better with, and goes on without. */
export const smallFiles = [
  ...['kiosk/alive', 'kiosk/choices', 'kiosk/disk-fault', 'kiosk/on-screen'].flatMap((name) => [
    name,
    `${name}.new`,
  ]),
  ...['kiosk/last-device-frame', 'kiosk/.disk-watch', 'journal/.disk-watch', 'journal/store-mark'],
]

/** A day on which none of them can be written: nobody notices. */
export async function runSmallFilesCase(machine: Machine): Promise<void> {
  const starts = machine.core.starts()
  const failing = await failCalls(machine.core.pid() ?? 0, {
    calls: changingCalls,
    error: 'EIO',
    paths: smallFiles.map((name) => join(machine.folder, name)),
  })
  const day = await liveOneDay(machine)
  const failed = failing.failed()
  await failing.stop()
  for (const name of ['alive.new', 'on-screen.new', 'last-device-frame', 'store-mark']) {
    expect(
      failed.some((line) => line.includes(name)),
      name,
    ).toBe(true)
  }
  expect(machine.core.starts()).toBe(starts)
  await judge(machine, day)
}
