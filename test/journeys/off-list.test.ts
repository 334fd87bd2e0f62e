import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { IntentPath } from '../../src/contract/intent.ts'
import type { ScreenName } from '../../src/contract/screen.ts'
import { databaseFileName } from '../../src/main/store/connection.ts'
import {
  badgeIn,
  compartmentRow,
  holdUntil,
  messagesOf,
  provinceGot,
  pulses,
  resultRow,
  rightState,
  serveNext,
  startBench,
  stockResults,
} from '../support/fault-bench.ts'
import { eventually, signOut, touchOn } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'
import { demoOfficer, demoOperator } from '../support/province.ts'

const technicianBadge = 'MCB1*DEMO-TECHNICIAN-01'
const technicianPin = '246810'

let machine: Machine
beforeAll(async () => {
  // As many as the tests before the last one need.
  machine = await startBench({ limits: { staffOpeningsPerHour: 8 } })
})
afterAll(() => machine?.stop())

const on = (screen: ScreenName, path: IntentPath, input: object = {}) =>
  touchOn(machine, screen, path, input)

async function atMap() {
  await badgeIn(machine)
  await on('staffMenu', 'officer.startOffList')
  return machine.core.screen('offListDoors')
}

/** From the map to the second person's badge. */
async function ask(compartment: number, reason: string): Promise<void> {
  await on('offListDoors', 'officer.chooseCompartment', { compartment })
  await on('offListReason', 'officer.giveReason', { reason })
  await machine.core.screen('offListSecond')
}

/** The operator's PIN, at a machine that makes whoever was wrong wait first. */
async function confirm(): Promise<void> {
  await machine.hold(demoOperator.badge)
  await machine.core.screen('offListSecondPin')
  await eventually(async () => {
    await machine.core.type(demoOperator.pin)
    const { screen } = await machine.core.until(
      (now) => now.screen.name !== 'offListSecondPin' || now.screen.problem !== null,
      'an answer to the PIN',
    )
    return screen.name !== 'offListSecondPin'
  })
}

const openAt = (name: 'offListDoor' | 'lookDoor', compartment: number) =>
  machine.core.until(
    ({ screen }) =>
      screen.name === name &&
      screen.door.compartment === compartment &&
      /^(open|closeDoor)$/.test(screen.door.step),
    'the open door',
  )

/** Who stood before which door and why, as the audit has it. */
function witnessed(compartment: number): readonly unknown[] {
  const db = new Database(join(machine.folder, 'kiosk', databaseFileName), { readonly: true })
  try {
    return db
      .prepare<[], string>("SELECT details FROM audit WHERE event = 'compartment.witnessedUnlock'")
      .pluck()
      .all()
      .map((details) => JSON.parse(details) as { compartment: number })
      .filter((row) => row.compartment === compartment)
  } finally {
    db.close()
  }
}

const bothNames = { staffId: demoOfficer.staffId, secondStaffId: demoOperator.staffId }

it('a result is looked at and left, then taken out early: its right ends and its owner is told', async () => {
  const { core } = machine
  const [result] = await stockResults(machine, 1)
  if (!result) throw new Error('nothing is stocked')
  const { compartment, dossierCode } = result
  const { compartments } = await atMap()
  expect(compartments.find((one) => one.compartment === compartment)).toEqual({
    ...{ compartment, holds: 'result', code: dossierCode, isDoubtful: false, mayOpen: true },
  })
  const before = pulses(machine)
  await ask(compartment, 'wrongContents')
  await confirm()
  await openAt('offListDoor', compartment)
  // Nobody leaves, and no other door opens, while this one stands open.
  expect((await core.touch('session.leave')).taken).toBe(false)
  const other = await core.touch('officer.chooseCompartment', { compartment: 1 })
  expect(other.taken).toBe(false)
  // Out and in again is as before.
  await machine.takeItem(compartment)
  await core.until(
    ({ screen }) => screen.name === 'offListDoor' && screen.door.step === 'closeDoor',
  )
  await machine.putItem(compartment, result.envelope)
  await core.until(({ screen }) => screen.name === 'offListDoor' && screen.door.step === 'open')
  await machine.closeDoor(compartment)
  await core.screen('offListDoors')
  expect(compartmentRow(machine, compartment)).toEqual({ state: 'stocked', reason: null })
  expect(rightState(machine, dossierCode)).toBe('valid')

  await ask(compartment, 'officeAsks')
  await confirm()
  await openAt('offListDoor', compartment)
  expect(await machine.takeItem(compartment)).toBe(result.envelope)
  await machine.closeDoor(compartment)
  await core.screen('offListDoors')
  expect(pulses(machine)).toBe(before + 2)
  expect(compartmentRow(machine, compartment)).toEqual({ state: 'empty', reason: null })
  expect(resultRow(machine, dossierCode).state).toBe('withdrawn')
  expect(rightState(machine, dossierCode)).toBe('revoked')
  expect(witnessed(compartment)).toEqual([
    { compartment, reason: 'wrongContents', ...bothNames },
    { compartment, reason: 'officeAsks', ...bothNames },
  ])
  await provinceGot(
    machine,
    'resultReturned',
    (body) =>
      body.dossierCode === dossierCode &&
      body.reason === 'takenOut' &&
      body.secondStaffId === demoOperator.staffId,
  )
  await eventually(async () =>
    (await machine.province.sms()).some(
      ({ text }) => text.includes(dossierCode) && /t[ạa]i qu[ầa]y/.test(text),
    ),
  )
  // It stands on the hand-over record of this visit.
  await on('offListDoors', 'session.back')
  await on('staffMenu', 'officer.startEmptying')
  await on('emptyList', 'officer.handOver')
  await core.until(({ screen }) => screen.name === 'handOver' && screen.printed === 'printed')
  await provinceGot(
    machine,
    'handOver',
    ({ returned }) => JSON.stringify(returned) === JSON.stringify([dossierCode]),
  )
  await on('handOver', 'officer.handOverDone')
  await core.screen('emptyList')
  await signOut(machine)

  // The QR in its owner's hand opens nothing any more.
  const now = pulses(machine)
  await holdUntil(machine, result.qr, 'collectRefused')
  expect(pulses(machine)).toBe(now)
  await core.touch('collection.finish')
})

