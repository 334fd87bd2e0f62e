import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { databaseFileName } from '../../../src/main/store/connection.ts'
import { serveNext, startBench } from '../../support/fault-bench.ts'
import { type Machine, resumeMachine } from '../../support/machine.ts'
import { atLeast, atMost, type Figure, ratioOf, round, rounded } from '../figure.ts'
import type { Part } from '../part.ts'
import { summary } from '../series.ts'
import { citizenLap } from './citizen-lap.ts'
import { fillBacklog } from './fill-backlog.ts'

const dossiers = 5_000
/** Of the machine with nothing in its queue. */
const quietLaps = 200
/** Whole intakes, of which the wall holds only so many. */
const wholeIntakes = 3
const drainLimitSeconds = 600

/** A month's dossiers go to a real province while one citizen after another is served: how fast, and how slowly. */
export const measureBacklog: Part = async ({ progress }) => {
  const before = await startBench()
  let machine: Machine | undefined
  try {
    const quiet = await serve(before, (laps) => laps >= quietLaps)
    progress(`${quietLaps} citizens with an empty queue`)
    await before.core.stop()
    await fillBacklog(before, dossiers)
    progress(`${dossiers} dossiers wait`)
    const outbox = openOutbox(before)
    const startMs = performance.now()
    const after = await resumeMachine(before)
    machine = after
    const busy = await serve(after, () => outbox.waiting() === 0)
    const seconds = (performance.now() - startMs) / 1_000
    outbox.close()
    progress(`drained in ${seconds.toFixed(1)} s while ${busy.laps} citizens were served`)
    const held = (await after.province.dossiers()).length
    const expected = dossiers + 2 * wholeIntakes
    if (held !== expected) throw new Error(`${held} of ${expected} dossiers arrived`)
    return figureOf(quiet, busy, seconds)
  } finally {
    await machine?.core.stop()
    await before.stop()
  }
}

interface Served {
  readonly touches: readonly number[]
  readonly intakeSeconds: number
  readonly laps: number
}

/** Whole intakes first, then laps until it is enough; at least one. */
async function serve(machine: Machine, enough: (laps: number) => boolean): Promise<Served> {
  const beforeMs = performance.now()
  for (let count = 0; count < wholeIntakes; count += 1) await serveNext(machine)
  const intakeSeconds = (performance.now() - beforeMs) / 1_000 / wholeIntakes
  const touches: number[] = []
  let laps = 0
  do {
    touches.push(...(await citizenLap(machine)))
    laps += 1
  } while (!enough(laps))
  return { touches, intakeSeconds, laps }
}

function openOutbox(machine: Machine) {
  const file = join(machine.folder, 'kiosk', databaseFileName)
  const db = new Sqlite(file, { readonly: true })
  const waiting = db
    .prepare<[], number>("SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending')")
    .pluck()
  return { waiting: () => waiting.get() ?? 0, close: () => db.close() }
}

function figureOf(quiet: Served, busy: Served, seconds: number): Figure {
  const measured = summary(busy.touches)
  const raw = summary(quiet.touches)
  return {
    what: `a touch until the next screen is said, while ${dossiers} waiting dossiers are drained`,
    unit: 'ms',
    measured: rounded(measured),
    raw: { what: 'the same machine with an empty queue', ...rounded(raw) },
    ratio: ratioOf(measured, raw),
    aims: [
      atMost(`drained within ${drainLimitSeconds} s`, seconds, drainLimitSeconds),
      atMost('p95 of a touch ≤ 50 ms', measured.p95, 50),
      atLeast('≥ 50 dossiers a second meanwhile', dossiers / seconds, 50),
    ],
    more: {
      drainSeconds: round(seconds),
      dossiersPerSecond: round(dossiers / seconds),
      wholeIntakeSeconds: {
        draining: round(busy.intakeSeconds),
        before: round(quiet.intakeSeconds),
      },
    },
  }
}
