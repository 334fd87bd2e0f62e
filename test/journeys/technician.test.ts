import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { diagnosisSchema } from '../../src/contract/diagnosis.ts'
import type { IntentPath } from '../../src/contract/intent.ts'
import type { ScreenName } from '../../src/contract/screen.ts'
import { databaseFileName } from '../../src/main/store/connection.ts'
import {
  compartmentRow,
  fillInByHand,
  provinceGot,
  pulses,
  startBench,
} from '../support/fault-bench.ts'
import { deposit, eventually, finish, touchOn } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'
import { cards } from '../support/people.ts'
import { demoOfficer } from '../support/province.ts'

/** The technician of the demo's configuration. */
const technician = JSON.parse(
  readFileSync(new URL('../../config/demo/kiosk.json', import.meta.url), 'utf8'),
).firstTechnician as { displayName: string }
const badge = 'MCB1*DEMO-TECHNICIAN-01'
const pin = '246810'

let machine: Machine
beforeAll(async () => {
  machine = await startBench({ scanner: true })
})
afterAll(() => machine?.stop())

const on = (screen: ScreenName, path: IntentPath, input: object = {}) =>
  touchOn(machine, screen, path, input)

async function enter(): Promise<void> {
  const { core } = machine
  await core.screen('idle')
  await machine.hold(badge)
  await core.screen('staffPin')
  await core.type(pin)
  await core.screen('devices')
}

async function leave(): Promise<void> {
  await machine.core.touch('session.leave')
  await machine.core.screen('idle')
}

/** Runs a test of a device and gives its record. */
async function tested(device: string, test: string) {
  await on('devices', 'technician.inspect', { device })
  await on('device', 'technician.runTest', { test })
  const { screen } = await machine.core.until(
    (now) =>
      now.screen.name === 'device' &&
      now.screen.running === null &&
      now.screen.device.lastTest?.test === test,
    `${test} to be over`,
  )
  await on('device', 'session.back')
  return screen.name === 'device' ? screen.device.lastTest : null
}

function diagnose(...more: string[]) {
  const entry = fileURLToPath(new URL('../../src/main/core/diagnose.ts', import.meta.url))
  return spawnSync(process.execPath, [entry, '--config', machine.configFile, ...more], {
    encoding: 'utf8',
    env: { ...process.env, ...machine.environment },
  })
}

it('shows whether the machine is fit, why not, and the same over SSH', async () => {
  const { core } = machine
  expect(technician.displayName).not.toBe('')
  await enter()
  await core.until(({ screen }) => screen.name === 'devices' && screen.fit, 'fit for service')
  expect(diagnose()).toMatchObject({ status: 0, stdout: expect.stringMatching(/^FIT/) })

  await machine.printer.control.send('paper', { state: 'out' })
  await core.until(
    ({ screen }) =>
      screen.name === 'devices' &&
      !screen.fit &&
      screen.findings.some(
        ({ subject, reason }) => subject === 'printer' && reason === 'PAPER_OUT',
      ),
    'the missing paper',
  )
  const asked = diagnose('--json')
  expect(asked.status).toBe(1)
  const told = diagnosisSchema.parse(JSON.parse(asked.stdout))
  expect(told).toMatchObject({ fit: false, kioskId: 'K07' })
  expect(told.findings).toContainEqual({
    ...{ subject: 'printer', reason: 'PAPER_OUT', severity: 'unfit' },
  })
  // The remedy, to the letter: a new roll.
  await machine.printer.control.send('paper', { state: 'ok' })
  await core.until(({ screen }) => screen.name === 'devices' && screen.fit, 'fit again')
  await leave()
})

it('tries each device, and keeps the record of its last test', async () => {
  const { core } = machine
  const papers = () => machine.printerLog().filter(({ event }) => event === 'printed').length
  const before = papers()
  await enter()
  expect(await tested('printer', 'testSlip')).toMatchObject({ outcome: 'good' })
  expect(papers()).toBe(before + 1)
  expect(await tested('locker', 'readDoors')).toMatchObject({
    ...{ outcome: 'good', detail: expect.stringContaining('0 open') },
  })
  await machine.atScanner('insert', { sheets: [{ kind: 'blank' }] })
  expect(await tested('scanner', 'scanPage')).toMatchObject({
    ...{ outcome: 'good', detail: expect.stringContaining('blank: true') },
  })
  await on('devices', 'technician.inspect', { device: 'reader' })
  await on('device', 'technician.runTest', { test: 'readCode' })
  await core.screen('testCode')
  await machine.hold(cards.an)
  const { device, exchanges } = await core.screen('device')
  expect(device.lastTest).toMatchObject({ test: 'readCode', outcome: 'good', detail: 'card' })
  expect(JSON.stringify(exchanges)).not.toContain(Buffer.from('092090012345').toString('hex'))
  await leave()
  // The record outlives the visit.
  await enter()
  const { devices } = await core.screen('devices')
  expect(devices.map(({ id, lastTest }) => [id, lastTest?.test])).toEqual([
    ['printer', 'testSlip'],
    ['locker', 'readDoors'],
    ['reader', 'readCode'],
    ['scanner', 'scanPage'],
    ['clock', undefined],
    ['disk', undefined],
    ['database', undefined],
    ['backup', undefined],
    ['pages', undefined],
  ])
  await on('devices', 'technician.inspect', { device: 'backup' })
  expect(await core.screen('device')).toMatchObject({ exchanges: [], tests: [] })
  await leave()
})

async function atDoors() {
  await enter()
  await on('devices', 'technician.inspect', { device: 'locker' })
  await on('device', 'technician.runTest', { test: 'openCompartment' })
  return machine.core.screen('testDoors')
}

