import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { backupFolderOf } from '../../src/main/store/migrate.ts'
import {
  expectTruths,
  idleAndWell,
  provinceGot,
  serveNext,
  startBench,
  startPatienceMs,
} from '../support/fault-bench.ts'
import { deposit, eventually, fillInPapers, finish, holdBag } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'
import { restartCore } from '../support/restart-core.ts'
import { mountSmallDisk, type SmallDisk } from '../support/small-disk.ts'

const megabyte = 1_000_000

let disk: SmallDisk
let machine: Machine
beforeAll(async () => {
  disk = mountSmallDisk({ megabytes: 64, inodes: 6_000 })
  machine = await startBench({
    disk,
    scanner: true,
    limits: {
      ...{ pagesMegabytes: 1, backupMegabytes: 1 },
      ...{ freeDiskMegabytes: 4, fullDiskMegabytes: 2 },
    },
    timeouts: { backupEveryMs: 300 },
  })
}, startPatienceMs)
afterAll(async () => {
  await machine?.core.stop()
  await machine?.stop()
  disk?.unmount()
})

const backups = () => backupFolderOf(join(machine.folder, 'kiosk'))
/** In a folder that is being written to. */
function bytesIn(folder: string, ending: string): number {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending) && !name.startsWith('.'))
    .map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, size) => sum + size, 0)
}
const told = (device: string, state: string) =>
  provinceGot(
    machine,
    'fault',
    (fault) => fault.device === device && fault.reason === 'CAP_REACHED' && fault.state === state,
  )

/** From the papers to the end, with so many sheets where scanning is offered. */
async function handIn(sheets: number): Promise<'scanOffer' | 'bag'> {
  const { core } = machine
  await fillInPapers(machine)
  const { screen } = await core.until((now) => /^(scanOffer|bag)$/.test(now.screen.name), 'the bag')
  if (screen.name === 'scanOffer') {
    await machine.atScanner('insert', { sheets: Array(sheets).fill({ kind: 'form' }) })
    await core.touch('scan.start')
    await core.until(
      (now) =>
        now.screen.name === 'scanReview' &&
        now.screen.pages.length === sheets &&
        now.screen.pages.every(({ state }) => state !== 'arriving'),
      `${sheets} pages to look at`,
    )
    await core.touch('scan.accept')
    await machine.atScanner('takeOut')
  }
  await deposit(machine, await holdBag(machine))
  await finish(machine)
  await idleAndWell(machine)
  return screen.name === 'scanOffer' ? 'scanOffer' : 'bag'
}

it('keeps backups below their cap, tells that older ones go early, and takes dossiers in', async () => {
  await told('backup', 'needsAttendant')
  const kept = readdirSync(backups()).length
  await serveNext(machine)
  await eventually(async () => bytesIn(backups(), '.sqlite') <= megabyte)
  expect(kept).toBeGreaterThan(0)
})

it('offers no scanning above the cap of pages, tells it, and takes dossiers in without', async () => {
  expect(await handIn(6)).toBe('scanOffer')
  await told('pages', 'needsAttendant')
  const full = bytesIn(join(machine.folder, 'kiosk', 'pages'), '.age')
  expect(full).toBeGreaterThan(megabyte)
  expect(await handIn(6)).toBe('bag')
  expect(bytesIn(join(machine.folder, 'kiosk', 'pages'), '.age')).toBe(full)
  await expectTruths(machine)
})

it('is well again with more room, as the remedy says', async () => {
  machine = await restartCore(machine, {
    change: (config) => ({
      ...config,
      limits: { ...config.limits, pagesMegabytes: 20, backupMegabytes: 20 },
    }),
  })
  await idleAndWell(machine)
  expect(await handIn(1)).toBe('scanOffer')
})
