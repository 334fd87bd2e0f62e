import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Screen } from '../../src/contract/screen.ts'
import { encodeCollectionQr } from '../../src/main/domain/collection-qr.ts'
import { makeIntakeId } from '../../src/main/domain/intake-id.ts'
import { encodeSlipQr, parseSlipQr } from '../../src/main/domain/slip-qr.ts'
import { databaseFileName } from '../../src/main/store/connection.ts'
import {
  announceResult,
  badgeIn,
  collectionSms,
  expectTruths,
  fillInByHand,
  idleAndWell,
  pulses,
  rightState,
  type StockedResult,
  secret,
  startBench,
  stockResults,
} from '../support/fault-bench.ts'
import {
  deposit,
  finish,
  intake,
  openDoor,
  resultFor,
  signOut,
  stock,
} from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'
import { cards } from '../support/people.ts'

type Refusal = Extract<Screen, { name: 'collectRefused' }>['refusal']

/** Who may not have a door gets a clear answer and no pulse. */
describe('collections that are refused', () => {
  let machine: Machine
  beforeAll(async () => {
    machine = await startBench({ limits: { codeAttempts: 3 } })
  })
  afterAll(() => machine?.stop())
  afterEach(async () => {
    const { screen } = machine.core.current()
    if (screen.name === 'collectRefused') await machine.core.touch('collection.finish')
    else if (screen.name !== 'idle') await machine.core.touch('session.leave')
    await idleAndWell(machine)
  })

  /** No door moves while `work` goes on. */
  async function withoutPulse(work: () => Promise<void>): Promise<void> {
    const before = pulses(machine)
    await work()
    expect(pulses(machine)).toBe(before)
    expect((await machine.doors()).every(({ open }) => !open)).toBe(true)
  }
  async function refused(refusal: Refusal): Promise<void> {
    const screen = await machine.core.screen('collectRefused')
    expect(screen).toEqual({ name: 'collectRefused', refusal })
    await machine.core.touch('collection.finish')
    await machine.core.screen('idle')
  }
  async function typeCode(code: string): Promise<void> {
    await machine.core.touch('session.start', { journey: 'collection' })
    await machine.core.screen('collect')
    await machine.core.touch('collection.typeCode')
    await machine.core.screen('collectTyped')
    await machine.core.type(code)
  }
  async function slipAndCode(slipQr: string, code: string): Promise<void> {
    await machine.hold(slipQr)
    await machine.core.screen('collectTyped')
    await machine.core.type(code)
  }
  async function takeOut(compartment: number): Promise<void> {
    expect(await openDoor(machine, 'collectDoor')).toBe(compartment)
    await machine.takeItem(compartment)
    await machine.closeDoor(compartment)
    await machine.core.screen('collectDone')
    await machine.core.touch('collection.finish')
    await machine.core.screen('idle')
  }
  async function stockOne(): Promise<StockedResult> {
    const [result] = await stockResults(machine, 1)
    if (!result) throw new Error('nothing stocked')
    return result
  }
  /** An intake, its slip, and its result behind a door. */
  async function ownResult(
    handIn: () => Promise<{ intakeId: string }>,
    assurance: 'code' | 'codeAndProof' | 'officerOnly',
  ): Promise<{ slip: string; dossierCode: string; compartment: number }> {
    const { intakeId } = await handIn()
    const slip = (await machine.slipQrs()).at(-1) ?? ''
    expect(slip).toContain(intakeId)
    await finish(machine)
    const dossierCode = await resultFor(machine, intakeId, assurance)
    await badgeIn(machine)
    const compartment = await stock(machine, dossierCode, `envelope of ${dossierCode}`)
    await signOut(machine)
    return { slip, dossierCode, compartment }
  }
  const withPhone = () => intake(machine)
  const withoutPhone = async () => ({
    intakeId: await deposit(machine, await fillInByHand(machine)),
  })

  it('a wrong code, typed or held, and another kiosk’s', () =>
    withoutPulse(async () => {
      await typeCode('00000000')
      await refused('codeNotValid')
      await machine.hold(encodeCollectionQr('K07', new Uint8Array(16).fill(7)))
      await refused('codeNotValid')
      await machine.hold(encodeCollectionQr('K08', new Uint8Array(16).fill(7)))
      await refused('otherKiosk')
    }))

  it('expired: said to who holds the QR, and nothing to who types digits', async () => {
    const result = await stockOne()
    // Nobody can wait for the last day here: the running time that it comes with has passed instead.
    const db = new Database(join(machine.folder, 'kiosk', databaseFileName))
    db.prepare(`UPDATE collection_right SET expires_running_ms = 0 WHERE state = 'valid'`).run()
    db.close()
    await withoutPulse(async () => {
      await machine.hold(result.qr)
      await refused('expired')
      await typeCode(result.code)
      await refused('codeNotValid')
    })
  })

  it('used', async () => {
    const result = await stockOne()
    await machine.hold(result.qr)
    await takeOut(result.compartment)
    await withoutPulse(async () => {
      await machine.hold(result.qr)
      await refused('alreadyTaken')
      await typeCode(result.code)
      await refused('codeNotValid')
    })
  })

  it('the code alone with a phone that nobody confirmed', async () => {
    const dossierCode = await announceResult(machine, { confirmed: false })
    await badgeIn(machine)
    await stock(machine, dossierCode, 'an envelope')
    await signOut(machine)
    const { qr, code } = await collectionSms(machine, dossierCode)
    await withoutPulse(async () => {
      await machine.hold(qr)
      await machine.core.screen('collectProof')
      await machine.hold(cards.an)
      await refused('notYours')
      await typeCode(code)
      await machine.core.screen('collectProof')
      await machine.core.touch('session.leave')
      await machine.core.screen('idle')
    })
    expect(rightState(machine, dossierCode)).toBe('valid')
  })

  describe('with slips', () => {
    let own: { slip: string; dossierCode: string; compartment: number }
    let others: { slip: string; dossierCode: string; compartment: number }
    beforeAll(async () => {
      own = await ownResult(withPhone, 'codeAndProof')
      others = await ownResult(withoutPhone, 'code')
    })

    it('a slip of another kiosk, a forged one, and one whose result is not here yet', async () => {
      const bag = await fillInByHand(machine)
      await deposit(machine, bag)
      await finish(machine)
      const slip = (await machine.slipQrs()).at(-1) ?? ''
      await withoutPulse(async () => {
        await machine.hold(slip)
        await refused('notHereYet')
        const forged = slip.slice(0, -4) + (slip.endsWith('AAAA') ? 'BBBB' : 'AAAA')
        await machine.hold(forged)
        await refused('codeNotValid')
        await machine.hold(slipOfAnotherKiosk(slip))
        await refused('otherKiosk')
      })
    })

    it('somebody else’s slip or card beside a good code; then the owner’s opens', async () => {
      const { qr } = await collectionSms(machine, own.dossierCode)
      await withoutPulse(async () => {
        await machine.hold(qr)
        await machine.core.screen('collectProof')
        await machine.hold(others.slip)
        await refused('notYours')
        await machine.hold(qr)
        await machine.core.screen('collectProof')
        await machine.hold(cards.binh)
        await refused('notYours')
      })
      await machine.hold(qr)
      await machine.core.screen('collectProof')
      const before = pulses(machine)
      await machine.hold(cards.an)
      await takeOut(own.compartment)
      expect(pulses(machine)).toBe(before + 1)
    })

    it('no phone: too many wrong secrets are remembered over a restart; another slip opens with its own', async () => {
      const { core } = machine
      await withoutPulse(async () => {
        for (const wrong of ['111112', '222223', '333334']) {
          await slipAndCode(others.slip, wrong)
          await refused('codeNotValid')
        }
        await slipAndCode(others.slip, secret)
        await refused('tooManyTries')
        const starts = core.starts()
        core.kill()
        await core.started(starts + 1)
        await idleAndWell(machine)
        await slipAndCode(others.slip, secret)
        await refused('tooManyTries')
      })

      const next = await ownResult(withoutPhone, 'code')
      await withoutPulse(async () => {
        await typeCode(secret)
        await refused('codeNotValid')
      })
      const before = pulses(machine)
      await slipAndCode(next.slip, secret)
      await takeOut(next.compartment)
      expect(pulses(machine)).toBe(before + 1)
    })

    it('handed out by an officer only', async () => {
      const result = await ownResult(withPhone, 'officerOnly')
      const { qr, code } = await collectionSms(machine, result.dossierCode)
      await withoutPulse(async () => {
        await machine.hold(qr)
        await refused('officerOnly')
        await slipAndCode(result.slip, code)
        await refused('officerOnly')
      })
    })
  })

  it('leaves slips, doors and the province in agreement', () => expectTruths(machine))

  /** The same claims under another kiosk's number; its signature cannot be ours. */
  function slipOfAnotherKiosk(slip: string): string {
    const known = parseSlipQr(slip)
    if (!known) throw new Error('not a slip')
    const intakeId = makeIntakeId({ kioskId: 'K08', epoch: 1, number: 5 })
    return encodeSlipQr({ ...known, intakeId }, () => new Uint8Array(64))
  }
})
