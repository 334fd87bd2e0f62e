import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { umockdevEnvironment } from '../../src/devices/simulators/reader/testbed.ts'
import { type CoreClient, startCore } from '../support/core-client.ts'
import { fillIn, openDeposit } from '../support/journeys.ts'
import { type Machine, startMachine } from '../support/machine.ts'
import { atMost, ratioOf, rounded } from './figure.ts'
import type { Part } from './part.ts'
import { summary } from './series.ts'

const starts = 20
const restarts = 8
const entry = fileURLToPath(new URL('../../src/main/core/main.ts', import.meta.url))

/** From the process to the first snapshot on the screen: a start, and a restart with a door left open. */
export const measureStart: Part = async ({ progress }) => {
  const machine = await startMachine()
  try {
    const plain = {}
    const testbed = umockdevEnvironment(`${machine.folder}/devices/reader`)
    const cold: number[] = []
    const inTestbed: number[] = []
    const uncached: number[] = []
    const bare: number[] = []
    await machine.core.stop()
    for (let count = 0; count < starts; count += 1) {
      bare.push(await startOfNode())
      cold.push(await startOfCore(machine, plain))
      inTestbed.push(await startOfCore(machine, testbed))
      if (count % 4 === 0) {
        uncached.push(await startOfCore(machine, { NODE_DISABLE_COMPILE_CACHE: '1' }))
      }
    }
    progress(`${starts} starts`)
    const afterKill = await restartsAfterKill(machine, testbed)
    progress(`${restarts} restarts`)
    const measured = summary(cold)
    const raw = summary(bare)
    return {
      what: 'core from its process to the idle snapshot at its client',
      unit: 'ms',
      measured: rounded(measured),
      raw: { what: 'node -e 0, from its process to its end', ...rounded(raw) },
      ratio: ratioOf(measured, raw),
      aims: [
        atMost('start p95 ≤ 1 s', measured.p95, 1_000),
        atMost('restart after SIGKILL p95 ≤ 1 s', summary(afterKill).p95, 1_000),
      ],
      more: {
        restartWithOpenDoor: rounded(summary(afterKill)),
        underReaderTestbed: rounded(summary(inTestbed)),
        withoutCompileCache: rounded(summary(uncached)),
      },
    }
  } finally {
    await machine.stop()
  }
}

async function startOfNode(): Promise<number> {
  const beforeMs = performance.now()
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit')
  return performance.now() - beforeMs
}

function coreOn(machine: Machine, environment: Readonly<Record<string, string>>): CoreClient {
  return startCore({ entry, args: ['--config', machine.configFile], environment })
}

async function startOfCore(
  machine: Machine,
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const beforeMs = performance.now()
  const core = coreOn(machine, environment)
  await core.screen('idle')
  const tookMs = performance.now() - beforeMs
  await core.stop()
  return tookMs
}

/** Killed while a citizen stands at an open door; back when the screen shows that door again. */
async function restartsAfterKill(
  machine: Machine,
  environment: Readonly<Record<string, string>>,
): Promise<readonly number[]> {
  const first = coreOn(machine, environment)
  await first.until(({ services }) => services.every(({ available }) => available))
  const atWork = { ...machine, core: first }
  await fillIn(atWork)
  await openDeposit(atWork)
  const times: number[] = []
  let core = first
  for (let count = 0; count < restarts; count += 1) {
    // A supervisor of its own each time: several crashes within a minute are another story.
    if (count > 0) core = coreOn(machine, environment)
    await core.screen('depositDoor')
    const beforeMs = performance.now()
    core.kill()
    await core.started(2)
    await core.screen('depositDoor')
    times.push(performance.now() - beforeMs)
    if (count < restarts - 1) {
      core.kill()
      await core.stop()
    }
  }
  await core.stop()
  return times
}
