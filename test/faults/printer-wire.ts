import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  depositUpToSlip,
  dossierRow,
  emptyEverything,
  expectTruths,
  fillInByHand,
  idleAndWell,
  messagesOf,
  printed,
  pulses,
  serviceIs,
  startBench,
  startPatienceMs,
  wireFault,
} from '../support/fault-bench.ts'
import { eventually, finish } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'

/** The printer cannot be understood under these, and can under the others. */
const silencing = ['silent', 'wrongChecksum', 'unplugged'] as const
const bearable = ['byteByByte', 'lateReply'] as const

export function printerWire(): void {
  describe("faults of the printer's wire", { concurrent: false }, () => {
    let machine: Machine
    const taken: string[] = []
    beforeAll(async () => {
      machine = await startBench()
    }, startPatienceMs)
    afterAll(() => machine?.stop())
    afterEach(() => idleAndWell(machine))

    it.each(bearable)('%s: the slip comes out and is believed', async (fault) => {
      const bag = await fillInByHand(machine)
      const papers = printed(machine)
      // Late, and well within the driver's patience: how busy this machine is must not decide.
      await wireFault(machine, 'printer', fault, true, { delayMs: fault === 'lateReply' ? 100 : 3 })
      await depositUpToSlip(machine, bag)
      await machine.core.screen('intakeDone')
      await wireFault(machine, 'printer', fault, false)
      expect(printed(machine)).toBe(papers + 1)
      expect(dossierRow(machine, bag).state).toBe('slipped')
      await finish(machine)
    })

    /** ESC/POS has no checksum: noise may hide the proof or look like a fault. It may never make a slip untrue. */
    it('noise: the slip comes out once, and is believed or asked for again', async () => {
      const { core } = machine
      const bag = await fillInByHand(machine)
      const papers = printed(machine)
      await wireFault(machine, 'printer', 'noise', true)
      await depositUpToSlip(machine, bag)
      await core.until(
        ({ screen }) => screen.name === 'intakeDone' || screen.name === 'slipFailed',
        'an end of the slip',
      )
      await wireFault(machine, 'printer', 'noise', false)
      if (core.current().screen.name === 'slipFailed') {
        expect(dossierRow(machine, bag).state).toBe('deposited')
        expect(printed(machine)).toBeLessThanOrEqual(papers + 1)
        await core.until(
          ({ screen }) => screen.name === 'slipFailed' && screen.canPrintAgain,
          'the printer to be back',
        )
        await core.touch('intake.printAgain')
        await core.screen('intakeDone')
      } else expect(printed(machine)).toBe(papers + 1)
      expect(printed(machine)).toBeGreaterThan(papers)
      expect(dossierRow(machine, bag).state).toBe('slipped')
      await finish(machine)
    })

    describe.each(silencing)('%s', (fault) => {
      it('before an intake: none is begun, and collection goes on', async () => {
        const { core } = machine
        await wireFault(machine, 'printer', fault, true)
        await serviceIs(machine, 'intake', false)
        await serviceIs(machine, 'collection', true)
        expect(await core.touch('session.start', { journey: 'intake' })).toMatchObject({
          taken: false,
          code: 'NOT_HERE',
        })
        expect(core.current().screen.name).toBe('idle')
        await wireFault(machine, 'printer', fault, false)
        await serviceIs(machine, 'intake', true)
      })

      it('while the slip prints: held all the same, said so, and printed again on request', async () => {
        const { core } = machine
        const bag = await fillInByHand(machine)
        const before = pulses(machine)
        const papers = printed(machine)
        await machine.printer.control.send('slow', { on: true, bandMs: 30 })
        await depositUpToSlip(machine, bag)
        await core.screen('slipPrinting')
        await eventually(async () => rowsHanging(await printerState()) > 0)
        await wireFault(machine, 'printer', fault, true)
        const failed = await core.screen('slipFailed')
        const { intakeId, state } = dossierRow(machine, bag)
        expect(failed.slip.intakeId).toBe(intakeId)
        expect(failed.slip.qr).toContain(intakeId)
        expect(state).toBe('deposited')
        await eventually(async () =>
          (await machine.province.dossiers()).some((dossier) => dossier.intakeId === intakeId),
        )
        expect(await messagesOf(machine, intakeId)).toEqual(['dossierDeposited'])

        await machine.printer.control.send('slow', { on: false })
        await wireFault(machine, 'printer', fault, false)
        await core.until(
          ({ screen }) => screen.name === 'slipFailed' && screen.canPrintAgain,
          'the printer to be back',
        )
        await core.touch('intake.printAgain')
        await core.screen('intakeDone')
        expect(dossierRow(machine, bag).state).toBe('slipped')
        // What was on its way when the wire failed may have come out as well: the same dossier, marked a copy.
        expect(printed(machine)).toBeGreaterThan(papers)
        expect(printed(machine)).toBeLessThanOrEqual(papers + 2)
        expect(pulses(machine)).toBe(before + 1)
        await eventually(async () => (await messagesOf(machine, intakeId)).includes('slipPrinted'))
        await finish(machine)
      })
    })

    it('leaves slips, doors and the province in agreement', async () => {
      await expectTruths(machine, taken)
      const list = await emptyEverything(machine)
      expect(list.every(({ state }) => state === 'deposited')).toBe(true)
    })

    const printerState = () => machine.printer.control.send('state')
    const rowsHanging = (state: unknown) => (state as { hangingRows: number }).hangingRows
  })
}
