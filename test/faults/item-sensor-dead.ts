import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  announceResult,
  atDoor,
  badgeIn,
  compartmentRow,
  dossierRow,
  emptyEverything,
  expectTruths,
  fillInByHand,
  idleAndWell,
  printed,
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
import { eventually, finish, openDeposit, openDoor, signOut } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'

export function itemSensorDead(): void {
  describe('an item sensor that is dead', { concurrent: false }, () => {
    let machine: Machine
    const taken: string[] = []
    beforeAll(async () => {
      machine = await startBench()
    }, startPatienceMs)
    afterAll(() => machine?.stop())
    afterEach(() => idleAndWell(machine))

    const stick = (compartment: number, stuck: 'present' | 'absent') =>
      atDoor(machine, 'sensorDead', compartment, { which: 'item', stuck })
    const heal = (compartment: number) =>
      atDoor(machine, 'sensorDead', compartment, { which: 'item', on: false })
    /** The province is told once each time. */
    const told = new Map<number, number>()
    async function faultOf(compartment: number): Promise<void> {
      const times = (told.get(compartment) ?? 0) + 1
      told.set(compartment, times)
      await eventually(async () => {
        const faults = (await machine.province.messages()).filter(
          ({ kind, bytes }) =>
            kind === 'fault' &&
            String(bytes).includes(`"compartment-${compartment}"`) &&
            String(bytes).includes('ITEM_SENSOR_SUSPECT'),
        )
        expect(faults.length).toBeLessThanOrEqual(times)
        return faults.length === times
      })
    }

    it('idle: a free compartment that seems full is told and not used', async () => {
      const { core } = machine
      const { freeCompartments } = await core.screen('idle')
      await stick(1, 'present')
      await core.until(
        ({ screen }) => screen.name === 'idle' && screen.freeCompartments === freeCompartments - 1,
        'one compartment less',
      )
      await faultOf(1)
      const before = pulses(machine)
      const bag = await serveNext(machine)
      expect(pulses(machine)).toBe(before + 1)
      expect(dossierRow(machine, bag).state).toBe('slipped')
      expect((await machine.doors()).find(({ items }) => items.includes(bag))?.compartment).toBe(2)
      await heal(1)
      await core.until(
        ({ screen }) => screen.name === 'idle' && screen.freeCompartments === freeCompartments - 1,
        'the compartment back, and the bag in another',
      )
    })

    it('idle: a bag that seems to vanish is an officer’s to look for', async () => {
      const { core } = machine
      const [held] = (await machine.doors()).filter(({ items }) => items.length > 0)
      if (!held) throw new Error('no bag inside')
      await stick(held.compartment, 'absent')
      await faultOf(held.compartment)
      await heal(held.compartment)
      await badgeIn(machine)
      await core.touch('officer.startEmptying')
      expect((await core.screen('emptyList')).bags).toEqual([
        { compartment: held.compartment, bagCode: held.items[0], state: 'suspect' },
      ])
      await signOut(machine)
      const list = await emptyEverything(machine)
      taken.push(...list.map(({ bagCode }) => bagCode))
    })

    describe('blind to the bag', () => {
      async function putInUnseen(): Promise<{ bag: string; compartment: number }> {
        const bag = await fillInByHand(machine)
        const compartment = await openDeposit(machine)
        await stick(compartment, 'absent')
        await machine.putItem(compartment, bag)
        await machine.closeDoor(compartment)
        expect(await machine.core.screen('depositMissing')).toEqual({
          name: 'depositMissing',
          compartment,
        })
        return { bag, compartment }
      }

      it('intake: the citizen’s word makes it an officer’s matter, not a deposit', async () => {
        const { core } = machine
        const papers = printed(machine)
        const before = pulses(machine)
        const { bag, compartment } = await putInUnseen()
        await core.touch('intake.answerMissing', { inside: true })
        const { intakeId } = await core.screen('intakeIncident')
        await core.until(
          ({ screen }) => screen.name === 'intakeIncident' && screen.notePrinted === 'printed',
          'the note',
        )
        expect(printed(machine)).toBe(papers + 1)
        expect((await machine.slipQrs()).at(-1)).toBe('')
        expect(dossierRow(machine, bag)).toMatchObject({
          state: 'unknown',
          reason: 'ITEM_SENSOR_SUSPECT',
        })
        await provinceGot(machine, 'dispute', (body) => body.intakeId === intakeId)
        expect(pulses(machine)).toBe(before + 1)
        await core.touch('intake.finish')
        await heal(compartment)
        await idleAndWell(machine)
        const list = await emptyEverything(machine)
        expect(list).toEqual([{ bagCode: bag, state: 'unknown' }])
        taken.push(bag)
      })

      it('intake: a bag left inside against the citizen’s word shows when the sensor is well', async () => {
        const { core } = machine
        const { bag, compartment } = await putInUnseen()
        await core.touch('intake.answerMissing', { inside: false })
        expect(await core.screen('intakeAbandoned')).toMatchObject({ reason: 'nothingInside' })
        expect(dossierRow(machine, bag).state).toBe('abandoned')
        await core.touch('intake.finish')
        await idleAndWell(machine)
        await heal(compartment)
        await faultOf(compartment)
        const next = await serveNext(machine)
        const doors = await machine.doors()
        expect(doors.find(({ items }) => items.includes(next))?.items).toEqual([next])
        await provinceKnowsAll(machine)
        expect((await machine.province.dossiers()).some((one) => one.bagCode === bag)).toBe(false)
      })

      it('stocking: no code for an envelope that was not seen; it stays on the list', async () => {
        const { core } = machine
        const dossierCode = await announceResult(machine)
        await badgeIn(machine)
        await core.touch('officer.startStocking')
        await core.until(
          ({ screen }) => screen.name === 'stockScan' && screen.waiting.length === 1,
          'the result on the list',
        )
        const before = pulses(machine)
        await machine.hold(dossierCode)
        const compartment = await openDoor(machine, 'stockDoor')
        await stick(compartment, 'absent')
        await machine.putItem(compartment, 'an envelope')
        await machine.closeDoor(compartment)
        const list = await core.screen('stockScan')
        expect(list).toMatchObject({ lastStocked: null, waiting: [{ dossierCode }] })
        expect(resultRow(machine, dossierCode).state).toBe('announced')
        expect(pulses(machine)).toBe(before + 1)
        // The sensor is well again: another door, and the envelope there is told.
        await heal(compartment)
        await faultOf(compartment)
        await machine.hold(dossierCode)
        const other = await openDoor(machine, 'stockDoor')
        expect(other).not.toBe(compartment)
        await machine.putItem(other, 'another envelope')
        await machine.closeDoor(other)
        await core.until(
          ({ screen }) => screen.name === 'stockScan' && screen.lastStocked !== null,
          'the result to be stocked',
        )
        await signOut(machine)
      })

      it('collection: an envelope that seems gone is taken; left inside, it shows when the sensor is well', async () => {
        const { core } = machine
        const [result] = await stockResults(machine, 1)
        if (!result) throw new Error('nothing stocked')
        await machine.hold(result.qr)
        await openDoor(machine, 'collectDoor')
        await stick(result.compartment, 'absent')
        await machine.closeDoor(result.compartment)
        await core.screen('collectDone')
        expect(rightState(machine, result.dossierCode)).toBe('consumed')
        await core.touch('collection.finish')
        await heal(result.compartment)
        await faultOf(result.compartment)
        await idleAndWell(machine)
      })
    })

    describe('seeing what is not there', () => {
      it('intake: held as far as the machine can know; the officer finds no bag and says so', async () => {
        const { core } = machine
        const bag = await fillInByHand(machine)
        const compartment = await openDeposit(machine)
        await stick(compartment, 'present')
        await machine.closeDoor(compartment)
        await core.screen('intakeDone')
        const { intakeId } = dossierRow(machine, bag)
        await finish(machine)
        await heal(compartment)
        await faultOf(compartment)

        await badgeIn(machine)
        await core.touch('officer.startEmptying')
        const listed = (await core.screen('emptyList')).bags
        expect(listed).toContainEqual({ compartment, bagCode: bag, state: 'suspect' })
        for (const { bagCode, compartment: door } of listed) {
          await core.screen('emptyList')
          await core.touch('officer.openNext')
          await core.until(
            ({ screen }) =>
              screen.name === 'emptyDoor' &&
              screen.bagCode === bagCode &&
              ['open', 'closeDoor'].includes(screen.door.step),
            'the open door',
          )
          if (bagCode === bag) await core.touch('officer.bagMissing')
          else {
            taken.push(await machine.takeItem(door))
            await machine.hold(bagCode)
          }
          await machine.closeDoor(door)
        }
        await core.until(
          ({ screen }) => screen.name === 'emptyList' && screen.bags.length === 0,
          'an empty list',
        )
        await provinceGot(machine, 'bagMissing', (body) => body.intakeId === intakeId)
        expect(dossierRow(machine, bag).state).toBe('disputed')
        taken.push(bag)
        await signOut(machine)
      })

      it('collection: taken, and seems to lie there: the right stands, three openings at most', async () => {
        const { core } = machine
        const [result] = await stockResults(machine, 1)
        if (!result) throw new Error('nothing stocked')
        const before = pulses(machine)
        await machine.hold(result.qr)
        await openDoor(machine, 'collectDoor')
        await stick(result.compartment, 'present')
        await machine.takeItem(result.compartment)
        await machine.closeDoor(result.compartment)
        expect(await core.screen('collectNotTaken')).toMatchObject({ reason: 'stillInside' })
        expect(rightState(machine, result.dossierCode)).toBe('valid')
        expect(compartmentRow(machine, result.compartment).state).toBe('stocked')
        expect(pulses(machine)).toBe(before + 1)
        await core.touch('collection.finish')
        await idleAndWell(machine)
        await heal(result.compartment)
        await faultOf(result.compartment)
        // Nothing lies there, and no door opens for nothing.
        await machine.hold(result.qr)
        expect((await core.screen('collectRefused')).refusal).toBe('outOfService')
        expect(pulses(machine)).toBe(before + 1)
        await core.touch('collection.finish')
      })

      it('emptying: taken and scanned, and seems to lie there: it stays on the list', async () => {
        const { core } = machine
        const bag = await serveNext(machine)
        await badgeIn(machine)
        await core.touch('officer.startEmptying')
        await core.screen('emptyList')
        await core.touch('officer.openNext')
        const compartment = await openDoor(machine, 'emptyDoor')
        await stick(compartment, 'present')
        await machine.takeItem(compartment)
        await machine.hold(bag)
        await machine.closeDoor(compartment)
        await core.until(({ screen }) => screen.name === 'emptyList', 'the list')
        expect((await core.screen('emptyList')).bags).toEqual([
          { compartment, bagCode: bag, state: 'suspect' },
        ])
        await faultOf(compartment)
        await heal(compartment)
        await core.touch('officer.openNext')
        await core.until(
          ({ screen }) => screen.name === 'emptyDoor' && screen.door.step === 'closeDoor',
          'the open door',
        )
        await machine.hold(bag)
        await machine.closeDoor(compartment)
        await core.until(
          ({ screen }) => screen.name === 'emptyList' && screen.bags.length === 0,
          'an empty list',
        )
        taken.push(bag)
        await signOut(machine)
      })
    })

    it('serves the next citizen, and slips, doors and the province agree', async () => {
      await serveNext(machine)
      await expectTruths(machine, taken)
    })
  })
}
