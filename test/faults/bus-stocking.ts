import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  announceResult,
  badgeIn,
  blindness,
  checking,
  compartmentRow,
  provinceGot,
  pulses,
  resultRow,
  sight,
  startBench,
  startPatienceMs,
  wireFault,
} from '../support/fault-bench.ts'
import { openDoor } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'

const blinding = ['silent', 'wrongChecksum', 'lateReply', 'unplugged'] as const
const bearable = ['byteByByte', 'noise'] as const

export function busStocking(): void {
  describe('faults of the lock bus while an officer is stocking', { concurrent: false }, () => {
    let machine: Machine
    beforeAll(async () => {
      machine = await startBench()
      await badgeIn(machine)
      await machine.core.touch('officer.startStocking')
    }, startPatienceMs)
    afterAll(() => machine?.stop())

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
        await core.touch('officer.continueAfterProblem')
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
}
