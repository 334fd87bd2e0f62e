import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  announceResult,
  atDoor,
  badgeIn,
  compartmentRow,
  depositUpToSlip,
  doorStep,
  dossierRow,
  expectTruths,
  fillInByHand,
  idleAndWell,
  provinceGot,
  pulsed,
  pulses,
  resultRow,
  rightState,
  serveNext,
  startBench,
  startPatienceMs,
  stockResults,
} from '../support/fault-bench.ts'
import { eventually, finish, openDeposit, openDoor, signOut } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'

export function doorSwitchDead(): void {
  describe('a door switch that is dead', { concurrent: false }, () => {
    let machine: Machine
    const taken: string[] = []
    beforeAll(async () => {
      machine = await startBench({ timeouts: { doorOpenMs: 700, doorCallMs: 700 } })
    }, startPatienceMs)
    afterAll(() => machine?.stop())
    afterEach(() => idleAndWell(machine))

    const stick = (compartment: number, stuck: 'open' | 'closed') =>
      atDoor(machine, 'sensorDead', compartment, { which: 'door', stuck })
    const heal = (compartment: number) =>
      atDoor(machine, 'sensorDead', compartment, { which: 'door', on: false })
    const faultOf = (compartment: number, reason: string) =>
      provinceGot(
        machine,
        'fault',
        (body) => body.device === `compartment-${compartment}` && body.reason === reason,
      )
    const reallyOpen = (compartment: number) =>
      eventually(async () =>
        (await machine.doors()).some((door) => door.compartment === compartment && door.open),
      )

    describe('always "open"', () => {
      it('idle: out of service at once, the others serve on', async () => {
        const { core } = machine
        const { freeCompartments } = await core.screen('idle')
        await stick(1, 'open')
        await core.until(
          ({ screen }) =>
            screen.name === 'idle' && screen.freeCompartments === freeCompartments - 1,
          'one compartment less',
        )
        expect(compartmentRow(machine, 1)).toEqual({
          state: 'suspect',
          reason: 'DOOR_OPENED_UNEXPECTEDLY',
        })
        await faultOf(1, 'DOOR_OPENED_UNEXPECTEDLY')
        await heal(1)
        // Only a person makes a suspect compartment free again.
        await serveNext(machine)
        expect(compartmentRow(machine, 1).state).toBe('suspect')
      })

      it('intake: no slip for a door that nobody saw closing', async () => {
        const { core } = machine
        const bag = await fillInByHand(machine)
        const before = pulses(machine)
        const compartment = await openDeposit(machine)
        await stick(compartment, 'open')
        await machine.putItem(compartment, bag)
        await doorStep(machine, 'closeDoor')
        await machine.closeDoor(compartment)
        const { intakeId } = await core.screen('intakeIncident')
        expect(pulses(machine)).toBe(before + 1)
        expect(dossierRow(machine, bag).state).toBe('unknown')
        await provinceGot(machine, 'dispute', (body) => body.intakeId === intakeId)
        await core.touch('intake.finish')

        // The officer takes it out: accounted for, and the door stays out of service.
        await badgeIn(machine)
        await core.touch('officer.startEmptying')
        for (const { bagCode, compartment: door } of (await core.screen('emptyList')).bags) {
          await core.screen('emptyList')
          await core.touch('officer.openNext')
          await core.until(
            ({ screen }) => screen.name === 'emptyDoor' && screen.bagCode === bagCode,
            'the door',
          )
          await reallyOpen(door)
          taken.push(await machine.takeItem(door))
          await machine.hold(bagCode)
          await machine.closeDoor(door)
          await core.until(
            ({ screen }) =>
              screen.name === 'emptyList' && screen.bags.every((one) => one.bagCode !== bagCode),
            'the bag to leave the list',
          )
        }
        expect(compartmentRow(machine, compartment)).toEqual({
          state: 'suspect',
          reason: 'DOOR_LEFT_OPEN',
        })
        await provinceGot(machine, 'compartmentEmptied', (body) => body.bagCode === bag)
        await signOut(machine)
        await heal(compartment)
      })

      it('collection: what is gone is taken, and the door goes out of service', async () => {
        const { core } = machine
        const [result] = await stockResults(machine, 1)
        if (!result) throw new Error('nothing stocked')
        await machine.hold(result.qr)
        await openDoor(machine, 'collectDoor')
        await stick(result.compartment, 'open')
        await machine.takeItem(result.compartment)
        await machine.closeDoor(result.compartment)
        await core.screen('collectDone')
        expect(rightState(machine, result.dossierCode)).toBe('consumed')
        expect(compartmentRow(machine, result.compartment).state).toBe('suspect')
        await core.touch('collection.finish')
        await heal(result.compartment)
      })

      it('stocking: no code', async () => {
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
        await stick(compartment, 'open')
        await machine.putItem(compartment, 'an envelope')
        await machine.closeDoor(compartment)
        expect(await core.screen('staffDoorProblem')).toMatchObject({
          compartment,
          reason: 'unknown',
        })
        expect(resultRow(machine, dossierCode).state).toBe('assigned')
        await heal(compartment)
        await core.touch('officer.continueAfterProblem')
        await machine.hold(dossierCode)
        await doorStep(machine, 'closeDoor')
        await machine.closeDoor(compartment)
        await core.until(
          ({ screen }) => screen.name === 'stockScan' && screen.lastStocked !== null,
          'the result to be stocked',
        )
        await signOut(machine)
      })
    })

    describe('always "closed"', () => {
      it('intake: a bag that is seen behind it is an officer’s matter, not a second door', async () => {
        const { core } = machine
        const bag = await fillInByHand(machine)
        const before = pulses(machine)
        const free = 2
        for (const door of [free]) await stick(door, 'closed')
        await core.touch('intake.confirmSummary')
        expect(await core.screen('depositDoor')).toMatchObject({ door: { compartment: free } })
        await reallyOpen(free)
        await machine.putItem(free, bag)
        const incident = await core.screen('intakeIncident')
        expect(incident.compartment).toBe(free)
        expect(pulses(machine)).toBe(before + 1)
        expect(dossierRow(machine, bag)).toMatchObject({
          state: 'unknown',
          reason: 'DOOR_NOT_OPENED',
        })
        await provinceGot(machine, 'dispute', (body) => body.intakeId === incident.intakeId)
        await machine.closeDoor(free)
        await core.touch('intake.finish')
        await idleAndWell(machine)

        // Emptying goes by the item sensor and the bag's code; the door stays out of service.
        await badgeIn(machine)
        await core.touch('officer.startEmptying')
        await core.screen('emptyList')
        await core.touch('officer.openNext')
        await reallyOpen(free)
        taken.push(await machine.takeItem(free))
        await machine.hold(bag)
        await core.until(
          ({ screen }) => screen.name === 'emptyList' && screen.bags.length === 0,
          'an empty list',
        )
        await machine.closeDoor(free)
        expect(compartmentRow(machine, free)).toEqual({
          state: 'suspect',
          reason: 'DOOR_NOT_OPENED',
        })
        await provinceGot(machine, 'compartmentEmptied', (body) => body.bagCode === bag)
        await signOut(machine)
        await heal(free)
      })

      it('intake: seen empty, the next door opens; the open one is out of service', async () => {
        const bag = await fillInByHand(machine)
        const before = pulses(machine)
        const free = 4
        await stick(free, 'closed')
        const compartment = await depositUpToSlip(machine, bag)
        expect(compartment).not.toBe(free)
        await machine.core.screen('intakeDone')
        await finish(machine)
        expect(pulses(machine)).toBe(before + 2)
        expect(compartmentRow(machine, free)).toEqual({
          state: 'suspect',
          reason: 'DOOR_NOT_OPENED',
        })
        await faultOf(free, 'DOOR_NOT_OPENED')
        await machine.closeDoor(free)
        await heal(free)
      })

      it('collection: what is seen gone is taken', async () => {
        const { core } = machine
        const [result] = await stockResults(machine, 1)
        if (!result) throw new Error('nothing stocked')
        const before = pulses(machine)
        await stick(result.compartment, 'closed')
        await machine.hold(result.qr)
        await pulsed(machine, before + 1)
        await reallyOpen(result.compartment)
        expect(await machine.takeItem(result.compartment)).toBe(result.envelope)
        await core.screen('collectDone')
        expect(rightState(machine, result.dossierCode)).toBe('consumed')
        expect(compartmentRow(machine, result.compartment).state).toBe('suspect')
        expect(pulses(machine)).toBe(before + 1)
        await provinceGot(machine, 'resultTaken', (body) => body.dossierCode === result.dossierCode)
        await machine.closeDoor(result.compartment)
        await core.touch('collection.finish')
        await heal(result.compartment)
      })
    })

    it('serves the next citizen, and slips, doors and the province agree', async () => {
      await serveNext(machine)
      await expectTruths(machine, taken)
    })
  })
}
