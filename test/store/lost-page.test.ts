import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { databaseFileName } from '../../src/main/store/connection.ts'
import { isHalted } from '../support/failing-calls.ts'
import { dossierRow, idleAndWell, provinceGot, startBench } from '../support/fault-bench.ts'
import { eventually } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'
import { createRobot } from '../support/robot.ts'

let machine: Machine
beforeAll(async () => {
  machine = await startBench({ scanner: true })
}, 60_000)
afterAll(() => machine?.stop())

const pages = () => join(machine.folder, 'kiosk', 'pages')
const pageFiles = () => readdirSync(pages()).filter((name) => name.endsWith('.age'))
const bagsAtProvince = async () => (await machine.province.dossiers()).map((one) => one.bagCode)

function answerOf(intakeId: string): { state: string; answer: string | null } | undefined {
  const db = new Sqlite(join(machine.folder, 'kiosk', databaseFileName), { readonly: true })
  try {
    return db
      .prepare<[string], { state: string; answer: string | null }>(
        "SELECT state, answer FROM outbox WHERE lane = ? AND kind = 'dossierDeposited'",
      )
      .get(intakeId)
  } finally {
    db.close()
  }
}

it.each([
  ['gone', (path: string) => rmSync(path)],
  [
    'damaged',
    (path: string) => {
      const bytes = readFileSync(path)
      bytes[200] = (bytes[200] ?? 0) ^ 1
      writeFileSync(path, bytes)
    },
  ],
])(
  'a scanned page that is %s before it has left is told, and holds back its dossier alone',
  async (_, damage) => {
    await idleAndWell(machine)
    const known = new Set(pageFiles())
    const starts = machine.core.starts()
    const robot = createRobot(machine)
    const bag = machine.newBag()
    machine.haltAt('before|depositDoor|commit:depositDossier')
    let outcome: string | undefined
    const handedIn = robot.handIn(bag).then((told) => {
      outcome = told
      return told
    })
    const pid = machine.core.pid() ?? 0
    await eventually(async () => outcome !== undefined || isHalted(pid))
    expect(outcome).toBeUndefined()
    const fresh = pageFiles().filter((name) => !known.has(name))
    expect(fresh).toHaveLength(1)
    for (const name of fresh) damage(join(pages(), name))
    process.kill(pid, 'SIGCONT')
    expect(await handedIn).toBe('handedIn')

    const { intakeId } = dossierRow(machine, bag)
    await eventually(async () => answerOf(intakeId)?.state === 'parked')
    expect(answerOf(intakeId)?.answer).toBe('PAGE_LOST')
    await provinceGot(
      machine,
      'fault',
      ({ device, reason, state }) =>
        device === 'disk' && reason === 'DISK_ERROR' && state === 'broken',
    )
    // The next dossier goes its way, pages and all.
    await idleAndWell(machine)
    const next = machine.newBag()
    await robot.handIn(next)
    await eventually(async () => (await bagsAtProvince()).includes(next))
    expect(await bagsAtProvince()).not.toContain(bag)
    expect(machine.core.starts()).toBe(starts)
  },
)
