import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import { systemClock } from '../../src/devices/clock.ts'
import type { CompartmentSensors, LockAddress, Locker } from '../../src/devices/contract.ts'
import { type KerongCu16Options, kerongCu16Locker } from '../../src/devices/locker/kerong-cu16.ts'
import { readPhysicalLog } from '../../src/devices/simulators/base/physical-log.ts'
import type { PhysicalEvent } from '../../src/devices/simulators/control.ts'
import {
  type SimulatorStart,
  type StartedSimulator,
  startSimulator,
} from '../../src/devices/simulators/start-simulator.ts'
import { serialChannel } from '../../src/devices/transport/serial.ts'

export type LockerOptions = Partial<Omit<KerongCu16Options, 'id' | 'channel' | 'clock'>>

export interface LockerBench {
  readonly locker: Locker
  readonly port: string
  simulator(): StartedSimulator
  send(command: string, args?: Readonly<Record<string, unknown>>): Promise<unknown>
  /** What physically happened, optionally only events of one name. */
  happened(event?: string): readonly PhysicalEvent[]
  /** Starts the simulator again, after its process was ended. */
  restartSimulator(): Promise<void>
  end(): Promise<void>
}

/** How long a condition may take before a test gives up; far more than any of them needs. */
const patienceMs = 15_000

/** Waits until a fact holds, looking again and again; fails with `what` when it never does. */
export function until(what: string, holds: () => boolean): Promise<void> {
  return vi.waitFor(
    () => {
      if (!holds()) throw new Error(`never came true: ${what}`)
    },
    { timeout: patienceMs, interval: 5 },
  )
}

export function untilOnline(locker: Locker): Promise<void> {
  return until('the locker is online', () => {
    const { state, reasons } = locker.status()
    return state === 'online' && reasons.length === 0
  })
}

export function untilSensors(
  locker: Locker,
  address: LockAddress,
  wanted: Partial<CompartmentSensors>,
): Promise<void> {
  return until(`sensors of ${JSON.stringify(address)} show ${JSON.stringify(wanted)}`, () => {
    const { door, item } = locker.sensors(address)
    return (wanted.door ?? door) === door && (wanted.item ?? item) === item
  })
}

export function lockerAt(port: string, options: LockerOptions = {}): Locker {
  return kerongCu16Locker({
    id: 'locker',
    boards: [0],
    lockBitWhenClosed: 1,
    hasItemSensor: true,
    ...options,
    channel: serialChannel({ path: port, baudRate: 19_200 }),
    clock: systemClock,
  })
}

/** A locker driver on a real serial port with the simulated bank, in its own process, at the other end. */
export async function lockerBench(
  options: LockerOptions = {},
  simulated: SimulatorStart['options'] = {},
): Promise<LockerBench> {
  const folder = await mkdtemp(join(tmpdir(), 'locker-'))
  const port = join(folder, 'port')
  const start = (): Promise<StartedSimulator> =>
    startSimulator({
      device: 'locker',
      protocol: 'kerong-cu16',
      on: port,
      state: join(folder, 'state.json'),
      options: simulated,
    })
  let simulator = await start()
  const locker = lockerAt(port, options)
  locker.start()
  return {
    locker,
    port,
    simulator: () => simulator,
    send: (command, args) => simulator.control.send(command, args),
    happened: (event) =>
      readPhysicalLog(simulator.logPath).filter(
        (entry) => event === undefined || entry.event === event,
      ),
    async restartSimulator() {
      simulator = await start()
    },
    async end() {
      await locker.stop()
      await simulator.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
