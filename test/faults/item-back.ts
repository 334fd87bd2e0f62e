import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  announceResult,
  badgeIn,
  compartmentRow,
  doorStep,
  dossierRow,
  expectTruths,
  fillInByHand,
  fillInToBag,
  idleAndWell,
  printed,
  provinceKnowsAll,
  pulses,
  resultRow,
  rightState,
  serveNext,
  startBench,
  startPatienceMs,
  stockResults,
} from '../support/fault-bench.ts'
import { deposit, finish, openDeposit, openDoor, signOut } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'

/** What people do with an open door besides what they were asked to. */
export function itemBack(): void {
  describe('nothing put in, put in and taken back, taken and put back', {
    concurrent: false,
  }, () => {
    let machine: Machine
    const taken: string[] = []
    beforeAll(async () => {
      machine = await startBench({ timeouts: { screens: { depositMissing: 500 }, warningMs: 100 } })
    }, startPatienceMs)
    afterAll(() => machine?.stop())
    afterEach(() => idleAndWell(machine))

    const leave: Readonly<Record<string, (compartment: number, item: string) => Promise<void>>> = {
      'nothing put in': async () => {},
      'put in and taken back': async (compartment, item) => {
        await machine.putItem(compartment, item)
        await doorStep(machine, 'closeDoor')
        await machine.takeItem(compartment)
        await doorStep(machine, 'open')
      },
    }
    const ways = Object.keys(leave)
    const leaveEmpty = async (way: string, compartment: number, item: string) => {
      await leave[way]?.(compartment, item)
      await machine.closeDoor(compartment)
    }

    it.each(ways)(
      'intake, %s: nothing is held, nothing is sent, and the bag can be used again',
      async (way) => {
        const { core } = machine
        const bag = await fillInByHand(machine)
        const before = pulses(machine)
        const papers = printed(machine)
        const compartment = await openDeposit(machine)
        await leaveEmpty(way, compartment, bag)
        await core.screen('depositMissing')
        await core.touch('intake.answerMissing', { inside: false })
        expect(await core.screen('intakeAbandoned')).toMatchObject({ reason: 'nothingInside' })
        expect(dossierRow(machine, bag).state).toBe('abandoned')
        expect(compartmentRow(machine, compartment)).toEqual({ state: 'empty', reason: null })
        await core.touch('intake.finish')
        await idleAndWell(machine)
        expect(pulses(machine)).toBe(before + 1)
        expect(printed(machine)).toBe(papers)

        await fillInToBag(machine)
        await machine.hold(bag)
        await core.screen('summary')
        await deposit(machine, bag)
        await finish(machine)
        await provinceKnowsAll(machine)
        expect(
          (await machine.province.messages()).filter(({ kind }) => kind === 'dispute'),
        ).toEqual([])
      },
    )

    it('intake, nothing put in and nobody answers: seen empty is abandoned', async () => {
      const { core } = machine
      const bag = await fillInByHand(machine)
      const compartment = await openDeposit(machine)
      await machine.closeDoor(compartment)
      await core.screen('intakeAbandoned')
      expect(dossierRow(machine, bag).state).toBe('abandoned')
      await core.touch('intake.finish')
    })

    it('collection, nothing taken: the right stands, and the same person opens again', async () => {
      const { core } = machine
      const [result] = await stockResults(machine, 1)
      if (!result) throw new Error('nothing stocked')
      const { compartment, dossierCode } = result
      const before = pulses(machine)
      await machine.hold(result.qr)
      await openDoor(machine, 'collectDoor')
      await machine.closeDoor(compartment)
      expect(await core.screen('collectNotTaken')).toMatchObject({
        reason: 'stillInside',
        canOpenAgain: true,
      })
      expect(rightState(machine, dossierCode)).toBe('valid')
      expect(compartmentRow(machine, compartment).state).toBe('stocked')

      await core.touch('collection.openAgain')
      await openDoor(machine, 'collectDoor')
      await machine.takeItem(compartment)
      await doorStep(machine, 'closeDoor')
      await machine.putItem(compartment, result.envelope)
      await doorStep(machine, 'open')
      await machine.closeDoor(compartment)
      await core.screen('collectNotTaken')
      expect(rightState(machine, dossierCode)).toBe('valid')
      expect(pulses(machine)).toBe(before + 2)
      await core.touch('collection.finish')
      await idleAndWell(machine)

      await machine.hold(result.qr)
      await openDoor(machine, 'collectDoor')
      await machine.takeItem(compartment)
      await machine.closeDoor(compartment)
      await core.screen('collectDone')
      expect(rightState(machine, dossierCode)).toBe('consumed')
      expect(pulses(machine)).toBe(before + 3)
      await core.touch('collection.finish')
      await core.screen('idle')
      await provinceKnowsAll(machine)
      const taken = (await machine.province.messages()).filter(
        ({ kind, bytes }) => kind === 'resultTaken' && String(bytes).includes(dossierCode),
      )
      expect(taken).toHaveLength(1)
    })

    it.each(ways)('stocking, %s: no code, and the result stays on the list', async (way) => {
      const { core } = machine
      const dossierCode = await announceResult(machine)
      await badgeIn(machine)
      await core.touch('officer.startStocking')
      await core.until(
        ({ screen }) =>
          screen.name === 'stockScan' &&
          screen.waiting.some((one) => one.dossierCode === dossierCode),
        'the result on the list',
      )
      const before = pulses(machine)
      await machine.hold(dossierCode)
      const compartment = await openDoor(machine, 'stockDoor')
      await leaveEmpty(way, compartment, `envelope of ${dossierCode}`)
      const list = await core.screen('stockScan')
      expect(list.lastStocked).toBeNull()
      expect(list.waiting).toContainEqual({ dossierCode, what: 'result', size: 'small' })
      expect(resultRow(machine, dossierCode).state).toBe('announced')
      expect(compartmentRow(machine, compartment)).toEqual({ state: 'empty', reason: null })
      expect(pulses(machine)).toBe(before + 1)
      await signOut(machine)
    })

    it('emptying, nothing taken: the bag stays on the list', async () => {
      const { core } = machine
      await badgeIn(machine)
      await core.touch('officer.startEmptying')
      const { bags } = await core.screen('emptyList')
      const before = pulses(machine)
      await core.touch('officer.openNext')
      const compartment = await openDoor(machine, 'emptyDoor')
      await machine.closeDoor(compartment)
      expect((await core.screen('emptyList')).bags).toEqual(bags)
      expect(compartmentRow(machine, compartment).state).toBe('occupied')
      expect(pulses(machine)).toBe(before + 1)
      await signOut(machine)
    })

    it('emptying, taken, scanned and put back: it stays on the list, in doubt', async () => {
      const { core } = machine
      await badgeIn(machine)
      await core.touch('officer.startEmptying')
      const { bags } = await core.screen('emptyList')
      await core.touch('officer.openNext')
      const compartment = await openDoor(machine, 'emptyDoor')
      const bag = await machine.takeItem(compartment)
      await doorStep(machine, 'closeDoor')
      await machine.hold(bag)
      await core.until(
        ({ screen }) => screen.name === 'emptyDoor' && screen.bagSettled,
        'the bag to be scanned',
      )
      await machine.putItem(compartment, bag)
      await doorStep(machine, 'open')
      await machine.closeDoor(compartment)
      expect((await core.screen('emptyList')).bags).toEqual(
        bags.map((one) => (one.bagCode === bag ? { ...one, state: 'suspect' } : one)),
      )
      await signOut(machine)
    })

    it('emptying, taken and not scanned: the next door waits for the bag', async () => {
      const { core } = machine
      await badgeIn(machine)
      await core.touch('officer.startEmptying')
      const before = pulses(machine)
      await core.screen('emptyList')
      await core.touch('officer.openNext')
      const compartment = await openDoor(machine, 'emptyDoor')
      const bag = await machine.takeItem(compartment)
      await machine.closeDoor(compartment)
      await doorStep(machine, 'checking')
      expect((await core.touch('officer.openNext')).taken).toBe(false)
      expect((await core.touch('session.leave')).taken).toBe(false)
      expect(pulses(machine)).toBe(before + 1)
      await machine.hold(bag)
      await core.until(
        ({ screen }) =>
          screen.name === 'emptyList' && screen.bags.every(({ bagCode }) => bagCode !== bag),
        'the bag to leave the list',
      )
      taken.push(bag)
      await signOut(machine)
    })

    it('serves the next citizen, and slips, doors and the province agree', async () => {
      await serveNext(machine)
      await expectTruths(machine, taken)
    })
  })
}
