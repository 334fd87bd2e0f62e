import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ScreenName } from '../../src/contract/screen.ts'
import {
  announceResult,
  collectionSms,
  depositUpToSlip,
  expectTruths,
  idleAndWell,
  pulses,
  secret,
  serviceIs,
  startBench,
  startPatienceMs,
  wireFault,
} from '../support/fault-bench.ts'
import {
  chooseProcedure,
  demoProcedure,
  eventually,
  finish,
  openDoor,
  signOut,
} from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'
import { cards } from '../support/people.ts'
import { demoOfficer } from '../support/province.ts'

export function readerFaults(): void {
  describe('faults of the reader', { concurrent: false }, () => {
    let machine: Machine
    const taken: string[] = []
    beforeAll(async () => {
      machine = await startBench()
    }, startPatienceMs)
    afterAll(() => machine?.stop())
    afterEach(() => idleAndWell(machine))

    const held = async (text: string) => {
      const { heard } = (await machine.reader.control.send('hold', { text })) as { heard: boolean }
      return heard
    }
    /** Holds a code that nobody reads; the screen stays. */
    async function unread(screen: ScreenName, text: string): Promise<void> {
      expect(await held(text)).toBe(false)
      expect(machine.core.current().screen.name).toBe(screen)
    }

    /** What happens at each step that reads, before the right code is held; the reader is well afterwards. */
    const faults: Readonly<Record<string, (screen: ScreenName, text: string) => Promise<void>>> = {
      silent: async (screen, text) => {
        await wireFault(machine, 'reader', 'silent', true)
        await unread(screen, text)
        await wireFault(machine, 'reader', 'silent', false)
      },
      'unplugged and plugged again': async (screen, text) => {
        await wireFault(machine, 'reader', 'unplugged', true)
        await serviceIs(machine, 'intake', false)
        await serviceIs(machine, 'collection', true)
        await unread(screen, text)
        if (screen === 'idle') {
          expect((await machine.core.touch('session.start', { journey: 'intake' })).taken).toBe(
            false,
          )
        }
        await wireFault(machine, 'reader', 'unplugged', false)
        await serviceIs(machine, 'intake', true)
      },
      noise: async (screen) => {
        await machine.reader.control.send('noise', { count: 20 })
        expect(machine.core.current().screen.name).toBe(screen)
      },
      'half a code': async (screen) => {
        await machine.reader.control.send('holdHalf', {
          text: 'x'.repeat(200),
          repeat: 3,
          everyMs: 20,
        })
        expect(machine.core.current().screen.name).toBe(screen)
      },
      // What the rest of a code may belong to is not guessed: a long code is not read at all.
      'late reports': async (screen, text) => {
        await machine.reader.control.send('fault', { fault: 'lateReply', on: true, delayMs: 150 })
        await held(text)
        if (text.length > 56) expect(machine.core.current().screen.name).toBe(screen)
        await wireFault(machine, 'reader', 'lateReply', false)
      },
    }

    it.each(Object.keys(faults))('%s at every step that reads', async (fault) => {
      const { core } = machine
      const at = async (screen: ScreenName, text: string) => {
        await core.screen(screen)
        await faults[fault]?.(screen, text)
        // A code is held until the machine has noticed: the first sight after half a code may be lost with it.
        const noticed = () => {
          const now = core.current().screen
          return now.name !== screen || (now.name === 'emptyDoor' && now.bagSettled)
        }
        await eventually(async () => {
          if (!noticed()) await held(text)
          return noticed()
        })
      }
      await idleAndWell(machine)
      const before = pulses(machine)
      await core.touch('session.start', { journey: 'intake' })
      await core.screen('notice')
      await core.touch('intake.acceptNotice')
      await at('identify', cards.an)
      await core.screen('identity')
      await core.touch('intake.confirmIdentity')
      await core.screen('relation')
      await core.touch('intake.chooseRelation', { relation: 'relative' })
      await at('owner', cards.binh)
      await core.screen('phone')
      await core.touch('intake.noPhone')
      await core.screen('secret')
      await core.type(secret)
      await core.until(({ screen }) => screen.name === 'secret' && screen.repeat, 'the second time')
      await core.type(secret)
      await chooseProcedure(machine, demoProcedure)
      const bag = machine.newBag()
      await at('bag', bag)
      await core.screen('summary')
      await depositUpToSlip(machine, bag)
      await core.screen('intakeDone')
      await finish(machine)

      const dossierCode = await announceResult(machine)
      await at('idle', demoOfficer.badge)
      await core.screen('staffPin')
      await core.type(demoOfficer.pin)
      await core.screen('staffMenu')
      await core.touch('officer.startStocking')
      await core.until(
        ({ screen }) =>
          screen.name === 'stockScan' &&
          screen.waiting.some((one) => one.dossierCode === dossierCode),
        'the result on the list',
      )
      await at('stockScan', dossierCode)
      const stocked = await openDoor(machine, 'stockDoor')
      await machine.putItem(stocked, `envelope of ${dossierCode}`)
      await machine.closeDoor(stocked)
      await core.until(
        ({ screen }) => screen.name === 'stockScan' && screen.lastStocked !== null,
        'the result to be stocked',
      )
      await core.touch('session.back')
      await core.screen('staffMenu')
      await core.touch('officer.startEmptying')
      await core.screen('emptyList')
      await core.touch('officer.openNext')
      const emptied = await openDoor(machine, 'emptyDoor')
      expect(await machine.takeItem(emptied)).toBe(bag)
      taken.push(bag)
      await at('emptyDoor', bag)
      await core.until(
        ({ screen }) => screen.name === 'emptyDoor' && screen.bagSettled,
        'the bag to be scanned',
      )
      await machine.closeDoor(emptied)
      await core.screen('emptyList')
      await signOut(machine)

      const { qr } = await collectionSms(machine, dossierCode)
      await core.touch('session.start', { journey: 'collection' })
      await at('collect', qr)
      expect(await openDoor(machine, 'collectDoor')).toBe(stocked)
      await machine.takeItem(stocked)
      await machine.closeDoor(stocked)
      await core.screen('collectDone')
      await core.touch('collection.finish')
      await core.screen('idle')
      expect(pulses(machine)).toBe(before + 4)
    })

    it('leaves slips, doors and the province in agreement', () => expectTruths(machine, taken))
  })
}
