import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ScreenName, ScreenProblem } from '../../src/contract/screen.ts'
import {
  announceResult,
  badgeIn,
  collectionSms,
  depositUpToSlip,
  idleAndWell,
  pulses,
  secret,
  startBench,
} from '../support/fault-bench.ts'
import {
  chooseProcedure,
  chooseSecret,
  demoProcedure,
  eventually,
  finish,
  openDoor,
  signOut,
} from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'
import { cards } from '../support/people.ts'

const bytes = (...codes: number[]) => Buffer.from(codes)

/** Group A: what somebody may hold to the reader besides what is asked for. No kiosk, no person, no right. */
const hostile: Readonly<Record<string, Buffer>> = {
  'A1 control keys': Buffer.concat([bytes(0x0f, 0x12, 0x1b), Buffer.from('[11;3~'), bytes(0x1b)]),
  'A1 Alt codes inside a card': Buffer.from(
    `${cards.an.slice(0, 20)}\u001b\u000f${cards.an.slice(20)}`,
  ),
  'A2 FNC1 and a macro': Buffer.concat([bytes(0x1d), Buffer.from(']C1\u001e05'), bytes(0x04)]),
  'A4 the longest QR code': Buffer.alloc(2_953, 'A'),
  'A5 spaces': Buffer.from('      '),
  'A5 dashes': Buffer.from('----------'),
  'A6 SQL': Buffer.from("' OR 1=1--"),
  'A6 quotes': Buffer.from('"; DROP TABLE dossier;--'),
  'A7 markup': Buffer.from('<img src=x onerror=alert(1)>'),
  'A7 javascript:': Buffer.from('javascript:alert(1)'),
  'A7 file://': Buffer.from('file:///etc/passwd'),
  'A7 shell:': Buffer.from('shell:startup'),
  'A9 path': Buffer.from('../../../../etc/shadow'),
  'A9 NUL': Buffer.concat([Buffer.from('TUI'), bytes(0), Buffer.from('00000001')]),
  'not UTF-8': bytes(0xff, 0xfe, 0xc3, 0x28, 0x81),
  'a damaged slip': Buffer.from('MCS1*K07*1*broken'),
  'a damaged badge': Buffer.from('MCB1*'),
}

