import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listBackups } from '../../src/main/store/backup/list-backups.ts'
import { databaseFileName } from '../../src/main/store/connection.ts'
import { backupFolderOf } from '../../src/main/store/migrate.ts'
import { damagedFolderOf } from '../../src/main/store/restore/set-aside.ts'
import { startCore } from '../support/core-client.ts'
import {
  compartmentRow,
  expectTruths,
  provinceGot,
  provinceKnowsAll,
  pulses,
  type StockedResult,
  serveNext,
  startBench,
  stockResults,
} from '../support/fault-bench.ts'
import { eventually, openDoor, signOut } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'
import { demoOfficer } from '../support/province.ts'

const entry = fileURLToPath(new URL('../../src/main/core/main.ts', import.meta.url))

let machine: Machine
let kept: StockedResult
let taken: StockedResult
let bags: string[]
let pulsesBefore: number

const data = () => join(machine.folder, 'kiosk')
/** The newest first; their names do not sort as text. */
const newestBackup = () => listBackups(backupFolderOf(data()))[0]?.name

/** The same machine with another configuration. */
async function startAgain(timeouts: Readonly<Record<string, number>>): Promise<void> {
  await machine.core.stop()
  const config = JSON.parse(readFileSync(machine.configFile, 'utf8'))
  writeFileSync(
    machine.configFile,
    JSON.stringify({ ...config, timeouts: { ...config.timeouts, ...timeouts } }),
  )
  const core = startCore({
    entry,
    args: ['--config', machine.configFile],
    environment: machine.environment,
  })
  machine = { ...machine, core }
  await core.until(({ services }) => services.every(({ available }) => available), 'all services')
}

async function atMenu(): Promise<void> {
  await eventually(async () => {
    if (machine.core.current().screen.name === 'staffPin') return true
    await machine.hold(demoOfficer.badge)
    return machine.core.current().screen.name === 'staffPin'
  })
  await machine.core.type(demoOfficer.pin)
  await machine.core.screen('staffMenu')
}

beforeAll(async () => {
  machine = await startBench({ timeouts: { backupEveryMs: 300 } })
}, 60_000)
afterAll(async () => {
  await machine?.core.stop()
  await machine?.stop()
})

it('backs itself up while it serves', async () => {
  bags = [await serveNext(machine)]
  const stocked = await stockResults(machine, 2)
  const [first, second] = stocked
  if (!first || !second) throw new Error('nothing stocked')
  kept = first
  taken = second
  for (let made = 0; made < 2; made += 1) {
    const last = newestBackup()
    await eventually(async () => newestBackup() !== last)
  }
  await startAgain({ backupEveryMs: 3_600_000 })
})

it('comes back from pages that were damaged behind its back, under a new epoch', async () => {
  // Only the journal and the mark know of these.
  bags.push(await serveNext(machine))
  await machine.hold(taken.qr)
  await openDoor(machine, 'collectDoor')
  expect(await machine.takeItem(taken.compartment)).toBe(taken.envelope)
  await machine.closeDoor(taken.compartment)
  await machine.core.screen('collectDone')
  await machine.core.touch('collection.finish')
  await provinceKnowsAll(machine)
  pulsesBefore = pulses(machine)

  const pid = machine.core.pid() ?? 0
  process.kill(pid, 'SIGSTOP')
  const path = join(data(), databaseFileName)
  const log = `${path}-wal`
  for (const file of [path, log].filter(existsSync)) {
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.fill(0xa5, Math.min(512, bytes.length / 2)))
  }
  process.kill(pid, 'SIGKILL')
  await machine.core.started(2)

  await machine.core.until(
    ({ services }) =>
      services.some(({ service, available }) => service === 'intake' && available) &&
      services.some(
        ({ service, reasons }) => service === 'collection' && reasons.includes('STORE_RESTORED'),
      ),
    'intake without collection',
  )
  expect(readdirSync(damagedFolderOf(data()))).toHaveLength(1)
  await provinceGot(machine, 'fault', ({ reason }) => reason === 'STORE_RESTORED')
  await provinceKnowsAll(machine)
  const epochs = new Set((await machine.province.messages()).map(({ epoch }) => epoch))
  expect([...epochs].sort()).toEqual([1, 2])
  // Slip, bag and dossier, each once; nothing was parked as a double.
  await expectTruths(machine)
  expect((await machine.province.dossiers()).map(({ bagCode }) => bagCode).sort()).toEqual(
    bags.toSorted(),
  )
})

it('opens no door until an officer has settled what was used since the backup', async () => {
  expect(compartmentRow(machine, taken.compartment)).toEqual({
    state: 'unknown',
    reason: 'STORE_RESTORED',
  })
  await machine.hold(taken.qr)
  await machine.core.until(({ screen }) => screen.name !== 'idle', 'an answer to the QR')
  expect(pulses(machine)).toBe(pulsesBefore)
  expect(machine.core.current().screen).toMatchObject({ name: 'collectRefused' })
  await machine.core.touch('collection.finish')
  await machine.core.screen('idle')

  await atMenu()
  await machine.core.touch('officer.startEmptying')
  const list = await machine.core.screen('emptyList')
  expect(list.returns.map(({ compartment }) => compartment)).toEqual([taken.compartment])
  expect(list.bags.map(({ bagCode, state }) => [bagCode, state]).sort()).toEqual(
    bags.map((bag, index) => [bag, index === 0 ? 'deposited' : 'unknown']).sort(),
  )
  // The remedy of STORE_RESTORED: an officer looks into each.
  await machine.core.touch('officer.startRound')
  await machine.core.until(
    ({ screen }) => screen.name === 'returnDoor' && screen.door.step === 'closeDoor',
    'an open door with nothing behind it',
  )
  await machine.core.touch('officer.nothingInside')
  await machine.closeDoor(taken.compartment)
  for (let left = bags.length; left > 0; left -= 1) {
    const { screen } = await machine.core.until(
      (now) =>
        now.screen.name === 'emptyDoor' &&
        now.screen.door.step === 'open' &&
        !now.screen.bagSettled,
      'a door with a bag',
    )
    if (screen.name !== 'emptyDoor') throw new Error('no door')
    const bag = await machine.takeItem(screen.door.compartment)
    await machine.hold(bag)
    await machine.core.until(
      (now) => now.screen.name === 'emptyDoor' && now.screen.bagSettled,
      'the bag',
    )
    await machine.closeDoor(screen.door.compartment)
  }
  await machine.core.until(
    ({ screen }) => screen.name === 'emptyList' && screen.bags.length === 0,
    'an empty list',
  )
  await signOut(machine)
  await machine.core.until(
    ({ services }) => services.every(({ available }) => available),
    'collection again',
  )
  await expectTruths(machine, bags)
})

it('hands out what was not used since the backup, by the right that it had', async () => {
  await machine.hold(kept.qr)
  await openDoor(machine, 'collectDoor')
  expect(await machine.takeItem(kept.compartment)).toBe(kept.envelope)
  await machine.closeDoor(kept.compartment)
  await machine.core.screen('collectDone')
  await machine.core.touch('collection.finish')
  await serveNext(machine)
})
