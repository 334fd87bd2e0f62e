import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ReasonCode } from '../../src/contract/faults.ts'
import {
  depositUpToSlip,
  dossierRow,
  emptyEverything,
  expectTruths,
  fillInByHand,
  holdUntil,
  idleAndWell,
  messagesOf,
  openCover,
  paper,
  printed,
  pulses,
  type StockedResult,
  serviceIs,
  startBench,
  startPatienceMs,
  stockResults,
} from '../support/fault-bench.ts'
import { eventually, finish, openDoor } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'

interface PaperFault {
  readonly name: string
  readonly reason: ReasonCode
  begin(machine: Machine): Promise<void>
  end(machine: Machine): Promise<void>
  /** In the middle of the slip that is about to print. */
  during(machine: Machine): Promise<void>
}

const jam = (machine: Machine, on: boolean) => machine.printer.control.send('cutterJam', { on })
const hanging = async (machine: Machine) =>
  ((await machine.printer.control.send('state')) as { hangingRows: number }).hangingRows > 0

const faults: readonly PaperFault[] = [
  {
    name: 'paper out',
    reason: 'PAPER_OUT',
    begin: (machine) => paper(machine, 'out'),
    end: (machine) => paper(machine, 'ok'),
    during: async (machine) => {
      await machine.printer.control.send('paperOutAfter', { bands: 3 })
    },
  },
  {
    name: 'cover open',
    reason: 'COVER_OPEN',
    begin: (machine) => openCover(machine, true),
    end: (machine) => openCover(machine, false),
    during: async (machine) => {
      await machine.printer.control.send('slow', { on: true, bandMs: 30 })
      void eventually(() => hanging(machine))
        .then(() => openCover(machine, true))
        .then(() => machine.printer.control.send('slow', { on: false }))
    },
  },
]

