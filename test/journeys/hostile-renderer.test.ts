import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../../src/contract/contract.ts'
import type { ScreenName } from '../../src/contract/screen.ts'
import {
  announceResult,
  collectionSms,
  fillInByHand,
  idleAndWell,
  stockResults,
} from '../support/fault-bench.ts'
import { type HostedMachine, type Renderer, startHostedMachine } from '../support/hosted-machine.ts'
import { eventually, openDoor, signIn, signOut, stock } from '../support/journeys.ts'
import { demoOfficer } from '../support/province.ts'
import { createRobot } from '../support/robot.ts'
import { type HostileIntention, hostileIntentionAt } from './hostile/intentions.ts'
import { allPulses, openingsOnRecord, pulsesByDoor } from './hostile/openings.ts'
import { type Belongings, reachScreen } from './hostile/reach-screen.ts'

const seed = Number(process.env.HOSTILE_SEED ?? 20_260_302)

/** Screens at which somebody with a right to it is asked whether a door shall open. */
const mayOpenDoors: ReadonlySet<ScreenName> = new Set([
  'summary',
  'intakeDone',
  'collectNotTaken',
  'staffMenu',
  'emptyList',
])

const stages: readonly ScreenName[] = [
  'idle',
  'notice',
  'identify',
  'identifyTyped',
  'identity',
  'relation',
  'owner',
  'ownerTyped',
  'phone',
  'phoneCode',
  'phoneAgain',
  'secret',
  'procedures',
  'procedure',
  'papers',
  'scanOffer',
  'scanReview',
  'scanPage',
  'bag',
  'summary',
  'depositDoor',
  'depositMissing',
  'intakeAbandoned',
  'intakeDone',
  'collect',
  'collectTyped',
  'collectProof',
  'collectRefused',
  'collectDoor',
  'collectNotTaken',
  'collectDone',
  'staffPin',
  'staffMenu',
  'stockScan',
  'stockDoor',
  'emptyList',
  'emptyDoor',
]
const atOnce = 50
/** What was taken out cannot be taken out again. */
const burstsAt = (stage: ScreenName) => (stage === 'collectDone' ? 1 : 6)

