import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  blindness,
  checking,
  compartmentRow,
  dossierRow,
  emptyEverything,
  expectTruths,
  fillInByHand,
  idleAndWell,
  messagesOf,
  printed,
  provinceGot,
  pulsed,
  pulses,
  sight,
  startBench,
  startPatienceMs,
  wireFault,
} from '../support/fault-bench.ts'
import { deposit, eventually, finish, openDeposit } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'

/** The machine loses sight of its doors under these, and keeps it under the others. */
const blinding = ['silent', 'wrongChecksum', 'lateReply', 'unplugged'] as const
const bearable = ['byteByByte', 'noise'] as const

export function busIntake(): void {
  describe('faults of the lock bus during an intake', { concurrent: false }, () => {
    let machine: Machine
    const taken: string[] = []
    beforeAll(async () => {
      machine = await startBench()
    }, startPatienceMs)
    afterAll(() => machine?.stop())
    afterEach(() => idleAndWell(machine))

    it.each(bearable)('%s changes nothing', async (fault) => {
      const bag = await fillInByHand(machine)
      const before = pulses(machine)
      await wireFault(machine, 'locker', fault, true)
      await deposit(machine, bag)
      await wireFault(machine, 'locker', fault, false)
      expect(pulses(machine)).toBe(before + 1)
      expect(dossierRow(machine, bag).state).toBe('slipped')
      await finish(machine)
    })

    describe.each(blinding)('%s', (fault) => {
      let seen: string
      let unseen: string

      it('opens no door that cannot be seen, and goes on when the doors are seen again', async () => {
        const { core } = machine
        const bag = await fillInByHand(machine)
        seen = bag
        const before = pulses(machine)
        await wireFault(machine, 'locker', fault, true)
        await blindness(machine)
        await core.touch('intake.confirmSummary')
        await core.until(
          ({ screen }) => screen.name === 'summary' && screen.problem === 'noFreeCompartment',
          'the refusal',
        )
        expect(pulses(machine)).toBe(before)

        await wireFault(machine, 'locker', fault, false)
        await sight(machine)
        const compartment = await openDeposit(machine)
        await wireFault(machine, 'locker', fault, true)
        await machine.putItem(compartment, bag)
        await checking(machine)
        await machine.closeDoor(compartment)
        expect(dossierRow(machine, bag).state).toBe('sealed')
        await wireFault(machine, 'locker', fault, false)
        await core.screen('intakeDone')
        expect(pulses(machine)).toBe(before + 1)
        expect(compartmentRow(machine, compartment).state).toBe('occupied')
        expect(dossierRow(machine, bag).state).toBe('slipped')
        await finish(machine)
      })

      it('leaves to an officer what nobody saw', async () => {
        const { core } = machine
        const bag = await fillInByHand(machine)
        unseen = bag
        const before = pulses(machine)
        const papers = printed(machine)
        await core.touch('intake.confirmSummary')
        // A cable that is pulled while the pulse is on its way may swallow it.
        if (fault === 'unplugged') await pulsed(machine, before + 1)
        await wireFault(machine, 'locker', fault, true)
        const { compartment, intakeId } = await core.screen('intakeIncident')
        await eventually(async () => printed(machine) === papers + 1)
        expect(pulses(machine)).toBe(before + 1)
        expect(dossierRow(machine, bag)).toMatchObject({ state: 'unknown', reason: 'BUS_SILENT' })
        expect(compartmentRow(machine, compartment).state).toBe('unknown')
        await provinceGot(machine, 'dispute', (body) => body.intakeId === intakeId)
        expect(await messagesOf(machine, intakeId)).toEqual(['dispute'])
        // The door stands open all the same, and no slip is given for what is put in now.
        await machine.putItem(compartment, bag)
        await machine.closeDoor(compartment)
        await core.touch('intake.finish')
        await core.screen('idle')
        await wireFault(machine, 'locker', fault, false)
      })

      it('shows an officer both bags for what they are, and gets the compartments back', async () => {
        const list = await emptyEverything(machine)
        expect(list).toContainEqual({ bagCode: seen, state: 'deposited' })
        expect(list).toContainEqual({ bagCode: unseen, state: 'unknown' })
        taken.push(...list.map(({ bagCode }) => bagCode))
        await provinceGot(machine, 'compartmentEmptied', (body) => body.bagCode === unseen)
      })
    })

    it('leaves slips, doors and the province in agreement', () => expectTruths(machine, taken))
  })
}
