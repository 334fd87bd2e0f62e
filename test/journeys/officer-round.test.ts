import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { IntentPath } from '../../src/contract/intent.ts'
import type { Screen, ScreenName } from '../../src/contract/screen.ts'
import { openSqliteStore } from '../../src/province/store/sqlite/open-sqlite-store.ts'
import {
  badgeIn,
  compartmentRow,
  printed,
  provinceGot,
  pulses,
  serveNext,
  startBench,
  stockResults,
} from '../support/fault-bench.ts'
import { eventually, signOut, touchOn } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'
import { demoKiosk } from '../support/province.ts'

type DoorScreen = Extract<Screen, { name: 'emptyDoor' | 'returnDoor' }>

describe('an officer’s round', () => {
  let machine: Machine
  beforeAll(async () => {
    machine = await startBench()
  })
  afterAll(() => machine?.stop())

  const on = (screen: ScreenName, path: IntentPath, input: object = {}) =>
    touchOn(machine, screen, path, input)

  /** The next door that stands open, which nobody has asked for by a touch. */
  async function nextDoor(
    name: DoorScreen['name'],
    not: readonly number[] = [],
  ): Promise<DoorScreen> {
    const { screen } = await machine.core.until(
      (now) =>
        now.screen.name === name &&
        'door' in now.screen &&
        now.screen.door.step === 'open' &&
        !not.includes(now.screen.door.compartment),
      `the next open ${name}`,
    )
    return screen as DoorScreen
  }

  it('opens one door after the other, and each odd bag is one touch and a reason on record', async () => {
    const { core } = machine
    const bags = [await serveNext(machine), await serveNext(machine), await serveNext(machine)]
    const papers = printed(machine)
    const before = pulses(machine)
    await badgeIn(machine)
    await on('staffMenu', 'officer.startEmptying')
    const list = await core.screen('emptyList')
    expect(list.bags.map(({ bagCode }) => bagCode)).toEqual(bags)
    expect(list.mayHandOver).toBe(false)
    await on('emptyList', 'officer.startRound')

    // The first as it should be.
    const first = (await nextDoor('emptyDoor')).door.compartment
    expect(await machine.takeItem(first)).toBe(bags[0])
    await machine.hold(bags[0] ?? '')
    await machine.closeDoor(first)
    // The second opened by itself; its barcode is torn, and somebody's other bag lies beside it.
    const second = (await nextDoor('emptyDoor', [first])).door.compartment
    const strange = machine.newBag()
    await machine.hold(strange)
    await core.until(({ screen }) => screen.name === 'emptyDoor' && screen.strangeCode === strange)
    await on('emptyDoor', 'officer.recordSurplus')
    await on('emptyDoor', 'officer.bagUnreadable')
    await machine.takeItem(second)
    await machine.closeDoor(second)
    // The third is not there: somebody has carried it off.
    const third = (await nextDoor('emptyDoor', [first, second])).door.compartment
    await machine.takeItem(third)
    await on('emptyDoor', 'officer.bagMissing')
    await machine.closeDoor(third)

    await core.until(({ screen }) => screen.name === 'emptyList' && screen.bags.length === 0)
    expect(pulses(machine) - before).toBe(3)
    for (const number of [first, second, third]) {
      expect(compartmentRow(machine, number)).toEqual({ state: 'empty', reason: null })
    }
    await provinceGot(machine, 'bagSurplus', ({ bagCode }) => bagCode === strange)
    await provinceGot(machine, 'bagMissing', ({ compartment }) => compartment === third)

    await on('emptyList', 'officer.handOver')
    const { screen } = await core.until(
      (now) => now.screen.name === 'handOver' && now.screen.printed === 'printed',
      'the record to be printed',
    )
    expect(screen).toMatchObject({
      counts: { collected: 1, unreadable: 1, missing: 1, surplus: 1, returned: 0 },
    })
    expect(printed(machine)).toBe(papers + 1)
    await provinceGot(
      machine,
      'handOver',
      (body) => JSON.stringify(body.missing) === JSON.stringify([bags[2]]),
    )
    await on('handOver', 'officer.handOverDone')
    expect(await core.screen('emptyList')).toMatchObject({ mayHandOver: false })
    await signOut(machine)
  })

  it('stops after the door that is open, when the officer says so', async () => {
    const { core } = machine
    await serveNext(machine)
    await serveNext(machine)
    await badgeIn(machine)
    await on('staffMenu', 'officer.startEmptying')
    await on('emptyList', 'officer.startRound')
    const { door } = await nextDoor('emptyDoor')
    await on('emptyDoor', 'officer.stopRound')
    await machine.hold(await machine.takeItem(door.compartment))
    await machine.closeDoor(door.compartment)
    const left = await core.until(
      ({ screen }) => screen.name === 'emptyList' && screen.bags.length === 1,
      'the list with one bag',
    )
    expect(left.can.leave).toBe(true)
    await on('emptyList', 'officer.openNext')
    const last = await nextDoor('emptyDoor')
    await machine.hold(await machine.takeItem(last.door.compartment))
    await machine.closeDoor(last.door.compartment)
    await core.until(({ screen }) => screen.name === 'emptyList' && screen.bags.length === 0)
    await signOut(machine)
  })

  it('a result that was taken back comes first, goes to the counter, and its owner is told', async () => {
    const { core } = machine
    const [result] = await stockResults(machine, 1)
    if (!result) throw new Error('nothing is stocked')
    const store = openSqliteStore(machine.province.dataFolder)
    const announced = (await store.results.list(100)).find(
      ({ dossierCode }) => dossierCode === result.dossierCode,
    )
    await store.feed.publish(
      'revocations',
      demoKiosk.id,
      { what: 'collectionRight', id: announced?.rightId ?? '' },
      new Date().toISOString(),
    )
    await store.close()
    await serveNext(machine)
    await badgeIn(machine)
    await on('staffMenu', 'officer.startEmptying')
    await core.until(({ screen }) => screen.name === 'emptyList' && screen.returns.length === 1)
    await on('emptyList', 'officer.startRound')
    const { door } = await nextDoor('returnDoor')
    expect(door.compartment).toBe(result.compartment)
    expect(await machine.takeItem(door.compartment)).toBe(result.envelope)
    await machine.closeDoor(door.compartment)
    const bagDoor = (await nextDoor('emptyDoor')).door.compartment
    await machine.hold(await machine.takeItem(bagDoor))
    await machine.closeDoor(bagDoor)
    await core.until(
      ({ screen }) =>
        screen.name === 'emptyList' && screen.bags.length === 0 && screen.returns.length === 0,
    )
    expect(compartmentRow(machine, result.compartment)).toEqual({ state: 'empty', reason: null })
    await eventually(async () =>
      (await machine.province.sms()).some(
        ({ text }) => text.includes(result.dossierCode) && /t[ạa]i qu[ầa]y/.test(text),
      ),
    )
    await signOut(machine)
  })

  it('looks into a compartment whose door was forced, and it serves again', async () => {
    const { core } = machine
    await machine.locker.control.send('openDoor', { board: 0, lock: 2 })
    await core.until(({ screen }) => screen.name === 'idle')
    const forced = 3
    await eventually(async () => compartmentRow(machine, forced).state === 'suspect')
    await machine.closeDoor(forced)
    await badgeIn(machine)
    await on('staffMenu', 'officer.startEmptying')
    await core.until(
      ({ screen }) => screen.name === 'emptyList' && screen.looks.includes(forced),
      'the compartment to be looked into',
    )
    await on('emptyList', 'officer.startRound')
    await core.until(
      ({ screen }) => screen.name === 'lookDoor' && screen.door.step === 'closeDoor',
      'the open door',
    )
    await machine.closeDoor(forced)
    await core.until(({ screen }) => screen.name === 'emptyList' && screen.looks.length === 0)
    expect(compartmentRow(machine, forced)).toEqual({ state: 'empty', reason: null })
    await signOut(machine)
  })

  it('a record that the printer cannot print is printed again, and sent once', async () => {
    const { core } = machine
    await serveNext(machine)
    await badgeIn(machine)
    await on('staffMenu', 'officer.startEmptying')
    await on('emptyList', 'officer.startRound')
    const { door } = await nextDoor('emptyDoor')
    await machine.hold(await machine.takeItem(door.compartment))
    await machine.closeDoor(door.compartment)
    await core.until(({ screen }) => screen.name === 'emptyList' && screen.bags.length === 0)
    await machine.printer.control.send('paper', { state: 'out' })
    await core.until(({ services }) => services.some(({ available }) => !available))
    const records = async () =>
      (await machine.province.messages()).filter(({ kind }) => kind === 'handOver').length
    const before = await records()
    await on('emptyList', 'officer.handOver')
    await core.until(
      ({ screen }) => screen.name === 'handOver' && screen.printed === 'notPrinted',
      'the failure to be said',
    )
    await machine.printer.control.send('paper', { state: 'ok' })
    await core.until(({ services }) => services.every(({ available }) => available))
    await on('handOver', 'officer.printHandOver')
    await core.until(({ screen }) => screen.name === 'handOver' && screen.printed === 'printed')
    await eventually(async () => (await records()) === before + 1)
    await on('handOver', 'officer.handOverDone')
    await core.screen('emptyList')
    await signOut(machine)
    expect(await records()).toBe(before + 1)
  })
})
