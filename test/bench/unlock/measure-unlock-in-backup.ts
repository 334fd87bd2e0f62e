import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { listBackups } from '../../../src/main/store/backup/list-backups.ts'
import { databaseFileName } from '../../../src/main/store/connection.ts'
import { backupFolderOf } from '../../../src/main/store/migrate.ts'
import { freePort } from '../../support/free-port.ts'
import { resumeMachine, startMachine } from '../../support/machine.ts'
import { eventLoopDelay } from '../core-metrics.ts'
import { atMost, type Numbers, ratioOf, rounded } from '../figure.ts'
import type { Part } from '../part.ts'
import { fillWithPast } from '../past-dossiers.ts'
import { summary } from '../series.ts'
import { collectAndLeave, nextPerson, stockedResult } from './collect-again.ts'

const dossiers = 100_000
const openings = 120
const backupEveryMs = 100

/** Doors open for people while core's own thread backs up a large database, one backup after another. */
export const measureUnlockInBackup: Part = async ({ progress }) => {
  const port = await freePort()
  const world = await startMachine({ config: { metrics: { port } } })
  let machine = world
  try {
    const dataFolder = join(world.folder, 'kiosk')
    const result = await stockedResult(machine)
    await machine.core.stop()
    fillWithPast(join(dataFolder, databaseFileName), dossiers)
    const series = async (what: string): Promise<Numbers & { readonly p99: number }> => {
      machine = await resumeMachine(world)
      const times: number[] = []
      for (let count = 0; count < openings; count += 1) {
        await nextPerson()
        times.push(await collectAndLeave(machine, result))
        if ((count + 1) % 40 === 0) progress(`${count + 1} of ${openings} openings ${what}`)
      }
      const loop = await eventLoopDelay(port)
      await machine.core.stop()
      return { ...summary(times), ...loop }
    }
    const raw = await series('without a backup')
    const before = newestBackup(dataFolder)
    backUpWithoutPause(world.configFile)
    const measured = await series('beside backups')
    if (newestBackup(dataFolder) === before) throw new Error('no backup was made meanwhile')
    return {
      what: `reader → unlock frame while ${dossiers} dossiers are backed up again and again`,
      unit: 'ms',
      measured: rounded(measured),
      raw: { what: 'the same machine without a backup', ...rounded(raw) },
      ratio: ratioOf(measured, raw),
      aims: [
        atMost('p99 ≤ 20 ms', measured.p99, 20),
        atMost('event loop delay of core p99 ≤ 20 ms', measured.eventLoopP99 ?? Number.NaN, 20),
      ],
    }
  } finally {
    await machine.stop()
  }
}

/** Old ones go: their number tells nothing. */
const newestBackup = (dataFolder: string) => listBackups(backupFolderOf(dataFolder))[0]?.name

function backUpWithoutPause(configFile: string): void {
  const config = JSON.parse(readFileSync(configFile, 'utf8'))
  const timeouts = { ...config.timeouts, backupEveryMs }
  writeFileSync(configFile, JSON.stringify({ ...config, timeouts }))
}
