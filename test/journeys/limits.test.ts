import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FeedKind } from '../../src/contract/province/feed.ts'
import { openSqliteStore } from '../../src/province/store/sqlite/open-sqlite-store.ts'
import {
  badgeIn,
  expectTruths,
  idleAndWell,
  pulses,
  secret,
  startBench,
} from '../support/fault-bench.ts'
import {
  chooseProcedure,
  chooseSecret,
  demoProcedure,
  deposit,
  eventually,
  fillIn,
  finish,
  holdBag,
  openDoor,
  resultFor,
  signOut,
  stock,
  toPhone,
} from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'
import { cards, phones } from '../support/people.ts'
import { demoKiosk, demoOperator } from '../support/province.ts'

const limits = {
  codeAttempts: 3,
  codeAttemptsPerPerson: 5,
  codeAttemptsPerHour: 12,
  phoneCodesPerNumberPerDay: 2,
  unconfirmedPerPersonPerDay: 2,
  compartmentsForConfirmed: 5,
  pinAttempts: 3,
  staffOpeningsPerHour: 6,
}

/** Each limit of the machine, and somebody who tries to get round it. What is counted here lasts to the end. */
describe('limits', () => {
  let machine: Machine
  /** Intake ids of the person without a phone, with their slips' codes. */
  const takenOut: string[] = []
  const own: { readonly intakeId: string; readonly slip: string }[] = []
  /** Of somebody else. */
  const another = { intakeId: '', slip: '' }
  beforeAll(async () => {
    machine = await startBench({ limits })
  })
  afterAll(() => machine?.stop())

  async function fromIdle(card: string): Promise<void> {
    await idleAndWell(machine)
    await toPhone(machine, card)
  }
  async function withoutPhone(card: string): Promise<void> {
    await fromIdle(card)
    await chooseSecret(machine, secret)
  }
  async function handIn(card: string): Promise<string> {
    await withoutPhone(card)
    await chooseProcedure(machine, demoProcedure)
    const intakeId = await deposit(machine, await holdBag(machine))
    await finish(machine)
    return intakeId
  }
  async function leave(): Promise<void> {
    await machine.core.touch('session.leave')
    await machine.core.screen('idle')
  }
  const refusedAs = (problem: string) =>
    machine.core.until(
      ({ screen }) => 'problem' in screen && screen.problem === problem,
      `the problem ${problem}`,
    )

  it('unconfirmed intakes: so many of one person; the last compartments are kept', async () => {
    for (let count = 0; count < limits.unconfirmedPerPersonPerDay; count += 1) {
      const intakeId = await handIn(cards.an)
      own.push({ intakeId, slip: (await machine.slipQrs()).at(-1) ?? '' })
    }
    await withoutPhone(cards.an)
    await refusedAs('tooManyUnconfirmed')
    await leave()

    another.intakeId = await handIn(cards.binh)
    another.slip = (await machine.slipQrs()).at(-1) ?? ''
    const before = pulses(machine)
    await withoutPhone(cards.binh)
    await chooseProcedure(machine, demoProcedure)
    await holdBag(machine)
    await machine.core.touch('intake.confirmSummary')
    await refusedAs('tooManyUnconfirmed')
    await leave()
    expect(pulses(machine)).toBe(before)

    // Who confirms a phone is served.
    await deposit(machine, await fillIn(machine))
    await finish(machine)
    expect(pulses(machine)).toBe(before + 1)
  })

  async function askForCode(card: string) {
    await fromIdle(card)
    await machine.core.type(phones.binh)
    const { screen } = await machine.core.until(
      ({ screen: now }) => now.name === 'phoneAgain' || (now.name === 'phoneCode' && !now.sending),
      'an answer about the SMS',
    )
    await leave()
    return screen.name
  }

  it('codes by SMS: so many to one number, whoever asks', async () => {
    expect(await askForCode(cards.binh)).toBe('phoneCode')
    expect(await askForCode(cards.an)).toBe('phoneCode')
    expect(await askForCode(cards.binh)).toBe('phoneAgain')
    const sent = (await machine.province.sms()).filter(({ phone }) => phone === phones.binh)
    expect(sent).toHaveLength(limits.phoneCodesPerNumberPerDay)
  })

  async function slipAndCode(slip: string, code: string): Promise<string> {
    const { core } = machine
    await machine.hold(slip)
    await core.screen('collectTyped')
    await core.type(code)
    const { refusal } = await core.screen('collectRefused')
    await core.touch('collection.finish')
    await core.screen('idle')
    return refusal
  }
  async function guess(code: string): Promise<string> {
    const { core } = machine
    await core.touch('session.start', { journey: 'collection' })
    await core.screen('collect')
    await core.touch('collection.typeCode')
    await core.screen('collectTyped')
    await core.type(code)
    const { refusal } = await core.screen('collectRefused')
    await core.touch('collection.finish')
    await core.screen('idle')
    return refusal
  }

  it('codes: so many for one right, and so many for one person, however many results wait', async () => {
    const [first, second] = own
    if (!first || !second) throw new Error('no dossiers')
    for (const { intakeId } of [...own, another]) {
      const dossierCode = await resultFor(machine, intakeId)
      await badgeIn(machine)
      await stock(machine, dossierCode, `envelope of ${dossierCode}`)
      await signOut(machine)
    }
    const before = pulses(machine)
    const wrong = async (slip: string, from: number, count: number) => {
      const said: string[] = []
      for (let more = 0; more < count; more += 1) {
        said.push(await slipAndCode(slip, String(100_000 + from + more)))
      }
      return said
    }
    const no = 'codeNotValid'
    expect(await wrong(first.slip, 0, 4)).toEqual([no, no, no, 'tooManyTries'])
    expect(await wrong(second.slip, 10, 3)).toEqual([no, no, 'tooManyTries'])
    expect(await slipAndCode(second.slip, secret)).toBe('tooManyTries')
    expect(pulses(machine)).toBe(before)
  })

  it('a code that is guessed at full speed: so many within an hour for the whole machine', async () => {
    const before = pulses(machine)
    const said: string[] = []
    for (let number = 0; number < 40; number += 1)
      said.push(await guess(String(10_000_000 + number)))
    const free = limits.codeAttemptsPerHour
    expect(said).toEqual([
      ...Array(free).fill('codeNotValid'),
      ...Array(40 - free).fill('tooManyTries'),
    ])
    expect(pulses(machine)).toBe(before)
  })

  it('a guesser shuts nobody out who holds a slip', async () => {
    const { core } = machine
    const before = pulses(machine)
    await machine.hold(another.slip)
    await core.screen('collectTyped')
    await core.type(secret)
    const compartment = await openDoor(machine, 'collectDoor')
    await machine.takeItem(compartment)
    await machine.closeDoor(compartment)
    await core.screen('collectDone')
    await core.touch('collection.finish')
    expect(pulses(machine)).toBe(before + 1)
  })

  async function enterPin(pin: string): Promise<void> {
    const { core } = machine
    await idleAndWell(machine)
    await eventually(async () => {
      await machine.hold(demoOperator.badge)
      return core.current().screen.name === 'staffPin'
    })
    await core.type(pin)
  }

  it('a PIN: after so many the right one is not even looked at', async () => {
    for (let count = 0; count < limits.pinAttempts; count += 1) {
      await enterPin('000000')
      await refusedAs('pinWrong')
      await leave()
    }
    await enterPin(demoOperator.pin)
    await refusedAs('pinLocked')
    await leave()
  })

  it('doors by staff: so many within an hour, and nothing from the province lifts it', async () => {
    const { core } = machine
    const opened = limits.staffOpeningsPerHour - own.length - 1
    await badgeIn(machine)
    await core.touch('officer.startEmptying')
    for (let count = 0; count < opened; count += 1) {
      await core.screen('emptyList')
      await core.touch('officer.openNext')
      const { screen } = await core.until(
        ({ screen: now }) => now.name === 'emptyDoor' && now.door.step === 'open',
        'an open door',
      )
      if (screen.name !== 'emptyDoor') throw new Error('no door')
      const bag = await machine.takeItem(screen.door.compartment)
      takenOut.push(bag)
      await machine.hold(bag)
      await core.until(({ screen: now }) => now.name === 'emptyDoor' && now.bagSettled, 'the bag')
      await machine.closeDoor(screen.door.compartment)
    }
    const before = pulses(machine)
    await core.screen('emptyList')
    await core.touch('officer.openNext')
    await refusedAs('tooManyOpenings')
    await signOut(machine)

    const store = openSqliteStore(machine.province.dataFolder)
    const items: readonly (readonly [FeedKind, unknown])[] = [
      ['texts', { key: 'limits.staffOpeningsPerHour', language: 'vi', text: '1000' }],
      [
        'texts',
        { key: 'notice.a', language: 'vi', text: 'x', limits: { staffOpeningsPerHour: 9 } },
      ],
      ['hours', { weekday: 1, ranges: [], staffOpeningsPerHour: 1_000 }],
      ['revocations', { what: 'limit', id: 'staff:openings' }],
      ['revocations', { what: 'receiptKey', id: 'p1' }],
      ['catalogue', { procedureCode: '1', takeIn: 'paper', handOut: true, unlock: [1, 2, 3] }],
      ['results', { open: true, compartment: 1 }],
      ['staff', { grantId: 'g', url: 'http://elsewhere', receiptKeys: [] }],
    ]
    try {
      for (const [kind, item] of items) {
        await store.feed.publish(kind, demoKiosk.id, item as never, new Date().toISOString())
      }
      await eventually(async () => (await store.feed.refusals()).length >= items.length)
      expect(new Set((await store.feed.refusals()).map(({ code }) => code))).toEqual(
        new Set(['INVALID_ITEM']),
      )
    } finally {
      await store.close()
    }
    await oneMoreDoor()
    expect(pulses(machine)).toBe(before)
  })

  async function oneMoreDoor(): Promise<void> {
    await badgeIn(machine)
    await machine.core.touch('officer.startEmptying')
    await machine.core.screen('emptyList')
    await machine.core.touch('officer.openNext')
    await refusedAs('tooManyOpenings')
    await signOut(machine)
  }

  it('are all as they were after a restart', async () => {
    const before = pulses(machine)
    const starts = machine.core.starts()
    machine.core.kill()
    await machine.core.started(starts + 1)
    await idleAndWell(machine)
    await withoutPhone(cards.an)
    await refusedAs('tooManyUnconfirmed')
    await leave()
    expect(await askForCode(cards.an)).toBe('phoneAgain')
    for (const { slip } of own) expect(await slipAndCode(slip, secret)).toBe('tooManyTries')
    expect(await guess('10000000')).toBe('tooManyTries')
    await enterPin(demoOperator.pin)
    await refusedAs('pinLocked')
    await leave()
    await oneMoreDoor()
    expect(pulses(machine)).toBe(before)
  })

  it('leave slips, doors and the province in agreement', () => expectTruths(machine, takenOut))
})
