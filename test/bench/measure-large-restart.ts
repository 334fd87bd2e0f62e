import { join } from 'node:path'
import { databaseFileName } from '../../src/main/store/connection.ts'
import { type CoreClient, startCore } from '../support/core-client.ts'
import { coreEntry, type Machine, startMachine } from '../support/machine.ts'
import { atMost, ratioOf, rounded } from './figure.ts'
import type { Part } from './part.ts'
import { fillWithPast } from './past-dossiers.ts'
import { summary } from './series.ts'

const dossiers = 100_000
const starts = 12

/** From core's process to its idle screen, with all the dossiers that a busy office may leave in years. */
export const measureLargeRestart: Part = async ({ progress }) => {
  const machine = await startMachine()
  try {
    await machine.core.stop()
    const few = await restarts(machine)
    fillWithPast(join(machine.folder, 'kiosk', databaseFileName), dossiers)
    progress(`${dossiers} dossiers are there`)
    const many = await restarts(machine)
    const measured = summary(many)
    const raw = summary(few)
    return {
      what: `core killed and started again until the idle screen, with ${dossiers} dossiers`,
      unit: 'ms',
      measured: rounded(measured),
      raw: { what: 'the same with a database that has just begun', ...rounded(raw) },
      ratio: ratioOf(measured, raw),
      aims: [atMost('p95 ≤ 1 s', measured.p95, 1_000)],
    }
  } finally {
    await machine.stop()
  }
}

/** A supervisor of its own each time: several crashes within a minute are another story. */
async function restarts(machine: Machine): Promise<readonly number[]> {
  const times: number[] = []
  for (let count = 0; count < starts; count += 1) {
    const beforeMs = performance.now()
    const core: CoreClient = startCore({
      entry: coreEntry,
      args: ['--config', machine.configFile],
      environment: machine.environment,
    })
    await core.screen('idle')
    times.push(performance.now() - beforeMs)
    core.kill()
    await core.stop()
  }
  return times
}
