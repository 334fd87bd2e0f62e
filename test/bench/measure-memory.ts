import { readFileSync } from 'node:fs'
import { deposit, finish, openDoor, signIn, signOut } from '../support/journeys.ts'
import { type Machine, startMachine } from '../support/machine.ts'
import { demoOfficer } from '../support/province.ts'
import { bareNodeMegabytes } from './bare-node.ts'
import { atMost, ratioOf, round, rounded } from './figure.ts'
import { fillInWithSecret, holdUntil } from './fill-in-with-secret.ts'
import type { Part } from './part.ts'

const marks = [0, 1, 10, 25, 50, 75, 100, 250, 500, 1_000]
/** Nobody waits here: as quick as the drivers allow, so that a thousand citizens pass in some minutes. */
const hurry = {
  timeouts: { doorSettleMs: 100 },
  limits: { staffOpeningsPerHour: 100_000 },
  lockerOptions: { minUnlockGapMs: 0, activePollIntervalMs: 25 },
}

/** Whole intakes by real flows over real wires; officers empty the compartments in between. */
export const measureMemory: Part = async ({ intakes, progress }) => {
  const machine = await startMachine(hurry)
  try {
    const atIntakes: Record<string, number> = {}
    const note = (count: number) => {
      const { resident, peak } = memoryOf(machine.core.pid())
      atIntakes[`after${count}`] = round(resident)
      progress(`${count} intakes: ${Math.round(resident)} MB, peak ${Math.round(peak)} MB`)
    }
    note(0)
    for (let count = 1; count <= intakes; count += 1) {
      await handIn(machine)
      if (freeCompartments(machine) === 0) await emptyAll(machine)
      if (marks.includes(count) || count === intakes) note(count)
    }
    if (machine.core.starts() !== 1) throw new Error('core did not live through it')
    const { resident, peak } = memoryOf(machine.core.pid())
    const measured = { resident }
    const raw = { resident: await bareNodeMegabytes() }
    return {
      what: `resident memory of core after ${intakes} intakes`,
      unit: 'MB',
      measured: rounded(measured),
      raw: { what: 'node that does nothing', ...rounded(raw) },
      ratio: ratioOf(measured, raw),
      aims: [atMost('≤ 150 MB', resident, 150)],
      more: { residentMegabytes: atIntakes, peak: round(peak) },
    }
  } finally {
    await machine.stop()
  }
}

/** Megabytes (10⁶ bytes) of the kernel's count. */
function memoryOf(pid: number | undefined): { resident: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const megabytes = (name: string) =>
    (Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1_024) / 1e6
  return { resident: megabytes('VmRSS'), peak: megabytes('VmHWM') }
}

async function handIn(machine: Machine): Promise<void> {
  const { core } = machine
  await fillInWithSecret(machine)
  await core.screen('bag')
  const bag = machine.newBag()
  await holdUntil(machine, bag, ({ name }) => name === 'summary')
  await deposit(machine, bag)
  await finish(machine)
}

function freeCompartments(machine: Machine): number {
  const { screen } = machine.core.current()
  return screen.name === 'idle' ? screen.freeCompartments : 0
}

async function emptyAll(machine: Machine): Promise<void> {
  const { core } = machine
  await signIn(machine, demoOfficer.badge, demoOfficer.pin)
  await core.touch('officer.startEmptying')
  for (;;) {
    const { bags } = await core.screen('emptyList')
    if (bags.length === 0) break
    await core.touch('officer.openNext')
    const compartment = await openDoor(machine, 'emptyDoor')
    const bag = await machine.takeItem(compartment)
    await holdUntil(machine, bag, (screen) => screen.name === 'emptyDoor' && screen.bagSettled)
    await machine.closeDoor(compartment)
    await core.until(({ screen }) => screen.name === 'emptyList')
  }
  await core.touch('session.back')
  await core.screen('staffMenu')
  await signOut(machine)
}