const lookingInto = (compartment: number) =>
  machine.core.until(
    ({ screen }) =>
      screen.name === 'lookDoor' &&
      screen.door.compartment === compartment &&
      /^(open|closeDoor)$/.test(screen.door.step),
    'the open door',
  )

it('opens an empty compartment alone and no other', async () => {
  const { core } = machine
  const { empty } = await atDoors()
  const [first = 0] = empty
  const before = pulses(machine)
  const other = await core.touch('technician.openCompartment', { compartment: 999 })
  expect(other.taken).toBe(false)
  expect(pulses(machine)).toBe(before)
  await on('testDoors', 'technician.openCompartment', { compartment: first })
  await lookingInto(first)
  expect((await core.touch('session.leave')).taken).toBe(false)
  await machine.closeDoor(first)
  await core.until(
    ({ screen }) => screen.name === 'testDoors' && screen.empty.includes(first),
    'the compartment to serve again',
  )
  expect(pulses(machine)).toBe(before + 1)
  await leave()
})

it('opens a compartment with a bag inside only with an officer beside, and what lay there lies there', async () => {
  const { core } = machine
  const bag = await fillInByHand(machine)
  await deposit(machine, bag)
  await finish(machine)
  const compartment =
    (await machine.doors()).find(({ items }) => items.includes(bag))?.compartment ?? 0
  const { held } = await atDoors()
  expect(held).toEqual([compartment])
  const before = pulses(machine)
  await on('testDoors', 'technician.openCompartment', { compartment })
  await core.screen('testDoorSecond')
  await machine.hold(badge)
  await core.until(
    ({ screen }) => screen.name === 'testDoorSecond' && screen.problem === 'secondIsFirst',
    'nobody to be beside oneself',
  )
  await machine.hold(demoOfficer.badge)
  await core.screen('testDoorSecondPin')
  await core.type('000000')
  await core.until(
    ({ screen }) => screen.name === 'testDoorSecondPin' && screen.problem !== null,
    'a wrong PIN to open nothing',
  )
  expect(pulses(machine)).toBe(before)
  await signedBeside()
  await lookingInto(compartment)
  await machine.closeDoor(compartment)
  await core.until(
    ({ screen }) => screen.name === 'testDoors' && screen.held.includes(compartment),
    'the bag to be held as before',
  )
  expect(pulses(machine)).toBe(before + 1)
  expect(compartmentRow(machine, compartment)).toEqual({ state: 'occupied', reason: null })
  expect(witnessed()).toEqual([
    { compartment, staffId: expect.any(String), secondStaffId: demoOfficer.staffId },
  ])

  // What is not seen inside any more is no longer a deposit that goes on by itself.
  await on('testDoors', 'technician.openCompartment', { compartment })
  await core.screen('testDoorSecond')
  await machine.hold(demoOfficer.badge)
  await core.screen('testDoorSecondPin')
  await signedBeside()
  await lookingInto(compartment)
  await machine.takeItem(compartment)
  await machine.closeDoor(compartment)
  await core.screen('testDoors')
  expect(compartmentRow(machine, compartment)).toEqual({
    state: 'unknown',
    reason: 'COMPARTMENT_UNKNOWN',
  })
  await provinceGot(machine, 'fault', ({ device }) => device === `compartment-${compartment}`)
  await leave()
})

/** The officer's PIN, at a machine that makes whoever was wrong wait first. */
async function signedBeside(): Promise<void> {
  await eventually(async () => {
    const { screen } = machine.core.current()
    if (screen.name !== 'testDoorSecondPin') return true
    await machine.core.type(demoOfficer.pin)
    return false
  })
}

/** Who stood before which door, as the audit has it. */
function witnessed(): readonly unknown[] {
  const db = new Database(join(machine.folder, 'kiosk', databaseFileName), { readonly: true })
  try {
    return db
      .prepare<[], string>("SELECT details FROM audit WHERE event = 'compartment.witnessedUnlock'")
      .pluck()
      .all()
      .map((details) => JSON.parse(details) as unknown)
  } finally {
    db.close()
  }
}

it('writes a support bundle that holds no secret and nobody’s data', async () => {
  const { core } = machine
  await enter()
  await on('devices', 'technician.writeBundle')
  const { screen } = await core.until(
    (now) => now.screen.name === 'supportBundle' && now.screen.state === 'safeToRemove',
    'the bundle',
  )
  if (screen.name !== 'supportBundle' || screen.file === null) throw new Error('no bundle')
  const text = execFileSync('tar', ['-xzOf', screen.file], { encoding: 'utf8' })
  expect(text).toContain('"fit"')
  const { province } = JSON.parse(readFileSync(machine.configFile, 'utf8'))
  for (const secret of [province.token, 'scrypt$', badge, pin, '092090012345', 'Nguyễn Văn An']) {
    expect(text).not.toContain(secret)
  }
  const names = execFileSync('tar', ['-tzf', screen.file], { encoding: 'utf8' })
  expect(names.trim().split('\n')).toContain('readiness.json')
  expect(screen.file.startsWith(join(machine.folder, 'kiosk'))).toBe(true)
  await leave()
})

it('over SSH without a core it opens the devices itself', async () => {
  await machine.core.stop()
  const asked = diagnose('--json')
  const told = diagnosisSchema.parse(JSON.parse(asked.stdout))
  expect(told.devices.map(({ id, state }) => [id, state])).toEqual([
    ['printer', 'online'],
    ['locker', 'online'],
    ['reader', 'online'],
    ['scanner', 'online'],
  ])
  expect(asked.status).toBe(0)
})