describe('hostile codes at the reader', () => {
  let machine: Machine
  beforeAll(async () => {
    machine = await startBench()
  })
  afterAll(() => machine?.stop())

  /** Every hostile code at this screen: the screen stays and says so, no door moves, core lives on. */
  async function survive(screen: ScreenName, allowed: readonly ScreenProblem[]): Promise<void> {
    const { core } = machine
    await core.screen(screen)
    const before = pulses(machine)
    const starts = core.starts()
    // A14: twenty codes a second, half a code again and again; and more bytes than any code can hold.
    await machine.reader.control.send('flood', { perSecond: 20, count: 10 })
    await machine.reader.control.send('hold', { text: 'A'.repeat(8_192) })
    await machine.reader.control.send('holdHalf', { text: 'A'.repeat(300), repeat: 3, everyMs: 20 })
    // Half a code may swallow what comes right after it.
    const flooded = core.current().revision
    await eventually(async () => {
      await machine.hold('nothing of ours')
      return core.current().revision > flooded
    })
    expect(core.current().screen.name).toBe(screen)
    for (const [name, payload] of Object.entries(hostile)) {
      const { revision } = core.current()
      await machine.reader.control.send('hold', { base64: payload.toString('base64') })
      const after = await core.until((next) => next.revision > revision, `an answer to ${name}`)
      expect({ name, screen: after.screen.name }).toEqual({ name, screen })
      const problem = 'problem' in after.screen ? after.screen.problem : 'none'
      expect(allowed, name).toContain(problem)
    }
    expect(pulses(machine)).toBe(before)
    expect(core.starts()).toBe(starts)
  }

  /** Held until the machine has noticed. */
  async function holdUntilGone(screen: ScreenName, text: string): Promise<void> {
    const gone = () => machine.core.current().screen.name !== screen
    await eventually(async () => {
      if (!gone()) await machine.hold(text)
      return gone()
    })
  }

  it('idle', async () => {
    await idleAndWell(machine)
    await survive('idle', ['unreadable', 'readNotWanted'])
    expect(machine.core.current().role).toBe('nobody')
  })

  it('an intake: identify, owner, bag', async () => {
    const { core } = machine
    await idleAndWell(machine)
    expect((await core.touch('session.start', { journey: 'intake' })).taken).toBe(true)
    await core.screen('notice')
    await core.touch('intake.acceptNotice')
    await survive('identify', ['unreadable', 'notACard'])
    await holdUntilGone('identify', cards.an)
    await core.screen('identity')
    await core.touch('intake.confirmIdentity')
    await core.screen('relation')
    await core.touch('intake.chooseRelation', { relation: 'someoneElse' })
    await survive('owner', ['unreadable', 'notACard'])
    await holdUntilGone('owner', cards.binh)
    await core.screen('phone')
    await chooseSecret(machine, secret)
    await chooseProcedure(machine, demoProcedure)
    await survive('bag', ['unreadable', 'notABag', 'bagForeign'])
    const bag = machine.newBag()
    await holdUntilGone('bag', bag)
    await core.screen('summary')
    await depositUpToSlip(machine, bag)
    await core.screen('intakeDone')
    await finish(machine)
    await eventually(async () =>
      (await machine.province.dossiers()).some(({ bagCode }) => bagCode === bag),
    )
  })

  it('an officer: PIN, stocking, emptying', async () => {
    const { core } = machine
    const dossierCode = await announceResult(machine)
    await badgeIn(machine)
    await core.touch('officer.startStocking')
    await core.until(
      ({ screen }) => screen.name === 'stockScan' && screen.waiting.length === 1,
      'the result on the list',
    )
    await survive('stockScan', ['unreadable', 'notOnList'])
    await holdUntilGone('stockScan', dossierCode)
    const compartment = await openDoor(machine, 'stockDoor')
    await machine.putItem(compartment, 'an envelope')
    await machine.closeDoor(compartment)
    await core.until(
      ({ screen }) => screen.name === 'stockScan' && screen.lastStocked !== null,
      'the result to be stocked',
    )
    await core.touch('session.back')
    await core.screen('staffMenu')
    await core.touch('officer.startEmptying')
    await core.screen('emptyList')
    await core.touch('officer.openNext')
    const emptied = await openDoor(machine, 'emptyDoor')
    await survive('emptyDoor', ['notABag', 'bagNotExpected'])
    const bag = await machine.takeItem(emptied)
    await eventually(async () => {
      await machine.hold(bag)
      const { screen } = core.current()
      return screen.name === 'emptyDoor' && screen.bagSettled
    })
    await machine.closeDoor(emptied)
    await core.screen('emptyList')
    await signOut(machine)

    // A badge whose owner has no grant here: the machine says no word of who has.
    await machine.hold('MCB1*NOBODY-HAS-THIS')
    await core.until(
      ({ screen }) => screen.name === 'idle' && screen.problem === 'readNotWanted',
      'the refusal',
    )

    const { qr } = await collectionSms(machine, dossierCode)
    await idleAndWell(machine)
    expect((await core.touch('session.start', { journey: 'collection' })).taken).toBe(true)
    await survive('collect', ['unreadable', 'readNotWanted'])
    await holdUntilGone('collect', qr)
    expect(await openDoor(machine, 'collectDoor')).toBe(compartment)
    await machine.takeItem(compartment)
    await machine.closeDoor(compartment)
    await core.screen('collectDone')
    await core.touch('collection.finish')
    await core.screen('idle')
  })

  it('the proof of a collection, with a code that is not enough', async () => {
    const { core } = machine
    const dossierCode = await announceResult(machine, { confirmed: false })
    await badgeIn(machine)
    await core.touch('officer.startStocking')
    await core.until(
      ({ screen }) => screen.name === 'stockScan' && screen.waiting.length === 1,
      'the result on the list',
    )
    await holdUntilGone('stockScan', dossierCode)
    const compartment = await openDoor(machine, 'stockDoor')
    await machine.putItem(compartment, 'an envelope')
    await machine.closeDoor(compartment)
    await core.until(
      ({ screen }) => screen.name === 'stockScan' && screen.lastStocked !== null,
      'the result to be stocked',
    )
    await signOut(machine)
    const { qr } = await collectionSms(machine, dossierCode)
    await machine.hold(qr)
    await survive('collectProof', ['unreadable', 'readNotWanted'])
    await core.touch('session.leave')
    await idleAndWell(machine)
  })
})
