import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { IntentPath } from '../../src/contract/intent.ts'
import type { ScreenName } from '../../src/contract/screen.ts'
import type { PageView } from '../../src/contract/screens/scan.ts'
import { deposit, eventually, fillInPapers, finish, holdBag, touchOn } from '../support/journeys.ts'
import { type Machine, startMachine } from '../support/machine.ts'
import { type PaperColour, pagesAtProvince, paperOf, papers } from '../support/pages-pdf.ts'
import { cards, phones } from '../support/people.ts'

let machine: Machine

beforeAll(async () => {
  machine = await startMachine({ scanner: true })
})
afterAll(() => machine.stop())

/** Sheets of coloured paper into the tray, the first on top. */
async function insert(...sheets: readonly (PaperColour | object)[]): Promise<void> {
  const described = sheets.map((sheet) =>
    typeof sheet === 'string' ? { kind: 'form', paper: papers[sheet as PaperColour] } : sheet,
  )
  await machine.atScanner('insert', { sheets: described })
}

const feeder = async () =>
  (await machine.atScanner('state')) as {
    inFeeder: number
    stuck: boolean
    delivered: number
  }

/** All pages are looked at; gives the tiles. */
async function review(pages: number): Promise<readonly PageView[]> {
  const { screen } = await machine.core.until(
    ({ screen }) =>
      screen.name === 'scanReview' &&
      screen.pages.length === pages &&
      screen.pages.every(({ state }) => state !== 'arriving'),
    `${pages} pages to look at`,
  )
  if (screen.name !== 'scanReview') throw new Error('no pages')
  return screen.pages
}

const on = (screen: ScreenName, path: IntentPath, input: object = {}) =>
  touchOn(machine, screen, path, input)

/** What comes after the papers: the scanner's offer, or the bag. */
async function afterPapers(person: { card?: string; phone?: string } = {}): Promise<ScreenName> {
  await fillInPapers(machine, person)
  const { screen } = await machine.core.until(({ screen }) => /^scan|^bag$/.test(screen.name))
  return screen.name
}

async function scan(pages: number): Promise<readonly PageView[]> {
  await on('scanOffer', 'scan.start')
  return review(pages)
}

/** From the offer to the bag without a page. */
async function skip(): Promise<void> {
  expect((await machine.core.touch('scan.skip')).taken).toBe(true)
  await machine.core.screen('bag')
}

async function leave(): Promise<void> {
  await machine.core.touch('session.leave')
  await machine.core.screen('idle')
}

const binh = { card: cards.binh, phone: phones.binh } as const
const clearFiles = () => readdirSync(join(machine.folder, 'scans'))
const nothingClear = () => eventually(async () => clearFiles().length === 0)
const sealedFiles = () =>
  readdirSync(join(machine.folder, 'kiosk', 'pages')).filter((name) => name.endsWith('.age'))

async function offered(person: { card?: string; phone?: string } = {}): Promise<void> {
  expect(await afterPapers(person)).toBe('scanOffer')
}

beforeEach(async () => {
  await machine.atScanner('takeOut')
  await eventually(async () => machine.core.current().screen.name === 'idle')
})

