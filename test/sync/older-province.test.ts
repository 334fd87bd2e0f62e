import { randomUUID } from 'node:crypto'
import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadConfig } from '../../src/main/core/config/load-config.ts'
import { storeOptions } from '../../src/main/core/config/store-options.ts'
import { openStore, type Store } from '../../src/main/store/open-store.ts'
import {
  openSqliteStore,
  sqliteStoreFile,
} from '../../src/province/store/sqlite/open-sqlite-store.ts'
import {
  announceResult,
  idleAndWell,
  provinceGot,
  provinceKnowsAll,
  resultRow,
  startPatienceMs,
} from '../support/fault-bench.ts'
import { deposit, eventually, fillInPapers, finish, holdBag } from '../support/journeys.ts'
import { type Machine, startMachine } from '../support/machine.ts'
import { pagesAtProvince } from '../support/pages-pdf.ts'
import { restartCore } from '../support/restart-core.ts'

let machine: Machine
beforeAll(async () => {
  machine = await startMachine({ scanner: true })
}, startPatienceMs)
afterAll(async () => {
  await machine?.core.stop()
  await machine?.stop()
})

/** A dossier with two scanned pages; @returns its number */
async function handIn(): Promise<string> {
  const { core } = machine
  await idleAndWell(machine)
  await machine.atScanner('insert', { sheets: Array(2).fill({ kind: 'form' }) })
  await fillInPapers(machine)
  await core.screen('scanOffer')
  await core.touch('scan.start')
  await core.until(
    ({ screen }) =>
      screen.name === 'scanReview' &&
      screen.pages.length === 2 &&
      screen.pages.every(({ state }) => state !== 'arriving'),
    'two pages to look at',
  )
  await core.touch('scan.accept')
  await machine.atScanner('takeOut')
  const intakeId = await deposit(machine, await holdBag(machine))
  await finish(machine)
  await idleAndWell(machine)
  await provinceKnowsAll(machine)
  return intakeId
}

const files = () =>
  ['', '-wal'].map((suffix) => `${sqliteStoreFile(machine.province.dataFolder)}${suffix}`)
const copyOf = (file: string) => `${file}.older`

/** As a copy is made of a store that has been stopped. */
async function copyProvince(): Promise<void> {
  await machine.province.kill()
  for (const file of files()) if (existsSync(file)) copyFileSync(file, copyOf(file))
  await machine.province.restart()
}
async function putCopyBack(): Promise<void> {
  await machine.province.kill()
  for (const file of [...files(), `${files()[0]}-shm`]) {
    rmSync(file, { force: true })
    if (existsSync(copyOf(file))) copyFileSync(copyOf(file), file)
  }
  await machine.province.restart()
}

/** With core stopped. */
function inStore<T>(work: (store: Store) => T): T {
  const loaded = loadConfig(machine.configFile)
  if (!loaded.ok) throw new Error('the configuration is not good')
  const store = openStore({
    ...storeOptions(loaded.config),
    clock: { now: () => new Date(), runningMs: () => 0 },
    newKey: randomUUID,
    newInstance: randomUUID,
  })
  try {
    return work(store)
  } finally {
    store.close()
  }
}

const late = '9999-01-01T00:00:00.000Z'
const never = '2000-01-01T00:00:00.000Z'
const known = async () => (await machine.province.dossiers()).map(({ intakeId }) => intakeId)
const messagesOf = async (lane: string) =>
  (await machine.province.messages())
    .filter((message) => message.lane === lane)
    .map(({ key, kind, bodyHash }) => ({ key, kind, bodyHash }))

/** An officer sends a result to the machine, which learns of it. */
async function announce(): Promise<void> {
  const dossierCode = await announceResult(machine)
  await eventually(async () => {
    try {
      return resultRow(machine, dossierCode).state === 'announced'
    } catch {
      return false
    }
  })
}

async function alarms(): Promise<readonly string[]> {
  const store = openSqliteStore(machine.province.dataFolder)
  try {
    return (await store.heartbeats.alarms()).map(({ kind }) => kind)
  } finally {
    await store.close()
  }
}

let kept: string
let forgotten: string
let later: readonly string[]

it('has everything at the province, some of it after a copy of the province was made', async () => {
  kept = await handIn()
  await copyProvince()
  forgotten = await handIn()
  for (let count = 0; count < 3; count += 1) await announce()
  // The time of its receipts passes: what is sealed is not kept any more.
  machine = await restartCore(machine, {
    meanwhile: async () =>
      inStore(({ forget }) => {
        forget.forgetOld({ over: never, withoutResult: never, abandoned: never, sent: late }, 10)
      }),
  })
  later = [await handIn(), await handIn()]
  expect((await known()).sort()).toEqual([kept, forgotten, ...later].sort())
})

it('sends again what a province from an older copy has lost: the same keys, the same bytes, once', async () => {
  const before = await Promise.all(later.map(messagesOf))
  await putCopyBack()
  expect(await known()).toEqual([kept])
  machine = await restartCore(machine)
  await eventually(async () => {
    const now = await Promise.all(later.map(messagesOf))
    return now.flat().length >= before.flat().length
  })
  expect((await known()).sort()).toEqual([kept, ...later].sort())
  expect(await Promise.all(later.map(messagesOf))).toEqual(before)
  for (const intakeId of later) {
    expect(await pagesAtProvince(machine.province, intakeId)).toHaveLength(2)
  }
})

it('hears of what officers do from then on', async () => {
  await announce()
})

it('sets aside what it does not keep any more, and tells operator and province', async () => {
  await provinceGot(
    machine,
    'fault',
    ({ device, reason }) => device === 'province' && reason === 'PROVINCE_WENT_BACK',
  )
  expect(await alarms()).toEqual(['STORE_WENT_BACK'])
  await machine.core.stop()
  const { parked, wentBack } = inStore(({ queue, auditRows }) => ({
    parked: queue.rows('parked', 0, 9),
    wentBack: auditRows().filter(({ event }) => event === 'province.wentBack'),
  }))
  expect(parked).toMatchObject([{ lane: forgotten, kind: 'dossierDeposited', answer: 'NOT_KEPT' }])
  expect(wentBack).toMatchObject([{ details: { notKept: 1 } }])
  // There is nothing left that could be sent.
  const released = inStore(({ queue }) =>
    queue.releaseParked(parked[0]?.key ?? '', 'mended', 'operator-1'),
  )
  expect(released).toBe(false)
  // The remedy of PROVINCE_WENT_BACK: it is handed over, and what else is said of it goes on its way.
  const by = { officialCode: 'H98.07-1', staffId: 'operator-1', secondStaffId: 'operator-2' }
  const next = inStore(({ queue, outbox }) => {
    expect(queue.deliverByHand(parked[0]?.key ?? '', by)).toBe(true)
    return outbox.due(Number.MAX_SAFE_INTEGER, 99).map(({ lane }) => lane)
  })
  expect(next).toContain(forgotten)
})

it('tells that it is over once nothing is left to send or to hand over, also after a restart', async () => {
  machine = await restartCore(machine)
  await provinceGot(
    machine,
    'fault',
    ({ device, state }) => device === 'province' && state === 'online',
  )
})
