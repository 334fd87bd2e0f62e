import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeBagCode } from '../../../src/main/domain/bag-code.ts'
import { cards, phones } from '../../support/people.ts'
import { demoKiosk, demoOfficer, demoOperator } from '../../support/province.ts'
import { chanceOf } from './chance.ts'
import { makeFastFolder } from './fast-folder.ts'
import { type Evidence, judgeRun } from './judge-run.ts'
import { type LightCore, startLightCore } from './light-core.ts'
import { startLightProvince } from './light-province.ts'
import { machineParts, technician } from './machine-parts.ts'
import { mayTouch } from './may-touch.ts'
import type { Network } from './network.ts'
import {
  collects,
  empties,
  type Hands,
  handsIn,
  looks,
  operates,
  type Person,
  stocks,
} from './people.ts'
import { createRunClock } from './run-clock.ts'
import { createTrouble } from './trouble.ts'
import { createTurns } from './turns.ts'
import { createWall } from './wall.ts'

/** What one run was like; two runs of one seed are the same to the letter. */
export interface Run {
  readonly trace: readonly string[]
  readonly kills: number
  readonly dossiers: number
  /** What the judge found wrong; empty when all is well. */
  readonly verdict: readonly string[]
}

/** A Monday morning in Vietnam. */
const startsAt = '2026-03-02T01:00:00.000Z'
const stepsOfPerson = 60
const mostKills = 6
const idleWaits = 40
const citizens = [
  { card: cards.an, phone: phones.an },
  { card: cards.binh, phone: phones.binh },
] as const

/**
 * A day at one machine as the seed has it: several people in turn, trouble with devices and network, and core
 * killed at effects and at moments. At the end all trouble is over, an officer empties, and the judge looks.
 */
