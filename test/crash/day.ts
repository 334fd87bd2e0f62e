import { intakeIdOf, resultFor, smsTo } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'
import { phones } from '../support/people.ts'
import { createRobot } from '../support/robot.ts'
import type { Day } from './judge.ts'

let envelopes = 0

/** One dossier's whole way: handed in, emptied, accepted, stocked, collected. Ends at the idle screen. */
export async function liveOneDay(machine: Machine): Promise<Day> {
  const robot = createRobot(machine)
  const pulsesBefore = machine.lockerLog().filter(({ event }) => event === 'pulse').length
  const bag = machine.newBag()
  envelopes += 1
  const envelope = `envelope-${envelopes}`

  await robot.handIn(bag)
  const intakeId = await intakeIdOf(machine, bag)
  const dossierCode = await resultFor(machine, intakeId)
  await robot.stock(dossierCode, envelope)
  const sms = await smsTo(
    machine,
    phones.an,
    ({ text, qr }) => qr !== null && text.includes(dossierCode),
  )
  await robot.collect(sms.qr ?? '', envelope)
  await robot.empty()
  return { bags: [bag], envelopes: [envelope], pulsesBefore, asked: robot.asked() }
}