it('opens nothing before a second person who is somebody else, holds the role, and knows the PIN', async () => {
  const { core } = machine
  const { compartments } = await atMap()
  const free = compartments.find(({ holds, isDoubtful }) => holds === 'nothing' && !isDoubtful)
  const compartment = free?.compartment ?? 0
  const before = pulses(machine)
  await ask(compartment, 'somethingLeft')
  await machine.hold(demoOfficer.badge)
  await core.until(
    ({ screen }) => screen.name === 'offListSecond' && screen.problem === 'secondIsFirst',
    'nobody to be their own second person',
  )
  await machine.hold(technicianBadge)
  await core.screen('offListSecondPin')
  await core.type(technicianPin)
  await core.until(
    ({ screen }) => screen.name === 'offListSecond' && screen.problem === 'secondIsFirst',
    'a technician to confirm nothing here',
  )
  await machine.hold(demoOperator.badge)
  await core.screen('offListSecondPin')
  for (const guess of ['0000', '1111']) {
    await core.type(guess)
    await core.until(
      ({ screen }) => screen.name === 'offListSecondPin' && screen.problem !== null,
      'a wrong PIN to open nothing',
    )
  }
  expect(pulses(machine)).toBe(before)
  // Given up, it opens nothing either, and another reason needs the second person anew.
  expect((await core.touch('session.back')).taken).toBe(true)
  await ask(compartment, 'cleaning')
  await confirm()
  await openAt('lookDoor', compartment)
  expect(pulses(machine)).toBe(before + 1)
  await machine.closeDoor(compartment)
  await core.screen('offListDoors')
  expect(compartmentRow(machine, compartment)).toEqual({ state: 'empty', reason: null })
  expect(witnessed(compartment)).toEqual([{ compartment, reason: 'cleaning', ...bothNames }])
  await signOut(machine)
})

it('a bag comes out from the work-list and nowhere else', async () => {
  const { core } = machine
  const bag = await serveNext(machine)
  const { compartments } = await atMap()
  const row = compartments.find(({ code }) => code === bag)
  expect(row).toMatchObject({ holds: 'bag', mayOpen: false })
  const before = pulses(machine)
  for (const compartment of [row?.compartment ?? 0, 999, -1]) {
    const asked = await core.touch('officer.chooseCompartment', { compartment })
    expect(asked.taken).toBe(false)
  }
  expect(pulses(machine)).toBe(before)
  await signOut(machine)
})

it('what no sensor saw is unknown, and stands on the work-list', async () => {
  const { core } = machine
  const [result] = await stockResults(machine, 1)
  if (!result) throw new Error('nothing is stocked')
  const { compartment, dossierCode } = result
  // Forced and gone before anybody opened: what the sensor says then is no proof of who took it.
  await machine.locker.control.send('openDoor', { board: 0, lock: compartment - 1 })
  await eventually(async () => compartmentRow(machine, compartment).state === 'suspect')
  await machine.takeItem(compartment)
  await machine.closeDoor(compartment)
  await atMap()
  await ask(compartment, 'doorSuspect')
  await confirm()
  await openAt('offListDoor', compartment)
  await machine.closeDoor(compartment)
  await on('staffDoorProblem', 'officer.continueAfterProblem')
  const { compartments } = await core.screen('offListDoors')
  expect(compartments.find((one) => one.compartment === compartment)?.isDoubtful).toBe(true)
  expect(compartmentRow(machine, compartment).state).toBe('unknown')
  expect(await messagesOf(machine, dossierCode)).not.toContain('resultReturned')
  await on('offListDoors', 'session.back')
  await on('staffMenu', 'officer.startEmptying')
  const { returns } = await core.screen('emptyList')
  expect(returns).toEqual([{ compartment, dossierCode, reason: 'notSeen' }])
  await signOut(machine)
})

it('a core that dies before the open door leaves the right to what the sensor sees', async () => {
  const [result] = await stockResults(machine, 1)
  if (!result) throw new Error('nothing is stocked')
  const { compartment, dossierCode } = result
  await atMap()
  await ask(compartment, 'officeAsks')
  await confirm()
  await openAt('offListDoor', compartment)
  const next = machine.core.starts() + 1
  machine.core.kill()
  await machine.core.started(next)
  await machine.closeDoor(compartment)
  await eventually(async () => compartmentRow(machine, compartment).state === 'stocked')
  expect(rightState(machine, dossierCode)).toBe('valid')
})

it('counts towards the openings of the hour, whoever stands beside', async () => {
  const { core } = machine
  const { compartments } = await atMap()
  const compartment = compartments.find(({ holds }) => holds === 'nothing')?.compartment ?? 0
  const before = pulses(machine)
  await ask(compartment, 'cleaning')
  await confirm()
  await core.until(
    ({ screen }) => screen.name === 'offListDoors' && screen.problem === 'tooManyOpenings',
    'the limit to be said',
  )
  expect(pulses(machine)).toBe(before)
  await signOut(machine)
})
