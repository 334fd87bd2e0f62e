import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  blindness,
  checking,
  compartmentRow,
  holdUntil,
  idleAndWell,
  provinceGot,
  provinceKnowsAll,
  pulsed,
  pulses,
  rightState,
  type StockedResult,
  sight,
  startBench,
  startPatienceMs,
  stockResults,
  wireFault,
} from '../support/fault-bench.ts'
import { openDoor } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'

const blinding = ['silent', 'wrongChecksum', 'lateReply', 'unplugged'] as const
const bearable = ['byteByByte', 'noise'] as const

export function busCollection(): void {
  describe('faults of the lock bus during a collection', { concurrent: false }, () => {
    let machine: Machine
    let results: readonly StockedResult[]
    beforeAll(async () => {
      machine = await startBench()
      results = await stockResults(machine, 6)
    }, startPatienceMs)
    afterAll(() => machine?.stop())
    afterEach(() => idleAndWell(machine))

    const next = (): StockedResult => {
      const [first, ...rest] = results
      if (!first) throw new Error('stock more results')
      results = rest
      return first
    }

    async function expectTaken({ dossierCode, compartment }: StockedResult): Promise<void> {
      expect(rightState(machine, dossierCode)).toBe('consumed')
      expect(compartmentRow(machine, compartment)).toEqual({ state: 'empty', reason: null })
      await provinceGot(machine, 'resultTaken', (body) => body.dossierCode === dossierCode)
    }

    it.each(bearable)('%s changes nothing', async (fault) => {
      const result = next()
      const before = pulses(machine)
      await wireFault(machine, 'locker', fault, true)
      await machine.hold(result.qr)
      expect(await openDoor(machine, 'collectDoor')).toBe(result.compartment)
      expect(await machine.takeItem(result.compartment)).toBe(result.envelope)
      await machine.closeDoor(result.compartment)
      await machine.core.screen('collectDone')
      await wireFault(machine, 'locker', fault, false)
      expect(pulses(machine)).toBe(before + 1)
      await expectTaken(result)
      await machine.core.touch('collection.finish')
    })

    describe.each(blinding)('%s', (fault) => {
      it('opens no door that cannot be seen, and goes on when the doors are seen again', async () => {
        const { core } = machine
        const result = next()
        const before = pulses(machine)
        await wireFault(machine, 'locker', fault, true)
        await blindness(machine)
        await holdUntil(machine, result.qr, 'collectRefused')
        expect(core.current().screen).toMatchObject({ refusal: 'outOfService' })
        expect(pulses(machine)).toBe(before)
        expect(rightState(machine, result.dossierCode)).toBe('valid')
        await core.touch('collection.finish')
        await core.screen('idle')
        expect(await core.touch('session.start', { journey: 'collection' })).toMatchObject({
          taken: false,
        })

        await wireFault(machine, 'locker', fault, false)
        await sight(machine)
        await machine.hold(result.qr)
        await openDoor(machine, 'collectDoor')
        await wireFault(machine, 'locker', fault, true)
        await machine.takeItem(result.compartment)
        await checking(machine)
        await machine.closeDoor(result.compartment)
        expect(rightState(machine, result.dossierCode)).toBe('valid')
        await wireFault(machine, 'locker', fault, false)
        await core.screen('collectDone')
        expect(pulses(machine)).toBe(before + 1)
        await expectTaken(result)
        await core.touch('collection.finish')
      })
    })

    describe('for good', () => {
      beforeAll(async () => {
        results = await stockResults(machine, blinding.length)
      })

      it.each(blinding)('%s leaves to an officer what nobody saw', async (fault) => {
        const { core } = machine
        const result = next()
        const before = pulses(machine)
        await holdUntil(machine, result.qr, 'collectDoor')
        if (fault === 'unplugged') await pulsed(machine, before + 1)
        await wireFault(machine, 'locker', fault, true)
        const incident = await core.screen('collectIncident')
        expect(incident.compartment).toBe(result.compartment)
        expect(pulses(machine)).toBe(before + 1)
        expect(rightState(machine, result.dossierCode)).toBe('locked')
        expect(compartmentRow(machine, result.compartment)).toEqual({
          state: 'unknown',
          reason: 'BUS_SILENT',
        })
        await provinceGot(
          machine,
          'fault',
          (body) =>
            body.device === `compartment-${result.compartment}` && body.reason === 'BUS_SILENT',
        )
        await machine.closeDoor(result.compartment)
        await core.touch('collection.finish')
        await wireFault(machine, 'locker', fault, false)
        await idleAndWell(machine)

        // The same code again: only an officer may open that door now.
        await holdUntil(machine, result.qr, 'collectRefused')
        expect(core.current().screen).toMatchObject({ refusal: 'officerOnly' })
        expect(pulses(machine)).toBe(before + 1)
        await core.touch('collection.finish')
        await provinceKnowsAll(machine)
        expect(
          (await machine.province.messages()).filter(
            ({ kind, bytes }) =>
              kind === 'resultTaken' && String(bytes).includes(result.dossierCode),
          ),
        ).toEqual([])
      })
    })
  })
}
