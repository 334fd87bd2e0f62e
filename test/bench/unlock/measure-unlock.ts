import { join } from 'node:path'
import { splitPayload } from '../../../src/devices/simulators/reader/split-payload.ts'
import { startMachine } from '../../support/machine.ts'
import { atMost, type Figure, ratioOf, rounded } from '../figure.ts'
import type { Part } from '../part.ts'
import { summary } from '../series.ts'
import { collectAndLeave, nextPerson, stockedResult } from './collect-again.ts'
import { startEcho } from './start-echo.ts'

const openings = 250
const warmUps = 20
/**
 * A result lies behind a door; its QR is held again and again. Each time the right is checked and committed
 * and the door opens; it is closed with the result inside, so that the right stands for the next time.
 */
export const measureUnlock: Part = async ({ progress }) => {
  const machine = await startMachine()
  try {
    const result = await stockedResult(machine)
    const requestBytes = splitPayload(Buffer.from(result.qr)).length * 64
    const echo = await startEcho(join(machine.folder, 'echo'), requestBytes)
    try {
      const unlocks: number[] = []
      const echoes: number[] = []
      for (let count = -warmUps; count < openings; count += 1) {
        await nextPerson()
        const echoMs = await echo.exchange()
        const unlockMs = await collectAndLeave(machine, result)
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
