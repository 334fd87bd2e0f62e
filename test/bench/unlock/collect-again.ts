import {
  finish,
  intake,
  openDoor,
  resultFor,
  signIn,
  signOut,
  smsTo,
  stock,
} from '../../support/journeys.ts'
import type { Machine } from '../../support/machine.ts'
import { phones } from '../../support/people.ts'
import { demoOfficer } from '../../support/province.ts'

/** The driver's own pause between two pulses must not be measured: nobody comes so soon after another. */
const pauseBetweenMs = 550
const pauseSpreadMs = 400

export interface StockedResult {
  readonly qr: string
  readonly compartment: number
}

/** Hands in a dossier and stocks its result; the QR is what its SMS brings. */
export async function stockedResult(machine: Machine): Promise<StockedResult> {
  const { intakeId } = await intake(machine)
  await finish(machine)
  const dossierCode = await resultFor(machine, intakeId)
  await signIn(machine, demoOfficer.badge, demoOfficer.pin)
  const compartment = await stock(machine, dossierCode, 'envelope')
  await signOut(machine)
  const sms = await smsTo(machine, phones.an, ({ qr }) => qr !== null)
  return { qr: sms.qr ?? '', compartment }
}

/** Someone comes at any moment of the driver's polls. */
export function nextPerson(): Promise<void> {
  const delayMs = pauseBetweenMs + Math.random() * pauseSpreadMs
  return new Promise((resolve) => setTimeout(resolve, delayMs))
}

/**
 * Holds the QR and closes the door with the result inside, so that the right stands for the next time.
 * @returns milliseconds from the reader's bytes to the unlock frame
 */
export async function collectAndLeave(
  machine: Machine,
  { qr, compartment }: StockedResult,
): Promise<number> {
  const { core } = machine
  const { sentAtMs } = (await machine.reader.control.send('hold', { text: qr })) as {
    sentAtMs: number
  }
  await openDoor(machine, 'collectDoor')
  const pulse = machine.lockerLog().findLast(({ event }) => event === 'pulse')
  await machine.closeDoor(compartment)
  await core.screen('collectNotTaken')
  await core.touch('collection.finish')
  await core.screen('idle')
  return Number(pulse?.receivedAtMs) - sentAtMs
}
