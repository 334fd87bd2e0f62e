import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  announceResult,
  atDoor,
  badgeIn,
  compartmentRow,
  depositUpToSlip,
  dossierRow,
  expectTruths,
  fillInByHand,
  idleAndWell,
  provinceGot,
  provinceKnowsAll,
  pulses,
  resultRow,
  rightState,
  serveNext,
  startBench,
  startPatienceMs,
  stockResults,
} from '../support/fault-bench.ts'
import { finish, openDoor, signOut } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'

export function doorJammed(): void {
  describe('a door that stays shut', { concurrent: false }, () => {
    let machine: Machine
    const taken: string[] = []
    beforeAll(async () => {
      machine = await startBench()
    }, startPatienceMs)
    afterAll(() => machine?.stop())
    afterEach(() => idleAndWell(machine))

    const jam = (compartment: number, on = true) => atDoor(machine, 'jam', compartment, { on })
    const suspected = (compartment: number) =>
      provinceGot(
        machine,
        'fault',
        (body) => body.device === `compartment-${compartment}` && body.reason === 'DOOR_NOT_OPENED',
      )

    it('intake: another compartment opens instead, one pulse each', async () => {
      const bag = await fillInByHand(machine)
      const before = pulses(machine)
      await jam(1)
      const compartment = await depositUpToSlip(machine, bag)
      expect(compartment).toBe(2)
      await machine.core.screen('intakeDone')
      expect(pulses(machine)).toBe(before + 2)
      expect(compartmentRow(machine, 1)).toEqual({ state: 'suspect', reason: 'DOOR_NOT_OPENED' })
      expect(dossierRow(machine, bag).state).toBe('slipped')
      await suspected(1)
      await finish(machine)
      await jam(1, false)
    })

    it('intake: after three doors nothing is held and nothing is sent; the bag can be used again', async () => {
      const { core } = machine
      const bag = await fillInByHand(machine)
      const before = pulses(machine)
      for (const door of [3, 4, 5]) await jam(door)
      await core.touch('intake.confirmSummary')
      expect(await core.screen('intakeAbandoned')).toMatchObject({ reason: 'doorJammed' })
      expect(pulses(machine)).toBe(before + 3)
      expect(dossierRow(machine, bag).state).toBe('abandoned')
      for (const door of [3, 4, 5]) {
        expect(compartmentRow(machine, door).state).toBe('suspect')
        await suspected(door)
        await jam(door, false)
      }
      await provinceKnowsAll(machine)
      expect((await machine.province.dossiers()).some((one) => one.bagCode === bag)).toBe(false)
      await core.touch('intake.finish')
      await idleAndWell(machine)
      expect(pulses(machine)).toBe(before + 3)
    })

    it('collection: the right stands, and opening again is a new command', async () => {
      const { core } = machine
      const [result] = await stockResults(machine, 1)
      if (!result) throw new Error('nothing stocked')
      const before = pulses(machine)
      await jam(result.compartment)
      await machine.hold(result.qr)
      expect(await core.screen('collectNotTaken')).toMatchObject({
        compartment: result.compartment,
        reason: 'doorJammed',
        canOpenAgain: true,
      })
      expect(pulses(machine)).toBe(before + 1)
      expect(rightState(machine, result.dossierCode)).toBe('valid')
      expect(compartmentRow(machine, result.compartment).state).toBe('stocked')
      for (const opening of [2, 3]) {
        await core.touch('collection.openAgain')
        await core.screen('collectDoor')
        expect((await core.screen('collectNotTaken')).canOpenAgain).toBe(opening < 3)
        expect(pulses(machine)).toBe(before + opening)
      }
      await core.touch('collection.openAgain')
      expect(core.current().screen).toMatchObject({ name: 'collectNotTaken' })
      await core.touch('collection.finish')
      await jam(result.compartment, false)
      await idleAndWell(machine)
      expect(pulses(machine)).toBe(before + 3)

      await machine.hold(result.qr)
      await openDoor(machine, 'collectDoor')
      expect(await machine.takeItem(result.compartment)).toBe(result.envelope)
      await machine.closeDoor(result.compartment)
      await core.screen('collectDone')
      expect(rightState(machine, result.dossierCode)).toBe('consumed')
      await core.touch('collection.finish')
    })

    it('stocking: the result stays on the list and goes into another compartment', async () => {
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
      await jam(9)
      await machine.hold(dossierCode)
      expect(await core.screen('staffDoorProblem')).toMatchObject({
        compartment: 9,
        reason: 'doorJammed',
      })
      expect(pulses(machine)).toBe(before + 1)
      expect(compartmentRow(machine, 9).state).toBe('suspect')
      expect(resultRow(machine, dossierCode).state).toBe('announced')
      await suspected(9)
      await core.touch('officer.continueAfterProblem')
      expect((await core.screen('stockScan')).waiting).toContainEqual({
        dossierCode,
        what: 'result',
        size: 'small',
      })
      await machine.hold(dossierCode)
      const compartment = await openDoor(machine, 'stockDoor')
      expect(compartment).toBe(10)
      await machine.putItem(compartment, 'an envelope')
      await machine.closeDoor(compartment)
      await core.until(
        ({ screen }) => screen.name === 'stockScan' && screen.lastStocked !== null,
        'the result to be stocked',
      )
      await jam(9, false)
      await signOut(machine)
    })

    it('emptying: the bag stays on the list, and comes out when the door opens', async () => {
      const { core } = machine
      await badgeIn(machine)
      await core.touch('officer.startEmptying')
      const [first] = (await core.screen('emptyList')).bags
      if (!first) throw new Error('no bag on the list')
      const before = pulses(machine)
      await jam(first.compartment)
      await core.touch('officer.openNext')
      expect(await core.screen('staffDoorProblem')).toMatchObject({
        compartment: first.compartment,
        reason: 'doorJammed',
      })
      await core.touch('officer.continueAfterProblem')
      expect((await core.screen('emptyList')).bags).toContainEqual(first)
      expect(compartmentRow(machine, first.compartment).state).toBe('occupied')
      expect(pulses(machine)).toBe(before + 1)
      await jam(first.compartment, false)
      await core.touch('officer.openNext')
      await openDoor(machine, 'emptyDoor')
      taken.push(await machine.takeItem(first.compartment))
      await machine.hold(first.bagCode)
      await machine.closeDoor(first.compartment)
      await core.until(
        ({ screen }) => screen.name === 'emptyList' && screen.bags.length === 0,
        'an empty list',
      )
      await provinceGot(machine, 'compartmentEmptied', (body) => body.bagCode === first.bagCode)
      await signOut(machine)
    })

    it('serves the next citizen, and slips, doors and the province agree', async () => {
      await serveNext(machine)
      await expectTruths(machine, taken)
    })
  })
}