export async function runSeed(seed: number): Promise<Run> {
  const chance = chanceOf(seed)
  const deaths = chance.fork()
  const moods = chance.fork()
  const trace: string[] = []
  const folder = makeFastFolder('random-run')
  const turns = createTurns()
  const clock = createRunClock(startsAt, turns)
  const note = (line: string) => void trace.push(`${Math.round(clock.monotonicMs())} ${line}`)
  const parts = await machineParts()
  const province = await startLightProvince(clock.now)
  const config = {
    ...parts.config,
    province: { ...parts.config.province, ...province.published, url: province.url },
  }
  const wall = createWall(config.compartments, clock)
  const network: Network = { cut: false, badShare: 0.05 }
  const trouble = createTrouble({ wall, network, clock, chance: chance.fork(), note })
  const lines = chance.fork()

  let kills = 0
  let starts = 0
  let mayDie = true
  let core: LightCore

  async function startCore(from: string, mayResumeScreen: boolean): Promise<LightCore> {
    starts += 1
    let left =
      mayDie && kills < mostKills && deaths.happens(0.6) ? deaths.between(1, 150) : Infinity
    return startLightCore({
      ...parts,
      ...{ config, clock, turns, wall, network, mayResumeScreen },
      token: demoKiosk.token,
      chance: lines,
      folder: from,
      coreId: `core-${starts}`,
      onEffect(label) {
        if (mayDie) left -= 1
        note(left === 0 ? `KILLED ${label}` : label)
        if (left !== 0 || !mayDie) return false
        kills += 1
        return true
      },
    })
  }

  /** Time passes; a core that has died meanwhile is started again. */
  async function pass(ms: number): Promise<void> {
    await clock.advance(ms)
    while (!core.isAlive()) {
      await core.bury()
      const wasOff = deaths.happens(0.2)
      const awayMs = wasOff ? deaths.between(40_000, 600_000) : deaths.between(700, 3_000)
      note(`core is away for ${awayMs} ms`)
      await clock.advance(awayMs)
      core = await startCore(core.leftIn, !wasOff)
    }
  }

  function killSoon(): void {
    if (kills >= mostKills || !deaths.happens(0.2)) return
    clock.setTimer(deaths.between(0, 45_000), () => {
      if (!mayDie || !core.isAlive() || kills >= mostKills) return
      kills += 1
      note('KILLED at a moment')
      core.kill()
    })
  }

  function touch(path: string, input: Readonly<Record<string, unknown>> = {}): boolean {
    if (!core.isAlive()) return false
    const { session } = core.kiosk
    const snapshot = session.current()
    const taken =
      mayTouch(path, snapshot) &&
      session.intend(path, { ...input, screenId: snapshot.screenId }).taken
    note(`${taken ? 'touch' : 'in vain'} ${path} on ${snapshot.screen.name}`)
    return taken
  }

  /** A PIN is checked in a thread of its own: nothing else happens until it is known. */
  let pinBeingChecked = false
  async function pinChecked(): Promise<void> {
    if (!pinBeingChecked) return
    pinBeingChecked = false
    for (;;) {
      const { screen } = core.kiosk.session.current()
      if (screen.name !== 'staffPin' || screen.problem !== null) return
      await new Promise<void>((done) => setImmediate(done))
    }
  }

  const hands: Hands = {
    wall,
    chance: moods,
    touch,
    type(value) {
      touch('input.set', { value })
      const onPin = core.kiosk.session.current().screen.name === 'staffPin'
      const taken = touch('input.submit')
      pinBeingChecked = onPin && taken
    },
    hold: (text) => note(`hold ${core.devices.hold(text) ? 'read' : 'not read'}`),
    async phoneCode(phone) {
      const codes = (await province.sms(phone)).map(({ text }) => /\b\d{6}\b/.exec(text)?.[0])
      return codes.filter((code) => code !== undefined).at(-1)
    },
  }

  async function untilIdle(): Promise<boolean> {
    for (let waits = 0; waits < idleWaits; waits += 1) {
      if (core.kiosk.session.current().screen.name === 'idle') return true
      await pass(20_000)
      if (moods.happens(0.3)) closeDoors()
    }
    return false
  }

  function closeDoors(): void {
    for (const { open, compartment } of wall.doors) if (open) wall.close(compartment)
  }

  async function visit(person: Person, steps = stepsOfPerson): Promise<boolean> {
    if (!(await untilIdle())) return false
    note(`-- somebody ${person.what}`)
    wall.forbids = (compartment) => person.forbids(wall.door(compartment))
    for (let step = 0; step < steps; step += 1) {
      if (core.isAlive()) {
        if (mayDie && moods.happens(0.012)) {
          note('walks away')
          return false
        }
        if (mayDie && moods.happens(0.02)) await pass(moods.between(5_000, 180_000))
        if (mayDie && moods.happens(0.01)) hands.hold('not a code that anybody knows')
        if (core.isAlive()) {
          const done = await person.step(core.kiosk.session.current())
          await pinChecked()
          if (done === 'done') {
            note('is done')
            return true
          }
        }
      }
      await pass(moods.between(60, 1_500))
    }
    return false
  }

  const bags: string[] = []
  const envelopes = new Map<string, { readonly phone: string; code: string; placed: boolean }>()
  const finished = new Set<string>()

  async function nextPerson(): Promise<Person> {
    const open = (await province.dossiers()).filter(({ intakeId }) => !finished.has(intakeId))
    for (const { intakeId, bagCode } of open) {
      if (!moods.happens(0.6)) continue
      finished.add(intakeId)
      const code = await province.finish(intakeId)
      if (core.isAlive()) core.askProvince()
      const { phone } = citizens[bags.indexOf(bagCode) % 2] ?? citizens[0]
      if (code !== undefined)
        envelopes.set(`ENVELOPE-${envelopes.size + 1}`, { phone, code, placed: false })
    }
    const waiting = [...envelopes].filter(([, { placed }]) => !placed)
    const here = [...envelopes].filter(([envelope]) => wall.placeOf(envelope) !== undefined)
    const what = moods.pick([
      ...Array(6).fill('handsIn'),
      ...['empties', 'looks', 'operates'],
      ...waiting.flatMap(() => ['stocks', 'stocks']),
      ...here.flatMap(() => ['collects', 'collects']),
    ])
    switch (what) {
      case 'stocks': {
        const [envelope, entry] = moods.pick(waiting)
        entry.placed = true
        return stocks(hands, demoOfficer, entry.code, envelope)
      }
      case 'collects': {
        const [envelope, { phone, code }] = moods.pick(here)
        const sms = (await province.sms(phone)).filter(({ text, qr }) => qr && text.includes(code))
        return collects(hands, sms.at(-1)?.qr ?? 'no message has come', envelope)
      }
      case 'empties':
        return empties(hands, demoOfficer)
      case 'looks':
        return looks(hands, technician)
      case 'operates':
        return operates(hands, demoOperator)
      default: {
        const bag = makeBagCode('TUI', bags.length + 1)
        bags.push(bag)
        return handsIn(hands, citizens[(bags.length - 1) % 2] ?? citizens[0], bag)
      }
    }
  }

  try {
    core = await startCore(join(folder, 'core'), false)
    await pass(2_000)
    for (let people = moods.between(3, 8); people > 0; people -= 1) {
      trouble.mayBegin()
      killSoon()
      await visit(await nextPerson())
      if (moods.happens(0.7)) closeDoors()
      await pass(moods.between(500, 30_000))
    }
    // Whatever was the matter is over: now all must come right by itself, and by an officer's round.
    note('-- all trouble is over')
    mayDie = false
    trouble.end()
    closeDoors()
    await pass(300_000)
    for (let rounds = 0; rounds < 3; rounds += 1) {
      await visit(empties(hands, demoOfficer), 200)
      closeDoors()
      await pass(60_000)
    }
    for (let waits = 0; waits < 60; waits += 1) {
      const { pending, sending } = core.store.outbox.counts()
      if (pending + sending === 0) break
      await pass(30_000)
    }
    await core.end()
    const evidence: Evidence = {
      folder: core.leftIn.replace(/-then$/, ''),
      wholeFolder: folder,
      wall,
      bags,
      keys: parts.keys,
      dossiers: await province.dossiers(),
      messages: await province.messages(),
      secrets: [
        ...(await province.sms(phones.an)).flatMap(({ qr }) => qr ?? []),
        ...(await province.sms(phones.binh)).flatMap(({ qr }) => qr ?? []),
      ],
    }
    const verdict = await judgeRun(evidence)
    return { trace, kills, dossiers: evidence.dossiers.length, verdict }
  } finally {
    await province.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