describe('papers through the scanner', () => {
  it('reach the province as one PDF in the citizen’s order, and nothing of them stays in the clear', async () => {
    const { core } = machine
    await offered()
    await insert('yellow', 'blue', 'green')
    const [first, , third] = await scan(3)
    await on('scanReview', 'scan.choosePage', { pageId: third?.pageId ?? '' })
    await on('scanPage', 'scan.movePage', { to: 'earlier' })
    await on('scanPage', 'scan.movePage', { to: 'earlier' })
    await core.until(({ screen }) => screen.name === 'scanPage' && screen.page.number === 1)
    await on('scanPage', 'session.back')
    expect((await review(3))[1]?.pageId).toBe(first?.pageId)

    await on('scanReview', 'scan.accept')
    const bag = await holdBag(machine)
    expect((await core.screen('summary')).scannedPages).toBe(3)
    expect(clearFiles()).toEqual([])
    const intakeId = await deposit(machine, bag)
    await finish(machine)

    await eventually(async () =>
      (await machine.province.dossiers()).some((dossier) => dossier.intakeId === intakeId),
    )
    const pages = await pagesAtProvince(machine.province, intakeId)
    expect(await Promise.all(pages.map(paperOf))).toEqual(['green', 'yellow', 'blue'])
  })

  it('are an offer: one touch and the bag is next', async () => {
    await offered()
    await skip()
    const bag = await holdBag(machine)
    expect((await machine.core.screen('summary')).scannedPages).toBe(0)
    const intakeId = await deposit(machine, bag)
    await finish(machine)
    await eventually(async () =>
      (await machine.province.dossiers()).some((dossier) => dossier.intakeId === intakeId),
    )
    await expect(pagesAtProvince(machine.province, intakeId)).rejects.toThrow('no pages')
  })

  it('are looked at while the paper is in hand; a page is scanned anew or left out', async () => {
    const { core } = machine
    await offered()
    await insert({ kind: 'blank' }, { kind: 'form', skewDegrees: 8 }, { kind: 'form', blurPx: 6 })
    const pages = await scan(3)
    expect(pages.map(({ hints }) => hints)).toEqual([
      ['blank'],
      expect.arrayContaining(['skewed']),
      expect.arrayContaining(['blurred']),
    ])
    await on('scanReview', 'scan.choosePage', { pageId: pages[0]?.pageId ?? '' })
    await on('scanPage', 'scan.leavePageOut')
    await on('scanReview', 'scan.choosePage', { pageId: (await review(2))[0]?.pageId ?? '' })
    await on('scanPage', 'scan.replacePage')
    expect(await core.screen('scanOffer')).toMatchObject({ replacing: 1, room: 1 })
    // One is asked for; the second stays in the tray and belongs to its owner.
    await insert('yellow', 'blue')
    const [again, blurred] = await scan(2)
    expect([again?.hints, blurred?.hints]).toEqual([[], ['blurred']])
    await on('scanReview', 'scan.accept')
    expect(await core.screen('scanLeftover')).toMatchObject({ insisted: false })
    await on('scanLeftover', 'scan.originalTaken')
    await core.until(({ screen }) => screen.name === 'scanLeftover' && screen.insisted)
    await machine.atScanner('takeOut')
    await on('scanLeftover', 'scan.originalTaken')
    await core.screen('bag')
    expect(clearFiles()).toEqual([])
    await leave()
  })

  it('can be gone back to: sealed pages are tiles that nobody sees, and can be replaced', async () => {
    await offered()
    await insert('yellow', 'blue')
    await scan(2)
    await on('scanReview', 'scan.accept')
    await on('bag', 'session.back')
    const [first] = await review(2)
    expect(first?.state).toBe('kept')
    await on('scanReview', 'scan.choosePage', { pageId: first?.pageId ?? '' })
    await on('scanPage', 'scan.replacePage')
    await insert('green')
    const pages = await scan(2)
    expect(pages.map(({ state }) => state)).toEqual(['shown', 'kept'])
    await on('scanReview', 'scan.accept')
    const bag = await holdBag(machine)
    const intakeId = await deposit(machine, bag)
    await finish(machine)
    await eventually(async () =>
      (await machine.province.dossiers()).some((dossier) => dossier.intakeId === intakeId),
    )
    const held = await pagesAtProvince(machine.province, intakeId)
    expect(await Promise.all(held.map(paperOf))).toEqual(['green', 'blue'])
  })

  it('leave nothing behind when their owner goes', async () => {
    const { core } = machine
    const before = sealedFiles()
    await offered()
    await insert('yellow')
    await scan(1)
    await on('scanReview', 'scan.accept')
    await core.screen('bag')
    expect(sealedFiles()).toHaveLength(before.length + 1)
    await leave()
    await eventually(async () => sealedFiles().length === before.length)
    await nothingClear()
  })
})