export function paperFaults(): void {
  describe('the paper and the printer around it', { concurrent: false }, () => {
    let machine: Machine
    let result: StockedResult | undefined
    const taken: string[] = []
    beforeAll(async () => {
      machine = await startBench()
      const [first] = await stockResults(machine, 1)
      result = first
    }, startPatienceMs)
    afterAll(() => machine?.stop())
    afterEach(() => idleAndWell(machine))

    /** The screen keeps number and QR until the printer is back; then the slip comes out. */
    async function printAfterRepair(bag: string, fault: PaperFault, papers: number): Promise<void> {
      const { core } = machine
      const failed = await core.screen('slipFailed')
      const { intakeId } = dossierRow(machine, bag)
      expect(failed).toMatchObject({ slip: { intakeId, bagCode: bag } })
      expect(failed.slip.qr).toContain(intakeId)
      expect(dossierRow(machine, bag).state).toBe('deposited')
      expect(printed(machine)).toBe(papers)
      await eventually(async () =>
        (await machine.province.dossiers()).some((dossier) => dossier.intakeId === intakeId),
      )
      expect(await messagesOf(machine, intakeId)).toEqual(['dossierDeposited'])

      await fault.end(machine)
      await core.until(
        ({ screen }) => screen.name === 'slipFailed' && screen.canPrintAgain,
        'the printer to be back',
      )
      await core.touch('intake.printAgain')
      await core.screen('intakeDone')
      expect(printed(machine)).toBe(papers + 1)
      expect((await machine.slipQrs()).at(-1)).toBe(failed.slip.qr)
      expect(dossierRow(machine, bag).state).toBe('slipped')
      await eventually(async () => (await messagesOf(machine, intakeId)).includes('slipPrinted'))
    }

    describe.each(faults)('$name', (fault) => {
      it('at the idle screen: no intake, and its reason; results are handed out', async () => {
        const { core } = machine
        await fault.begin(machine)
        await serviceIs(machine, 'intake', false)
        const { services } = core.current()
        expect(services.find(({ service }) => service === 'intake')?.reasons).toEqual([
          fault.reason,
        ])
        await serviceIs(machine, 'collection', true)
        expect((await core.touch('session.start', { journey: 'intake' })).taken).toBe(false)
        if (result) {
          const { qr, compartment } = result
          result = undefined
          await machine.hold(qr)
          expect(await openDoor(machine, 'collectDoor')).toBe(compartment)
          await machine.takeItem(compartment)
          await machine.closeDoor(compartment)
          await core.screen('collectDone')
          await core.touch('collection.finish')
        }
        await fault.end(machine)
        await serviceIs(machine, 'intake', true)
      })

      it('before the slip: the bag is held, the slip comes when the printer is back', async () => {
        const bag = await fillInByHand(machine)
        const before = pulses(machine)
        const papers = printed(machine)
        await fault.begin(machine)
        await serviceIs(machine, 'intake', false)
        await depositUpToSlip(machine, bag)
        await printAfterRepair(bag, fault, papers)
        expect(pulses(machine)).toBe(before + 1)
        await finish(machine)
      })

      it('during the slip: half a slip is no slip', async () => {
        const bag = await fillInByHand(machine)
        const before = pulses(machine)
        const papers = printed(machine)
        await fault.during(machine)
        await depositUpToSlip(machine, bag)
        await printAfterRepair(bag, fault, papers)
        expect(pulses(machine)).toBe(before + 1)
        await finish(machine)
      })

      it('after the slip: the journey is done; the next intake waits for the printer', async () => {
        const { core } = machine
        const bag = await fillInByHand(machine)
        const papers = printed(machine)
        await depositUpToSlip(machine, bag)
        expect(await core.screen('intakeDone')).toMatchObject({ canAddBag: true })
        await fault.begin(machine)
        await core.until(
          ({ screen }) => screen.name === 'intakeDone' && !screen.canAddBag,
          'no other bag',
        )
        expect((await core.touch('intake.anotherBag')).taken).toBe(false)
        expect(printed(machine)).toBe(papers + 1)
        expect(dossierRow(machine, bag).state).toBe('slipped')
        await finish(machine)
        await fault.end(machine)
      })

      it('leaves an officer every bag, deposited', async () => {
        const list = await emptyEverything(machine)
        expect(list.map(({ state }) => state)).toEqual(['deposited', 'deposited', 'deposited'])
        taken.push(...list.map(({ bagCode }) => bagCode))
      })
    })

    it('a jammed cutter: the slip is not believed, and printed anew when the knife is free', async () => {
      const { core } = machine
      const bag = await fillInByHand(machine)
      const papers = printed(machine)
      await jam(machine, true)
      await depositUpToSlip(machine, bag)
      const failed = await core.screen('slipFailed')
      expect(failed.canPrintAgain).toBe(false)
      expect(dossierRow(machine, bag).state).toBe('deposited')
      await jam(machine, false)
      await core.until(
        ({ screen }) => screen.name === 'slipFailed' && screen.canPrintAgain,
        'the printer to be back',
      )
      await core.touch('intake.printAgain')
      await core.screen('intakeDone')
      expect(printed(machine)).toBe(papers + 1)
      expect((await machine.slipQrs()).at(-1)).toBe(failed.slip.qr)
      expect(dossierRow(machine, bag).state).toBe('slipped')
      await finish(machine)
    })

    it('walked away without a slip: the same bag at the reader brings it later', async () => {
      const { core } = machine
      const bag = await fillInByHand(machine)
      const before = pulses(machine)
      await paper(machine, 'out')
      await depositUpToSlip(machine, bag)
      await core.screen('slipFailed')
      await core.touch('intake.finish')
      await core.screen('intakeDone')
      await finish(machine)
      expect(await core.screen('idle')).toMatchObject({ hint: 'holdCardOrBag' })
      await paper(machine, 'ok')
      await idleAndWell(machine)
      const papers = printed(machine)
      await holdUntil(machine, bag, 'slipFailed')
      await core.touch('intake.printAgain')
      await core.screen('intakeDone')
      expect(printed(machine)).toBe(papers + 1)
      expect(dossierRow(machine, bag).state).toBe('slipped')
      expect(pulses(machine)).toBe(before + 1)
      await finish(machine)
      expect(await core.screen('idle')).toMatchObject({ hint: 'none' })
    })

    it('leaves slips, doors and the province in agreement', () => expectTruths(machine, taken))
  })
}
