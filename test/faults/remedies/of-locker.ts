import {
  atDoor,
  badgeIn,
  compartmentRow,
  emptyEverything,
  fillInByHand,
  serveNext,
  wireFault,
} from '../../support/fault-bench.ts'
import { eventually, openDeposit, signIn, signOut, touchOn } from '../../support/journeys.ts'
import type { Machine } from '../../support/machine.ts'
import { demoOfficer } from '../../support/province.ts'
import { atDevice, leave, type Remedy } from './remedy.ts'

/** A drop compartment in which nothing lies. */
const free = 4

const isMarked = (machine: Machine, compartment: number, reason: string) =>
  eventually(async () => compartmentRow(machine, compartment).reason === reason)

async function technicianOpens(machine: Machine, compartment: number): Promise<void> {
  await atDevice(machine, 'locker')
  await touchOn(machine, 'device', 'technician.runTest', { test: 'openCompartment' })
  await touchOn(machine, 'testDoors', 'technician.openCompartment', { compartment })
  await machine.core.screen('lookDoor')
}

const standsOpen = (machine: Machine) =>
  machine.core.until(
    ({ screen }) => screen.name === 'lookDoor' && screen.door.step === 'closeDoor',
    'the open door',
  )

/** An officer's round with one compartment to look into. */
async function officerLooks(machine: Machine, compartment: number): Promise<void> {
  const { core } = machine
  await badgeIn(machine)
  await touchOn(machine, 'staffMenu', 'officer.startEmptying')
  await core.until(
    ({ screen }) => screen.name === 'emptyList' && screen.looks.includes(compartment),
    'the compartment to be looked into',
  )
  await touchOn(machine, 'emptyList', 'officer.startRound')
  await standsOpen(machine)
  await machine.closeDoor(compartment)
  await core.until(({ screen }) => screen.name === 'emptyList' && screen.looks.length === 0)
  await signOut(machine)
}

async function bagInside(machine: Machine): Promise<number> {
  const bag = await serveNext(machine)
  const door = (await machine.doors()).find(({ items }) => items.includes(bag))
  return door?.compartment ?? 0
}

let occupied = 0

export const busRemedies: readonly Remedy[] = [
  {
    code: 'BUS_SILENT',
    subject: 'locker',
    bring: (machine) => wireFault(machine, 'locker', 'silent', true),
    follow: (machine) => wireFault(machine, 'locker', 'silent', false),
  },
  {
    code: 'GARBLED',
    subject: 'locker',
    bring: (machine) => wireFault(machine, 'locker', 'wrongChecksum', true),
    follow: (machine) => wireFault(machine, 'locker', 'wrongChecksum', false),
  },
]

export const doorRemedies: readonly Remedy[] = [
  {
    code: 'DOOR_NOT_OPENED',
    subject: 'compartments',
    async bring(machine) {
      await atDoor(machine, 'jam', free, { on: true })
      await technicianOpens(machine, free)
      await machine.core.screen('testDoors')
      await leave(machine)
    },
    seen: (machine) => isMarked(machine, free, 'DOOR_NOT_OPENED'),
    async follow(machine) {
      await atDoor(machine, 'jam', free, { on: false })
      await officerLooks(machine, free)
    },
  },
  {
    code: 'DOOR_LEFT_OPEN',
    subject: 'compartments',
    async bring(machine) {
      await technicianOpens(machine, free)
      await machine.core.screen('testDoors')
      await leave(machine)
    },
    seen: (machine) => isMarked(machine, free, 'DOOR_LEFT_OPEN'),
    async follow(machine) {
      await machine.closeDoor(free)
      await officerLooks(machine, free)
    },
  },
  {
    code: 'DOOR_OPENED_UNEXPECTEDLY',
    subject: 'compartments',
    bring: (machine) => atDoor(machine, 'openDoor', free),
    seen: (machine) => isMarked(machine, free, 'DOOR_OPENED_UNEXPECTEDLY'),
    async follow(machine) {
      await machine.closeDoor(free)
      await officerLooks(machine, free)
    },
  },
  {
    code: 'CORE_RESTARTED',
    subject: 'compartments',
    async bring(machine) {
      const { core } = machine
      await technicianOpens(machine, free)
      await standsOpen(machine)
      core.kill()
      await core.started(core.starts() + 1)
      await machine.closeDoor(free)
    },
    seen: (machine) => isMarked(machine, free, 'CORE_RESTARTED'),
    follow: (machine) => officerLooks(machine, free),
  },
  {
    code: 'ITEM_SENSOR_SUSPECT',
    subject: 'compartments',
    async bring(machine) {
      occupied = await bagInside(machine)
      await machine.deadItemSensor(occupied, true)
    },
    seen: (machine) => isMarked(machine, occupied, 'ITEM_SENSOR_SUSPECT'),
    async follow(machine) {
      await machine.deadItemSensor(occupied, false)
      await emptyEverything(machine)
    },
  },
  {
    code: 'COMPARTMENT_UNKNOWN',
    subject: 'compartments',
    async bring(machine) {
      const bag = await fillInByHand(machine)
      const compartment = await openDeposit(machine)
      await machine.putItem(compartment, bag)
      await wireFault(machine, 'locker', 'silent', true)
      await touchOn(machine, 'intakeIncident', 'intake.finish')
      await machine.closeDoor(compartment)
      await wireFault(machine, 'locker', 'silent', false)
    },
    follow: emptyEverything,
  },
  {
    code: 'NO_FREE_COMPARTMENT',
    subject: 'compartments',
    async bring(machine) {
      for (let left = 4; left > 0; left -= 1) await serveNext(machine)
    },
    // The officer does not wait for the intake to be back.
    follow: (machine) =>
      emptyEverything(machine, () => signIn(machine, demoOfficer.badge, demoOfficer.pin)),
  },
]