describe('a scanner in trouble', () => {
  it.each([
    ['jam', 'JAM'],
    ['doubleFeed', 'DOUBLE_FEED'],
  ] as const)('%s: what came through stays, the stuck sheet goes again', async (kind, reason) => {
    const { core } = machine
    await offered()
    await insert('yellow', 'blue')
    await machine.atScanner(kind, { afterSheets: 1 })
    await on('scanOffer', 'scan.start')
    expect(await core.screen('scanTrouble')).toMatchObject({ reason, pages: 1 })
    expect(await feeder()).toMatchObject({ stuck: true })
    await machine.atScanner('clearJam')
    await insert('blue')
    await on('scanTrouble', 'scan.start')
    await review(2)
    await skip()
    await leave()
    await nothingClear()
  })

  it('an empty tray and an open cover are said, and end with paper and a shut cover', async () => {
    const { core } = machine
    await offered()
    await on('scanOffer', 'scan.start')
    expect(await core.screen('scanTrouble')).toMatchObject({ reason: 'FEEDER_EMPTY', pages: 0 })
    await machine.atScanner('openCover', { on: true })
    await insert('yellow')
    await on('scanTrouble', 'scan.start')
    await core.until(
      ({ screen }) => screen.name === 'scanTrouble' && screen.reason === 'COVER_OPEN',
      'the open cover to be said',
    )
    await machine.atScanner('openCover', { on: false })
    await on('scanTrouble', 'scan.start')
    await review(1)
    await leave()
    await nothingClear()
  })

  it('that never answers is ended, and the intake goes on without it', async () => {
    const { core } = machine
    await offered()
    await insert('yellow')
    await machine.atScanner('fault', { fault: 'silent', on: true })
    await on('scanOffer', 'scan.start')
    expect(await core.screen('scanTrouble')).toMatchObject({ reason: 'SCANNER_SILENT' })
    await skip()
    await machine.atScanner('fault', { fault: 'silent', on: false })
    await leave()
    await nothingClear()
  })

  it('that is unplugged is not offered; the bag is next, and it comes back', async () => {
    await machine.atScanner('plug', { on: false })
    await eventually(async () => {
      const without = (await afterPapers()) === 'bag'
      await leave()
      return without
    })
    await machine.atScanner('plug', { on: true })
    await eventually(async () => {
      const offeredAgain = (await afterPapers()) === 'scanOffer'
      await leave()
      return offeredAgain
    })
  })
})

it('somebody’s original in the tray is not scanned for the next person', async () => {
  await offered()
  await insert('yellow')
  await leave()
  await eventually(async () =>
    (await machine.province.messages()).some(
      (message) => message.kind === 'fault' && message.bytes.includes('ORIGINAL_LEFT'),
    ),
  )
  expect(await afterPapers(binh)).toBe('bag')
  await leave()
  const { delivered } = await feeder()
  await machine.atScanner('takeOut')
  await eventually(async () => {
    const again = (await afterPapers(binh)) === 'scanOffer'
    await leave()
    return again
  })
  expect((await feeder()).delivered).toBe(delivered)
})

it('a crash: sealed pages are found again by the same card and by no other, unsealed ones are gone', async () => {
  const { core } = machine
  await offered()
  await insert('yellow', 'blue')
  await scan(2)
  await on('scanReview', 'scan.accept')
  await core.screen('bag')
  core.kill()
  await core.started(core.starts() + 1)
  await core.until(({ services }) => services.every(({ available }) => available), 'all services')
  expect(clearFiles()).toEqual([])

  await offered(binh)
  expect(await core.screen('scanOffer')).toMatchObject({ pages: 0 })
  await leave()

  await fillInPapers(machine)
  const pages = await review(2)
  expect(pages.map(({ state }) => state)).toEqual(['kept', 'kept'])
  await on('scanReview', 'scan.accept')
  const bag = await holdBag(machine)
  const intakeId = await deposit(machine, bag)
  await finish(machine)
  await eventually(async () =>
    (await machine.province.dossiers()).some((dossier) => dossier.intakeId === intakeId),
  )
  const held = await pagesAtProvince(machine.province, intakeId)
  expect(await Promise.all(held.map(paperOf))).toEqual(['yellow', 'blue'])
})
