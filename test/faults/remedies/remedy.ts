import type { ReasonCode } from '../../../src/contract/faults.ts'
import { openCover, wireFault } from '../../support/fault-bench.ts'
import { touchOn } from '../../support/journeys.ts'
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

export async function atDevice(machine: Machine, device: string): Promise<void> {
  const { core } = machine
  await core.screen('idle')
  await machine.hold(technician.badge)
  await core.screen('staffPin')
  await core.type(technician.pin)
  await touchOn(machine, 'devices', 'technician.inspect', { device })
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
  await touchOn(machine, 'device', 'technician.runTest', { test })
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
