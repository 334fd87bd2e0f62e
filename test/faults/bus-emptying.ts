import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  badgeIn,
  blindness,
  checking,
  compartmentRow,
  provinceGot,
  provinceKnowsAll,
  pulses,
  serveNext,
  sight,
  startBench,
  startPatienceMs,
  wireFault,
} from '../support/fault-bench.ts'
import { openDoor, signOut } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'

const blinding = ['silent', 'wrongChecksum', 'lateReply', 'unplugged'] as const
const bearable = ['byteByByte', 'noise'] as const

export function busEmptying(): void {
  describe('faults of the lock bus while an officer is emptying', { concurrent: false }, () => {
    let machine: Machine
    const bags: string[] = []
    /** So many citizens, then the officer. */
    async function fillAndBadgeIn(count: number): Promise<void> {
      for (let index = 0; index < count; index += 1) bags.push(await serveNext(machine))
      await badgeIn(machine)
      await machine.core.touch('officer.startEmptying')
    }
    beforeAll(async () => {
      machine = await startBench()
      await fillAndBadgeIn(6)
    }, startPatienceMs)
    afterAll(() => machine?.stop())

    const gone = (bag: string) =>
      machine.core.until(
        ({ screen }) =>
          screen.name === 'emptyList' && screen.bags.every(({ bagCode }) => bagCode !== bag),
        'the bag to leave the list',
      )
    async function open(): Promise<number> {
      await machine.core.screen('emptyList')
      await machine.core.touch('officer.openNext')
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
        await core.touch('officer.openNext')
        const problem = await core.screen('staffDoorProblem')
        expect(problem.reason).toBe('doorJammed')
        expect(pulses(machine)).toBe(before)
        expect(compartmentRow(machine, problem.compartment).state).toBe('occupied')
        await core.touch('officer.continueAfterProblem')
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
        await core.touch('officer.continueAfterProblem')
        const { bags: listed } = await core.screen('emptyList')
        expect(listed).toContainEqual({ compartment, bagCode: bag, state: 'unknown' })
        expect(pulses(machine)).toBe(before + 1)
        await provinceGot(machine, 'fault', (body) => body.device === `compartment-${compartment}`)
        await sight(machine)

        await core.touch('officer.openNext')
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
      await provinceKnowsAll(machine)
      const emptied = (await machine.province.messages()).filter(
        ({ kind }) => kind === 'compartmentEmptied',
      )
      expect(emptied).toHaveLength(bags.length)
      expect((await machine.doors()).slice(0, 8).flatMap(({ items }) => items)).toEqual([])
    })
  })
}
