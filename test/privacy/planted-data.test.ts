import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HostedMachine, startHostedMachine } from '../support/hosted-machine.ts'
import { livePlantedDay, type PlantedDay } from './planted-day.ts'
import { planted } from './planted-people.ts'
import { type Finding, type Plant, searcherFor, searchFolders } from './search.ts'

describe('nothing to find, after a day with people', () => {
  let machine: HostedMachine
  let day: PlantedDay
  let plants: readonly Plant[]
  beforeAll(async () => {
    machine = await startHostedMachine({
      browser: true,
      scanner: true,
      environment: { KIOSK_LOG: 'trace' },
    })
    day = await livePlantedDay(machine)
    plants = [...planted, ...day.secrets, ...day.pages]
  }, 180_000)
  afterAll(() => machine?.stop())

  const inside = (name: string) => join(machine.folder, name)
  const brief = (findings: readonly Finding[]) =>
    [...new Set(findings.map(({ what, where, as }) => `${what} in ${where} (${as})`))].sort()

  it('neither in the database, its log, the journal, the keys, nor beside them', () => {
    const names = ['kiosk', 'journal', 'keys']
    const found = searchFolders(names.map(inside), plants)
    expect(brief(found.findings)).toEqual([])
    for (const file of ['kiosk/kiosk.sqlite', 'kiosk/kiosk.sqlite-wal', 'kiosk/kiosk.sqlite-shm']) {
      expect(existsSync(inside(file)), file).toBe(true)
    }
    expect(found.bytes).toBeGreaterThan(100_000)
  })

  it('nor in what host and core said with every log level on, nor in the trace of effects', () => {
    const { findings, bytes } = searchFolders(
      [machine.folder],
      plants,
      (path) => !/output\.log$|effects\.log$/.test(path),
    )
    expect(brief(findings)).toEqual([])
    expect(bytes).toBeGreaterThan(10_000)
  })

  it('nor in a support bundle, nor as a picture where the scanner put its pages', () => {
    const inBundle = searcherFor(plants)(day.supportBundle, 'support bundle')
    expect(brief(inBundle)).toEqual([])
    expect(day.supportBundle.length).toBeGreaterThan(1_000)
    expect(day.pages).toHaveLength(2)
    expect(readdirSync(inside('scans'))).toEqual([])
    // They came: sealed, on the kiosk's shelf.
    const shelf = readdirSync(inside('kiosk/pages')).filter((name) => name.endsWith('.age'))
    expect(shelf).toHaveLength(2)
  })

  it("nor in temporary files, the screen's browser profile among them, nor in a memory dump", () => {
    const { findings, files } = searchFolders([machine.temporaryFolder], plants)
    expect(brief(findings)).toEqual([])
    expect(files).toBeGreaterThan(10)
    expect(readdirSync(machine.temporaryFolder).join()).toContain('motcua-browser-')
    const dumps = /^(core(\.\d+)?|report\..*\.json|.*\.heapsnapshot|isolate.*\.log)$/
    for (const folder of [
      process.cwd(),
      machine.folder,
      inside('kiosk'),
      machine.temporaryFolder,
    ]) {
      expect(
        readdirSync(folder, { withFileTypes: true }).filter(
          (e) => e.isFile() && dumps.test(e.name),
        ),
      ).toEqual([])
    }
  })

  it('nor in the province, which keeps what people say sealed to itself', () => {
    const { findings, bytes } = searchFolders([machine.province.dataFolder], plants)
    expect(brief(findings)).toEqual([])
    expect(bytes).toBeGreaterThan(100_000)
  })

  it('and the same search finds the outside world, so it was looking', () => {
    // The bag's code and the intake numbers are public, and are found where they belong.
    const known = searcherFor([{ what: 'intakeId', text: day.secretIntakeId }])
    const { findings } = searchFolders(
      [inside('kiosk'), inside('journal')],
      [{ what: 'intakeId', text: day.secretIntakeId }],
    )
    expect(findings.map(({ where }) => where)).toEqual(
      expect.arrayContaining(['journal.log', 'kiosk.sqlite-wal']),
    )
    expect(known(Buffer.from(day.secretIntakeId), 'x')).not.toEqual([])
    // Pages in the clear are found, too, where they are in the clear.
    for (const page of day.pages) {
      if (!('bytes' in page)) throw new Error('a page is no text')
      for (const clear of [page.bytes, Buffer.from(page.bytes.toString('base64'))]) {
        expect(searcherFor([page])(clear, 'x')).not.toEqual([])
      }
    }
  })
})
