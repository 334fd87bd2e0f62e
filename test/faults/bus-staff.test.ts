import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  announceResult,
  badgeIn,
  blindness,
  checking,
  compartmentRow,
  idleAndWell,
  provinceGot,
  pulses,
  resultRow,
  serveNext,
  sight,
  startBench,
  wireFault,
} from '../support/fault-bench.ts'
import { openDoor, signOut } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'

const blinding = ['silent', 'wrongChecksum', 'lateReply', 'unplugged'] as const
const bearable = ['byteByByte', 'noise'] as const

describe('faults of the lock bus while an officer works', () => {
  let machine: Machine
  beforeAll(async () => {
    machine = await startBench()
  })
  afterAll(() => machine?.stop())

  describe('stocking', () => {
    beforeAll(async () => {
      await badgeIn(machine)
      await machine.core.touch('staff.startStocking')
    })
    afterAll(async () => {
      await signOut(machine)
      await idleAndWell(machine)
    })

    const announce = async (): Promise<string> => {
      const dossierCode = await announceResult(machine)
      await machine.core.until(
        ({ screen }) =>
          screen.name === 'stockScan' &&
          screen.waiting.some((one) => one.dossierCode === dossierCode),
        'the result on the list',
      )
      return dossierCode
    }
    const stocked = (dossierCode: string) =>
      machine.core.until(
        ({ screen }) =>
          screen.name === 'stockScan' && screen.lastStocked?.dossierCode === dossierCode,
        'the result to be stocked',
      )

    it.each(bearable)('%s changes nothing', async (fault) => {
      const dossierCode = await announce()
      const before = pulses(machine)
      await wireFault(machine, 'locker', fault, true)
      await machine.hold(dossierCode)
      const compartment = await openDoor(machine, 'stockDoor')
      await machine.putItem(compartment, `envelope of ${dossierCode}`)
      await machine.closeDoor(compartment)
      await stocked(dossierCode)
      await wireFault(machine, 'locker', fault, false)
      expect(pulses(machine)).toBe(before + 1)
      expect(compartmentRow(machine, compartment).state).toBe('stocked')
    })

    it.each(blinding)(
      '%s opens nothing unseen, and a door that was open is settled',
      async (fault) => {
        const { core } = machine
        const dossierCode = await announce()
        const before = pulses(machine)
        await wireFault(machine, 'locker', fault, true)
        await blindness(machine)
        await machine.hold(dossierCode)
        await core.until(
          ({ screen }) => screen.name === 'stockScan' && screen.problem === 'noFreeCompartment',
          'the refusal',
        )
        expect(pulses(machine)).toBe(before)
        await wireFault(machine, 'locker', fault, false)
        await sight(machine)

        await machine.hold(dossierCode)
        const compartment = await openDoor(machine, 'stockDoor')
        await wireFault(machine, 'locker', fault, true)
        await machine.putItem(compartment, `envelope of ${dossierCode}`)
        await checking(machine)
        await machine.closeDoor(compartment)
        await wireFault(machine, 'locker', fault, false)
        await stocked(dossierCode)
        expect(pulses(machine)).toBe(before + 1)
        expect(compartmentRow(machine, compartment).state).toBe('stocked')
        await provinceGot(machine, 'resultStocked', (body) => body.dossierCode === dossierCode)
      },
    )

    it.each(['silent', 'unplugged'] as const)(
      '%s for good: nobody gets a code for what nobody saw',
      async (fault) => {
        const { core } = machine
        const dossierCode = await announce()
        const before = pulses(machine)
        await machine.hold(dossierCode)
        const compartment = await openDoor(machine, 'stockDoor')
        await wireFault(machine, 'locker', fault, true)
        await machine.putItem(compartment, `envelope of ${dossierCode}`)
        expect(await core.screen('staffDoorProblem')).toMatchObject({
          compartment,
          reason: 'unknown',
        })
        expect(pulses(machine)).toBe(before + 1)
        expect(compartmentRow(machine, compartment).state).toBe('unknown')
        expect(resultRow(machine, dossierCode).state).toBe('assigned')
        await provinceGot(machine, 'fault', (body) => body.device === `compartment-${compartment}`)
        await wireFault(machine, 'locker', fault, false)
        await core.touch('staff.continueAfterProblem')
        await sight(machine)

        // It is still on the list: the same door again, and now it is seen.
        await core.until(
          ({ screen }) =>
            screen.name === 'stockScan' &&
            screen.waiting.some((one) => one.dossierCode === dossierCode),
          'the result on the list',
        )
        await machine.hold(dossierCode)
        await core.screen('stockDoor')
        expect(await openAgain(compartment)).toBe(compartment)
        await machine.closeDoor(compartment)
        await stocked(dossierCode)
        expect(pulses(machine)).toBe(before + 2)
        expect(compartmentRow(machine, compartment)).toEqual({ state: 'stocked', reason: null })
      },
    )

    /** The envelope lies inside already: the screen asks at once to close. */
    async function openAgain(compartment: number): Promise<number> {
      await machine.core.until(
        ({ screen }) => screen.name === 'stockDoor' && screen.door.step === 'closeDoor',
        'the door to be seen open again',
      )
      const { screen } = machine.core.current()
      return screen.name === 'stockDoor' ? screen.door.compartment : compartment * -1
    }
  })

  describe('emptying', () => {
    const bags: string[] = []
    /** So many citizens, then the officer. */
    async function fillAndBadgeIn(count: number): Promise<void> {
      for (let index = 0; index < count; index += 1) bags.push(await serveNext(machine))
      await badgeIn(machine)
      await machine.core.touch('staff.startEmptying')
    }
    beforeAll(() => fillAndBadgeIn(6))
    afterAll(async () => {
      await signOut(machine)
      await idleAndWell(machine)
    })

    const gone = (bag: string) =>
      machine.core.until(
        ({ screen }) =>
          screen.name === 'emptyList' && screen.bags.every(({ bagCode }) => bagCode !== bag),
        'the bag to leave the list',
      )
    async function open(): Promise<number> {
      await machine.core.screen('emptyList')
      await machine.core.touch('staff.openNext')
      return openDoor(machine, 'emptyDoor')
    }

    it.each(bearable)('%s changes nothing', async (fault) => {
      const before = pulses(machine)
      await wireFault(machine, 'locker', fault, true)
      const compartment = await open()
      const bag = await machine.takeItem(compartment)
      await machine.hold(bag)
      await machine.closeDoor(compartment)
      await gone(bag)
      await wireFault(machine, 'locker', fault, false)
      expect(pulses(machine)).toBe(before + 1)
      expect(compartmentRow(machine, compartment).state).toBe('empty')
    })

    it.each(blinding)(
      '%s opens nothing unseen, and a door that was open is settled',
      async (fault) => {
        const { core } = machine
        await core.screen('emptyList')
        const before = pulses(machine)
        await wireFault(machine, 'locker', fault, true)
        await blindness(machine)
        await core.touch('staff.openNext')
        const problem = await core.screen('staffDoorProblem')
        expect(problem.reason).toBe('doorJammed')
        expect(pulses(machine)).toBe(before)
        expect(compartmentRow(machine, problem.compartment).state).toBe('occupied')
        await core.touch('staff.continueAfterProblem')
        await wireFault(machine, 'locker', fault, false)
        await sight(machine)

        const compartment = await open()
        expect(compartment).toBe(problem.compartment)
        await wireFault(machine, 'locker', fault, true)
        const bag = await machine.takeItem(compartment)
        await checking(machine)
        await machine.closeDoor(compartment)
        await machine.hold(bag)
        await wireFault(machine, 'locker', fault, false)
        await gone(bag)
        expect(pulses(machine)).toBe(before + 1)
        await provinceGot(machine, 'compartmentEmptied', (body) => body.bagCode === bag)
      },
    )

    it('goes on after the next citizens', async () => {
      await signOut(machine)
      await fillAndBadgeIn(2)
      expect((await machine.core.screen('emptyList')).bags).toHaveLength(2)
    })

    it.each(['silent', 'unplugged'] as const)(
      '%s for good: the bag stays on the list until it is seen',
      async (fault) => {
        const { core } = machine
        const before = pulses(machine)
        const compartment = await open()
        await wireFault(machine, 'locker', fault, true)
        const bag = await machine.takeItem(compartment)
        await machine.hold(bag)
        await machine.closeDoor(compartment)
        expect(await core.screen('staffDoorProblem')).toMatchObject({
          compartment,
          reason: 'unknown',
        })
        await wireFault(machine, 'locker', fault, false)
        await core.touch('staff.continueAfterProblem')
        const { bags: listed } = await core.screen('emptyList')
        expect(listed).toContainEqual({ compartment, bagCode: bag, state: 'unknown' })
        expect(pulses(machine)).toBe(before + 1)
        await provinceGot(machine, 'fault', (body) => body.device === `compartment-${compartment}`)
        await sight(machine)

        await core.touch('staff.openNext')
        // Nothing is inside any more: the machine asks to close.
        await core.until(
          ({ screen }) => screen.name === 'emptyDoor' && screen.door.step === 'closeDoor',
          'the door to be seen open again',
        )
        await machine.hold(bag)
        await machine.closeDoor(compartment)
        await gone(bag)
        expect(compartmentRow(machine, compartment)).toEqual({ state: 'empty', reason: null })
      },
    )

    it('has accounted for every bag', async () => {
      const emptied = (await machine.province.messages()).filter(
        ({ kind }) => kind === 'compartmentEmptied',
      )
      expect(emptied).toHaveLength(bags.length)
      expect((await machine.doors()).slice(0, 8).flatMap(({ items }) => items)).toEqual([])
    })
  })
})
