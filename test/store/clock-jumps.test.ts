import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { diagnosisSchema } from '../../src/contract/diagnosis.ts'
import { askLocally } from '../../src/devices/transport/local-socket.ts'
import { diagnosisSocketPath } from '../../src/main/core/diagnose-command.ts'
import {
  expectTruths,
  fillInByHand,
  idleAndWell,
  provinceGot,
  provinceKnowsAll,
  pulses,
  rightState,
  type StockedResult,
  startBench,
  stockResults,
} from '../support/fault-bench.ts'
import { eventually, finish, openDeposit, openDoor } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'

const yearMs = 365 * 86_400_000
const preload = fileURLToPath(new URL('../support/shift-clock.ts', import.meta.url))

let folder: string
let machine: Machine
let results: readonly StockedResult[]
/** The wall clock of core jumps; within one boot, and over its restarts. */
const jump = (ms: number) => writeFileSync(join(folder, 'shift'), String(ms))

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'clock-'))
  machine = await startBench({
    environment: {
      NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import ${preload}`,
      KIOSK_CLOCK_SHIFT_FILE: join(folder, 'shift'),
    },
  })
  results = await stockResults(machine, 4)
}, 60_000)
afterAll(async () => {
  await machine?.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function collect(result: StockedResult, midway: () => void = () => {}): Promise<void> {
  await machine.hold(result.qr)
  await openDoor(machine, 'collectDoor')
  midway()
  expect(await machine.takeItem(result.compartment)).toBe(result.envelope)
  await machine.closeDoor(result.compartment)
  await machine.core.screen('collectDone')
  await machine.core.touch('collection.finish')
  await eventually(async () => rightState(machine, result.dossierCode) === 'consumed')
}

async function handIn(midway: () => void): Promise<void> {
  const bag = await fillInByHand(machine)
  const compartment = await openDeposit(machine)
  midway()
  await machine.putItem(compartment, bag)
  await machine.core.until(
    ({ screen }) => screen.name === 'depositDoor' && screen.door.step === 'closeDoor',
    'the bag to be seen',
  )
  await machine.closeDoor(compartment)
  await machine.core.screen('intakeDone')
  await finish(machine)
}

/** What the province was told of the clock, in the order of the queue. */
async function clockTold(): Promise<readonly unknown[]> {
  const faults = (await machine.province.messages()).filter(({ kind }) => kind === 'fault')
  return faults
    .map(({ bytes }) => JSON.parse(String(bytes)) as { sequence: number; body: Told })
    .sort((a, b) => a.sequence - b.sequence)
    .filter(({ body }) => body.device === 'clock')
    .map(({ body }) => body.state)
}
interface Told {
  readonly device: string
  readonly state: string
}

async function restart(): Promise<void> {
  const starts = machine.core.starts()
  machine.core.kill()
  await machine.core.started(starts + 1)
  await idleAndWell(machine)
}

it.each([
  ['ahead', 10 * yearMs],
  ['back', -10 * yearMs],
])('ten years %s in the middle of either journey take no right and no dossier', async (_, ms) => {
  const result = results[ms > 0 ? 0 : 1]
  if (!result) throw new Error('nothing stocked')
  await handIn(() => jump(ms))
  await provinceKnowsAll(machine)
  await expectTruths(machine)
  await collect(result, () => jump(0))
  jump(0)
})

it.each([
  ['ahead', 10 * yearMs],
  ['back', -10 * yearMs],
])('ten years %s at a start want a person, and open and close no right', async (_, ms) => {
  const result = results[ms > 0 ? 2 : 3]
  if (!result) throw new Error('nothing stocked')
  // The last good time is on record from the end of a quiet start.
  jump(0)
  const before = pulses(machine)
  jump(ms)
  await restart()
  expect(results.slice(2).map(({ dossierCode }) => rightState(machine, dossierCode))).toEqual(
    ms > 0 ? ['valid', 'valid'] : ['consumed', 'valid'],
  )
  expect(pulses(machine)).toBe(before)
  await provinceGot(
    machine,
    'fault',
    ({ device, reason, state }) =>
      device === 'clock' && reason === 'CLOCK_WRONG' && state === 'needsAttendant',
  )
  await collect(result)
  // The remedy of CLOCK_WRONG: the clock is set.
  jump(0)
  await restart()
  // Set while core was down, and yet the province hears that it is well again.
  await eventually(async () => (await clockTold()).at(-1) === 'online')
  const path = diagnosisSocketPath(join(machine.folder, 'kiosk'))
  const { findings } = diagnosisSchema.parse(JSON.parse(await askLocally(path, 3_000)))
  expect(findings.map(({ reason }) => reason)).not.toContain('CLOCK_WRONG')
})

it('whatever the clock said, the order at the province is the one in which it happened', async () => {
  await provinceKnowsAll(machine)
  const messages = await machine.province.messages()
  const byLane = new Map<string, string[]>()
  for (const { lane, kind } of messages.toSorted((a, b) => a.sequence - b.sequence)) {
    byLane.set(lane, [...(byLane.get(lane) ?? []), kind])
  }
  const resultLanes = [...byLane.values()].filter((kinds) => kinds.includes('resultStocked'))
  for (const kinds of resultLanes) expect(kinds).toEqual(['resultStocked', 'resultTaken'])
  expect(resultLanes).toHaveLength(4)
  const sequences = messages.map(({ sequence }) => sequence)
  expect(new Set(sequences).size).toBe(sequences.length)
})
