import type { ReasonCode } from '../../../src/contract/faults.ts'
import type { IntentPath } from '../../../src/contract/intent.ts'
import type { ScreenName } from '../../../src/contract/screen.ts'
import { openCover, wireFault } from '../../support/fault-bench.ts'
import type { Machine } from '../../support/machine.ts'

export interface Remedy {
  readonly code: ReasonCode
  /** As the diagnosis names it. */
  readonly subject: string
  /** What befalls the machine. */
  readonly bring: (machine: Machine) => Promise<unknown>
  /** Where the code is seen; a finding of the diagnosis unless told. */
  readonly seen?: (machine: Machine) => Promise<unknown>
  /** What the remedy says, done to the letter. */
  readonly follow: (machine: Machine) => Promise<unknown>
}

const technician = { badge: 'MCB1*DEMO-TECHNICIAN-01', pin: '246810' } as const

/** Touches what that screen offers, as soon as it is up. */
export async function on(
  machine: Machine,
  screen: ScreenName,
  path: IntentPath,
  input: object = {},
): Promise<void> {
  await machine.core.screen(screen)
  // One path stands for all: the contract checks the input of the real one.
  const answer = await machine.core.touch(path as 'session.stay', input)
  if (!answer.taken) throw new Error(`${path} was not taken: ${answer.code}`)
}

export async function atDevice(machine: Machine, device: string): Promise<void> {
  const { core } = machine
  await core.screen('idle')
  await machine.hold(technician.badge)
  await core.screen('staffPin')
  await core.type(technician.pin)
  await on(machine, 'devices', 'technician.inspect', { device })
}

export async function leave(machine: Machine): Promise<void> {
  await machine.core.touch('session.leave')
  await machine.core.screen('idle')
}

/** A technician tries the device at the screen: what the test came to. */
export async function tryOut(
  machine: Machine,
  device: 'printer' | 'scanner',
  test: 'testSlip' | 'scanPage',
  meanwhile: () => Promise<unknown> = async () => undefined,
): Promise<string> {
  await atDevice(machine, device)
  const before = (await machine.core.screen('device')).device.lastTest?.at
  await on(machine, 'device', 'technician.runTest', { test })
  await meanwhile()
  const { screen } = await machine.core.until(
    ({ screen }) =>
      screen.name === 'device' &&
      screen.running === null &&
      screen.device.lastTest !== null &&
      screen.device.lastTest.at !== before,
    `${test} to be over`,
  )
  const result = screen.name === 'device' ? screen.device.lastTest : null
  await leave(machine)
  return `${result?.outcome} ${result?.detail}`
}

/** Off and on again: its memory of the wire is gone. */
export async function powerCycle(machine: Machine, device: 'printer' | 'locker' | 'reader') {
  await wireFault(machine, device, 'unplugged', true)
  await wireFault(machine, device, 'unplugged', false)
}

export async function newRoll(machine: Machine): Promise<void> {
  await openCover(machine, true)
  await machine.printer.control.send('paper', { state: 'ok' })
  await openCover(machine, false)
}
