import { statSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { diagnosisSchema } from '../../src/contract/diagnosis.ts'
import { askLocally } from '../../src/devices/transport/local-socket.ts'
import { diagnosisSocketPath } from '../../src/main/core/diagnose-command.ts'
import { databaseFileName } from '../../src/main/store/connection.ts'
import {
  emptyEverything,
  expectTruths,
  provinceGot,
  serveNext,
  startBench,
} from '../support/fault-bench.ts'
import { eventually } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'

let machine: Machine
beforeAll(async () => {
  machine = await startBench({
    limits: { databaseLogMegabytes: 5 },
    timeouts: { diskCheckMs: 200 },
  })
}, 60_000)
afterAll(() => machine?.stop())

const takenOut: string[] = []
async function serve(): Promise<void> {
  takenOut.push(await serveNext(machine))
  await emptyEverything(machine)
}

const database = () => join(machine.folder, 'kiosk', databaseFileName)
const logBytes = () => statSync(`${database()}-wal`).size
const findings = async () => {
  const path = diagnosisSocketPath(join(machine.folder, 'kiosk'))
  const told = diagnosisSchema.parse(JSON.parse(await askLocally(path, 3_000)))
  return told.findings.map(({ subject, reason }) => `${subject} ${reason}`)
}
const finding = 'database DATABASE_LOG_LONG'
const toldAs = (state: string) =>
  provinceGot(
    machine,
    'fault',
    (body) =>
      body.device === 'database' && body.reason === 'DATABASE_LOG_LONG' && body.state === state,
  )

it('a reader that does not end lets the log grow: it is told, and everyone is served', async () => {
  const reader = new Sqlite(database(), { readonly: true })
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM audit').get()
  while (logBytes() < 5_000_001) await serve()
  await eventually(async () => (await findings()).includes(finding))
  await toldAs('needsAttendant')
  expect(machine.core.current().services.every(({ available }) => available)).toBe(true)

  // The remedy of DATABASE_LOG_LONG: the reader ends.
  reader.close()
  await eventually(async () => {
    await serve()
    return !(await findings()).includes(finding)
  })
  await toldAs('online')
  await expectTruths(machine, takenOut)
})