describe(`a renderer in foreign hands (seed ${seed})`, () => {
  let machine: HostedMachine
  let hostile: Renderer
  let belongings: Belongings
  let coreId = ''
  let taken = 0

  beforeAll(async () => {
    machine = await startHostedMachine({
      scanner: true,
      timeouts: { doorOpenMs: 600_000, doorCallMs: 600_000 },
      limits: { staffOpeningsPerHour: 10_000, pinAttempts: 10, pinLockoutMs: 100 },
      lockerOptions: { openTimeoutMs: 1_000 },
    })
    const [open] = await stockResults(machine, 1)
    const needsProof = await announceResult(machine, { confirmed: false })
    await signIn(machine, demoOfficer.badge, demoOfficer.pin)
    await stock(machine, needsProof, 'envelope-proof')
    await signOut(machine)
    const forOfficer = await announceResult(machine)
    belongings = {
      qr: open?.qr ?? '',
      qrNeedingProof: (await collectionSms(machine, needsProof)).qr,
      toStock: [forOfficer],
    }
    coreId = machine.core.current().coreId
    hostile = machine.renderer()
    await hostile.until(() => true)
  }, 120_000)
  afterAll(async () => {
    hostile?.close()
    await machine?.stop()
  })

  /** One after the other without waiting: they arrive together. */
  function volley(intentions: readonly HostileIntention[]): Promise<readonly (Answer | Error)[]> {
    const { screenId } = hostile.current()
    const claimed = (screen: HostileIntention['screen']) =>
      screen === 'invented'
        ? 'x'.repeat(64)
        : screenId.replace(/\d+$/, (number) => String(Number(number) + screen))
    return Promise.all(
      intentions.map(({ path, input, screen }) =>
        hostile
          .say(path, isRecord(input) ? { screenId: claimed(screen), ...input } : input)
          .catch((error: Error) => error),
      ),
    )
  }

  /** What must hold whatever was said. */
  async function expectWellServed(): Promise<void> {
    expect(machine.core.deaths()).toBe(0)
    // The other one at the machine is answered, for the screen that it sees by then.
    await eventually(
      async () => (await machine.core.touch('session.setLanguage', { language: 'vi' })).taken,
    )
    expect(machine.core.current().coreId).toBe(coreId)
    // What is on record may still be on its way to the lock.
    await eventually(async () => {
      const openings = openingsOnRecord(machine)
      return [...pulsesByDoor(machine)].every(([door, pulses]) => openings.get(door) === pulses)
    })
    for (const [door, pulses] of pulsesByDoor(machine)) {
      expect(openingsOnRecord(machine).get(door) ?? 0, `pulses at door ${door}`).toBe(pulses)
    }
    const doors = await machine.doors()
    expect(doors.filter(({ open }) => open).length, 'doors open at once').toBeLessThanOrEqual(1)
  }

  /** What volleys have put out of service is an officer's to look at, as after any bad day. */
  async function makeRoom(): Promise<void> {
    await reachScreen(machine, 'idle', belongings)
    const { screen } = machine.core.current()
    if (screen.name === 'idle' && screen.freeCompartments === 0) await createRobot(machine).empty()
  }

  it.each(stages)('at %s', async (stage) => {
    const bursts = burstsAt(stage)
    const all = fc.sample(hostileIntentionAt(stage), {
      numRuns: bursts * atOnce,
      seed: seed + stages.indexOf(stage),
    })
    for (let burst = 0; burst < bursts; burst += 1) {
      if (stage.startsWith('intake') || stage.startsWith('deposit')) await makeRoom()
      await reachScreen(machine, stage, belongings)
      const before = allPulses(machine)
      const answers = await volley(all.slice(burst * atOnce, (burst + 1) * atOnce))
      for (const answer of answers) {
        if (answer instanceof Error) throw answer
        if (answer.taken) taken += 1
        expect(answer).toMatchObject(
          answer.taken ? { taken: true } : { taken: false, code: expect.any(String) },
        )
      }
      if (!mayOpenDoors.has(stage)) expect(allPulses(machine), 'pulses').toBe(before)
    }
    await expectWellServed()
  })

  it('was listened to, so that the volleys meant something', () => {
    console.log(taken)
    expect(taken).toBeGreaterThan(stages.length * 10)
  })

  it('sends no dossier whose bag was never inside', async () => {
    await reachScreen(machine, 'idle', belongings)
    const went = machine.lockerLog().filter(({ event }) => event === 'itemIn').length
    await eventually(async () => (await machine.province.dossiers()).length > 0)
    expect((await machine.province.dossiers()).length).toBeLessThanOrEqual(went)
  })

  it('gets one door for many confirmations, from two clients at once', async () => {
    await reachScreen(machine, 'idle', belongings)
    await idleAndWell(machine)
    await fillInByHand(machine)
    await hostile.screen('summary')
    const before = allPulses(machine)
    const confirm = (view: Renderer | HostedMachine['core']) => view.touch('intake.confirmSummary')
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => confirm(at % 2 === 0 ? hostile : machine.core)),
    )
    expect(answers.filter(({ taken }) => taken)).toHaveLength(1)
    const compartment = await openDoor(machine, 'depositDoor')
    expect(allPulses(machine)).toBe(before + 1)

    const leaving = await Promise.all(
      ['session.leave', 'session.back', 'intake.finish', 'session.start'].map((path) =>
        hostile.say(path, { screenId: hostile.current().screenId, journey: 'intake' }),
      ),
    )
    expect(leaving.filter(({ taken }) => taken)).toEqual([])
    expect(machine.core.current().screen).toMatchObject({
      name: 'depositDoor',
      door: { compartment, step: 'open' },
    })
    await reachScreen(machine, 'idle', belongings)
  })

  function isRecord(input: unknown): input is object {
    return typeof input === 'object' && input !== null && !Array.isArray(input)
  }
})
