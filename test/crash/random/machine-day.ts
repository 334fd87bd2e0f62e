import { intakeIdOf, resultFor, smsTo } from '../../support/journeys.ts'
import type { Machine } from '../../support/machine.ts'
import { phones } from '../../support/people.ts'
import { createRobot } from '../../support/robot.ts'
import type { Day } from '../judge.ts'
import { isFirstStart } from '../kill-case.ts'
import { killCases } from '../kill-cases.ts'
import { chanceOf } from './chance.ts'

let envelopes = 0

/**
 * The same with everything real: processes, wires, network. The seed chooses people, effects and moments to die
 * at; real processes keep their own time, so a seed leads to much the same day and not to the very same one.
 */
export async function liveRandomDay(machine: Machine, seed: number): Promise<Day> {
  const chance = chanceOf(seed)
  const robot = createRobot(machine)
  const effects = killCases().filter((label) => !isFirstStart(label))
  const pulsesBefore = machine.lockerLog().filter(({ event }) => event === 'pulse').length
  const bags: string[] = []
  const placed: string[] = []

  /** Once a day at any moment: after three such crashes in a minute core would leave a device out. */
  let moments = 1
  let cancel = () => {}
  async function mayDie(): Promise<void> {
    // Whoever comes next finds nobody before them: an old "all is done" is not theirs.
    await machine.core.screen('idle')
    if (chance.happens(0.6)) machine.killAt(chance.pick(effects))
    if (moments === 0 || !chance.happens(0.5)) return
    moments -= 1
    const timer = setTimeout(() => machine.core.kill(), chance.between(50, 5_000))
    cancel = () => clearTimeout(timer)
  }
  /** While the province is down nothing reaches it; all of it comes when it is back. */
  async function maybeCutOff(work: () => Promise<void>): Promise<void> {
    const isDown = chance.happens(0.4)
    if (isDown) await machine.province.kill()
    try {
      await work()
    } finally {
      if (isDown) await machine.province.restart()
    }
  }

  try {
    for (let people = chance.between(1, 3); people > 0; people -= 1) {
      const bag = machine.newBag()
      await mayDie()
      const outcome = await robot.handIn(bag)
      bags.push(bag)
      if (outcome === 'incident' || !chance.happens(0.6)) continue

      const dossierCode = await resultFor(machine, await intakeIdOf(machine, bag))
      envelopes += 1
      const envelope = `envelope-of-day-${envelopes}`
      await mayDie()
      await robot.stock(dossierCode, envelope)
      const { qr } = await smsTo(
        machine,
        phones.an,
        (sms) => sms.qr !== null && sms.text.includes(dossierCode),
      )
      await mayDie()
      await maybeCutOff(() => robot.collect(qr ?? '', envelope))
      placed.push(envelope)
    }
    await mayDie()
    await maybeCutOff(() => robot.empty())
  } finally {
    cancel()
  }
  return { bags, envelopes: placed, pulsesBefore, asked: robot.asked() }
}
