import { chmodSync, renameSync } from 'node:fs'
import { expect } from 'vitest'
import { provinceGot } from '../../support/fault-bench.ts'
import { eventually, fillInPapers, touchOn } from '../../support/journeys.ts'
import type { Machine } from '../../support/machine.ts'
import { leave, type Remedy, tryOut } from './remedy.ts'

const scanner = (machine: Machine, command: string, args: object = {}) =>
  machine.atScanner(command, { ...args })
const plugged = (machine: Machine, is: boolean) => scanner(machine, 'plug', { on: is })
const insert = (machine: Machine, count = 1) =>
  scanner(machine, 'insert', { sheets: Array.from({ length: count }, () => ({ kind: 'form' })) })
const scanPage = (machine: Machine) => tryOut(machine, 'scanner', 'scanPage')

async function takeStuckSheetsOut(machine: Machine): Promise<void> {
  await scanner(machine, 'openCover', { on: true })
  await scanner(machine, 'clearJam')
  await scanner(machine, 'takeOut')
  await scanner(machine, 'openCover', { on: false })
}

const untilInMidPage = (machine: Machine) =>
  eventually(async () => {
    const { inFeeder } = (await scanner(machine, 'state')) as { inFeeder: number }
    return inFeeder === 0
  })

const delivered = async (machine: Machine) =>
  ((await scanner(machine, 'state')) as { delivered: number }).delivered
let deliveredBefore = 0

/** @param scanProgram path of the program that core starts to scan. */
export const scannerRemedies = (scanProgram: () => string): readonly Remedy[] => [
  {
    code: 'NOT_CONNECTED',
    subject: 'scanner',
    bring: (machine) => plugged(machine, false),
    follow: (machine) => plugged(machine, true),
  },
  {
    code: 'SCANNER_SILENT',
    subject: 'scanner',
    bring: (machine) => scanner(machine, 'fault', { fault: 'silent', on: true }),
    async follow(machine) {
      await scanner(machine, 'fault', { fault: 'silent', on: false })
      await plugged(machine, false)
      await plugged(machine, true)
    },
  },
  {
    code: 'COVER_OPEN',
    subject: 'scanner',
    bring: (machine) => scanner(machine, 'openCover', { on: true }),
    follow: (machine) => scanner(machine, 'openCover', { on: false }),
  },
  ...(['jam', 'doubleFeed'] as const).map(
    (trouble): Remedy => ({
      code: trouble === 'jam' ? 'JAM' : 'DOUBLE_FEED',
      subject: 'scanner',
      async bring(machine) {
        await insert(machine)
        await scanner(machine, trouble)
        expect(await scanPage(machine)).toMatch(/^bad (JAM|DOUBLE_FEED)$/)
      },
      follow: takeStuckSheetsOut,
    }),
  ),
  {
    code: 'FEEDER_EMPTY',
    subject: 'scanner',
    bring: async (machine) => expect(await scanPage(machine)).toBe('bad FEEDER_EMPTY'),
    seen: async () => undefined,
    async follow(machine) {
      await insert(machine)
      expect(await scanPage(machine)).toMatch(/^good/)
    },
  },
  {
    code: 'SCAN_CANCELLED',
    subject: 'scanner',
    async bring(machine) {
      deliveredBefore = await delivered(machine)
      await fillInPapers(machine)
      await insert(machine)
      await scanner(machine, 'slow', { pageMs: 4_000 })
      await touchOn(machine, 'scanOffer', 'scan.start')
      await untilInMidPage(machine)
      await touchOn(machine, 'scanning', 'scan.stop')
      await machine.core.until(({ screen }) => screen.name !== 'scanning', 'the feeder to stop')
      await leave(machine)
    },
    seen: async () => undefined,
    // "Nothing needs to be done": the sheet runs out by itself.
    async follow(machine) {
      await scanner(machine, 'slow', { pageMs: 0 })
      await eventually(async () => (await delivered(machine)) > deliveredBefore)
    },
  },
  {
    code: 'SCANNER_ERROR',
    subject: 'scanner',
    async bring(machine) {
      await insert(machine)
      await scanner(machine, 'slow', { pageMs: 3_000 })
      const told = await tryOut(machine, 'scanner', 'scanPage', async () => {
        await untilInMidPage(machine)
        await plugged(machine, false)
      })
      expect(told).toMatch(/^bad (SCANNER_ERROR|DISCONNECTED|NOT_CONNECTED)$/)
    },
    seen: async () => undefined,
    async follow(machine) {
      await scanner(machine, 'slow', { pageMs: 0 })
      await scanner(machine, 'takeOut')
      await plugged(machine, true)
    },
  },
  {
    code: 'ORIGINAL_LEFT',
    subject: 'scanner',
    async bring(machine) {
      // The machine has to see first that nothing is left of the test before.
      await eventually(async () => {
        await fillInPapers(machine)
        const { screen } = await machine.core.until((now) =>
          /^(scanOffer|bag)$/.test(now.screen.name),
        )
        if (screen.name === 'scanOffer') await insert(machine)
        await leave(machine)
        return screen.name === 'scanOffer'
      })
    },
    seen: (machine) => provinceGot(machine, 'fault', ({ reason }) => reason === 'ORIGINAL_LEFT'),
    follow: (machine) => scanner(machine, 'takeOut'),
  },
  {
    code: 'PERMISSION',
    subject: 'scanner',
    bring: async () => chmodSync(scanProgram(), 0o644),
    async follow(machine) {
      chmodSync(scanProgram(), 0o755)
      machine.core.kill()
      await machine.core.started(machine.core.starts() + 1)
    },
  },
  {
    code: 'PROGRAM_MISSING',
    subject: 'scanner',
    bring: async () => renameSync(scanProgram(), `${scanProgram()}.away`),
    follow: async () => renameSync(`${scanProgram()}.away`, scanProgram()),
  },
]
