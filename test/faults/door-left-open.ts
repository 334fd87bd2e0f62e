import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  announceResult,
  badgeIn,
  compartmentRow,
  doorStep,
  dossierRow,
  expectTruths,
  fillInByHand,
  idleAndWell,
  messagesOf,
  provinceGot,
  pulses,
  rightState,
  serveNext,
  startBench,
  startPatienceMs,
  stockResults,
} from '../support/fault-bench.ts'
import { finish, openDeposit, openDoor, signOut } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'

export function doorLeftOpen(): void {
  describe('a door left open', { concurrent: false }, () => {
    let machine: Machine
    const taken: string[] = []
    beforeAll(async () => {
      machine = await startBench({ timeouts: { doorOpenMs: 700, doorCallMs: 700 } })
    }, startPatienceMs)
    afterAll(() => machine?.stop())
    afterEach(() => idleAndWell(machine))

    const faultOf = (compartment: number) =>
      provinceGot(machine, 'fault', (body) => body.device === `compartment-${compartment}`)

    it('intake: calls, and a door that is closed then is an intake like any other', async () => {
      const bag = await fillInByHand(machine)
      const before = pulses(machine)
      const compartment = await openDeposit(machine)
      await doorStep(machine, 'leftOpen')
      await machine.putItem(compartment, bag)
      await doorStep(machine, 'closeDoor')
      await machine.closeDoor(compartment)
      await machine.core.screen('intakeDone')
      expect(dossierRow(machine, bag).state).toBe('slipped')
      expect(pulses(machine)).toBe(before + 1)
      await finish(machine)
    })

    it.each([true, false])(
      'intake, bag inside: %s: nobody gets a slip, an officer looks, the machine serves on',
      async (inside) => {
        const { core } = machine
        const bag = await fillInByHand(machine)
        const before = pulses(machine)
        const compartment = await openDeposit(machine)
        if (inside) await machine.putItem(compartment, bag)
        await doorStep(machine, 'leftOpen')
        const { intakeId } = await core.screen('intakeIncident')
        expect(dossierRow(machine, bag)).toMatchObject({
          state: 'unknown',
          reason: 'DOOR_LEFT_OPEN',
        })
        expect(compartmentRow(machine, compartment).state).toBe('unknown')
        await provinceGot(
          machine,
          'dispute',
          (body) => body.intakeId === intakeId && body.reason === 'DOOR_LEFT_OPEN',
        )
        await core.touch('intake.finish')
        await core.screen('idle')
        // The door stands open still; the next citizen is served at another one.
        await serveNext(machine)
        expect(pulses(machine)).toBe(before + 2)
        expect(await messagesOf(machine, intakeId)).toEqual(['dispute'])
        await machine.closeDoor(compartment)

        await badgeIn(machine)
        await core.touch('officer.startEmptying')
        const { bags } = await core.screen('emptyList')
        expect(bags).toContainEqual({ compartment, bagCode: bag, state: 'unknown' })
        await signOut(machine)
      },
    )

    it('emptying settles all of them: bags that are there and one that is missing', async () => {
      const { core } = machine
      await badgeIn(machine)
      await core.touch('officer.startEmptying')
      let missing = ''
      for (let left = (await core.screen('emptyList')).bags.length; left > 0; left -= 1) {
        await core.until(
          ({ screen }) => screen.name === 'emptyList' && screen.bags.length === left,
          'the list',
        )
        await core.touch('officer.openNext')
        const { bagCode, door } = await core.screen('emptyDoor')
        const { compartment } = door
        await core.until(
          ({ screen }) =>
            screen.name === 'emptyDoor' && ['open', 'closeDoor'].includes(screen.door.step),
          'the open door',
        )
        const found = (await machine.doors()).find((one) => one.compartment === compartment)
        if (found?.items.length === 0) {
          missing = bagCode
          await core.touch('officer.bagMissing')
        } else {
          taken.push(await machine.takeItem(compartment))
          await machine.hold(bagCode)
        }
        await machine.closeDoor(compartment)
      }
      await core.until(
        ({ screen }) => screen.name === 'emptyList' && screen.bags.length === 0,
        'an empty list',
      )
      await provinceGot(machine, 'bagMissing')
      expect(missing).not.toBe('')
      await signOut(machine)
    })

    it('emptying: a bag that was scanned is accounted for, its door is not', async () => {
      const { core } = machine
      const bag = await serveNext(machine)
      await badgeIn(machine)
      await core.touch('officer.startEmptying')
      await core.screen('emptyList')
      await core.touch('officer.openNext')
      const compartment = await openDoor(machine, 'emptyDoor')
      taken.push(await machine.takeItem(compartment))
      await machine.hold(bag)
      expect((await core.screen('emptyList')).bags).toEqual([])
      expect(compartmentRow(machine, compartment)).toEqual({
        state: 'suspect',
        reason: 'DOOR_LEFT_OPEN',
      })
      await provinceGot(machine, 'compartmentEmptied', (body) => body.bagCode === bag)
      await faultOf(compartment)
      await machine.closeDoor(compartment)
      await signOut(machine)
    })

    it('stocking: no code for an envelope whose door nobody saw closing', async () => {
      const { core } = machine
      const dossierCode = await announceResult(machine)
      await badgeIn(machine)
      await core.touch('officer.startStocking')
      await core.until(
        ({ screen }) => screen.name === 'stockScan' && screen.waiting.length === 1,
        'the result on the list',
      )
      await machine.hold(dossierCode)
      const compartment = await openDoor(machine, 'stockDoor')
      await machine.putItem(compartment, 'an envelope')
      expect(await core.screen('staffDoorProblem')).toMatchObject({
        compartment,
        reason: 'unknown',
      })
      expect(compartmentRow(machine, compartment).state).toBe('unknown')
      await faultOf(compartment)
      await machine.closeDoor(compartment)
      await core.touch('officer.continueAfterProblem')
      expect((await core.screen('stockScan')).waiting).toHaveLength(1)
      await signOut(machine)
      expect(
        (await machine.province.messages()).some(
          ({ kind, bytes }) => kind === 'resultStocked' && String(bytes).includes(dossierCode),
        ),
      ).toBe(false)
    })

    it('collection: taken is taken, and the compartment goes out of service', async () => {
      const { core } = machine
      const [result] = await stockResults(machine, 1)
      if (!result) throw new Error('nothing stocked')
      const before = pulses(machine)
      await machine.hold(result.qr)
      await openDoor(machine, 'collectDoor')
      await machine.takeItem(result.compartment)
      await doorStep(machine, 'leftOpen')
      await core.screen('collectDone')
      expect(rightState(machine, result.dossierCode)).toBe('consumed')
      expect(compartmentRow(machine, result.compartment)).toEqual({
        state: 'suspect',
        reason: 'DOOR_LEFT_OPEN',
      })
      await provinceGot(machine, 'resultTaken', (body) => body.dossierCode === result.dossierCode)
      await faultOf(result.compartment)
      await core.touch('collection.finish')
      await idleAndWell(machine)
      expect(pulses(machine)).toBe(before + 1)
      await machine.closeDoor(result.compartment)
    })

    it('collection: with the envelope inside an open door nobody knows, and the code opens no more', async () => {
      const { core } = machine
      const [result] = await stockResults(machine, 1)
      if (!result) throw new Error('nothing stocked')
      const before = pulses(machine)
      await machine.hold(result.qr)
      await openDoor(machine, 'collectDoor')
      await core.screen('collectIncident')
      expect(rightState(machine, result.dossierCode)).toBe('locked')
      expect(compartmentRow(machine, result.compartment)).toEqual({
        state: 'unknown',
        reason: 'DOOR_LEFT_OPEN',
      })
      await faultOf(result.compartment)
      await core.touch('collection.finish')
      await idleAndWell(machine)
      await machine.hold(result.qr)
      expect((await core.screen('collectRefused')).refusal).toBe('officerOnly')
      expect(pulses(machine)).toBe(before + 1)
      await core.touch('collection.finish')
      await machine.closeDoor(result.compartment)
    })

    it('serves the next citizen, and slips, doors and the province agree', async () => {
      await serveNext(machine)
      await expectTruths(machine, taken)
    })
  })
}
