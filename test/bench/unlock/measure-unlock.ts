import { join } from 'node:path'
import { splitPayload } from '../../../src/devices/simulators/reader/split-payload.ts'
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
import { type Machine, startMachine } from '../../support/machine.ts'
import { phones } from '../../support/people.ts'
import { demoOfficer } from '../../support/province.ts'
import { atMost, type Figure, ratioOf, rounded } from '../figure.ts'
import type { Part } from '../part.ts'
import { summary } from '../series.ts'
import { startEcho } from './start-echo.ts'

const openings = 250
const warmUps = 20
/** The driver's own pause between two pulses must not be measured: nobody comes so soon after another. */
const pauseBetweenMs = 550
const pauseSpreadMs = 400

/**
 * A result lies behind a door; its QR is held again and again. Each time the right is checked and committed
 * and the door opens; it is closed with the result inside, so that the right stands for the next time.
 */
export const measureUnlock: Part = async ({ progress }) => {
  const machine = await startMachine()
  try {
    const { qr, compartment } = await stockedResult(machine)
    const requestBytes = splitPayload(Buffer.from(qr)).length * 64
    const echo = await startEcho(join(machine.folder, 'echo'), requestBytes)
    try {
      const unlocks: number[] = []
      const echoes: number[] = []
      for (let count = -warmUps; count < openings; count += 1) {
        // Someone comes at any moment of the driver's polls.
        await pause(pauseBetweenMs + Math.random() * pauseSpreadMs)
        const echoMs = await echo.exchange()
        const unlockMs = await collectAndLeave(machine, qr, compartment)
        if (count < 0) continue
        echoes.push(echoMs)
        unlocks.push(unlockMs)
        if ((count + 1) % 50 === 0) progress(`${count + 1} of ${openings} openings`)
      }
      return figureOf(unlocks, echoes)
    } finally {
      await echo.stop()
    }
  } finally {
    await machine.stop()
  }
}

function figureOf(unlocks: readonly number[], echoes: readonly number[]): Figure {
  const measured = summary(unlocks)
  const raw = summary(echoes)
  return {
    what: 'first report of the QR out of the reader until the unlock frame at the lock board',
    unit: 'ms',
    measured: rounded(measured),
    raw: { what: 'serial port echo of as many bytes over a PTY', ...rounded(raw) },
    ratio: ratioOf(measured, raw),
    aims: [
      atMost('p99 ≤ 20 ms', measured.p99, 20),
      atMost('p99 ≤ 4 × echo', measured.p99 / raw.p99, 4),
    ],
  }
}

async function stockedResult(machine: Machine): Promise<{ qr: string; compartment: number }> {
  const { intakeId } = await intake(machine)
  await finish(machine)
  const dossierCode = await resultFor(machine, intakeId)
  await signIn(machine, demoOfficer.badge, demoOfficer.pin)
  const compartment = await stock(machine, dossierCode, 'envelope')
  await signOut(machine)
  const sms = await smsTo(machine, phones.an, ({ qr }) => qr !== null)
  return { qr: sms.qr ?? '', compartment }
}

/** Milliseconds from the reader's bytes to the unlock frame. */
async function collectAndLeave(machine: Machine, qr: string, compartment: number): Promise<number> {
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

const pause = (delayMs: number) => new Promise((resolve) => setTimeout(resolve, delayMs))
