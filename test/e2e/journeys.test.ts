import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parseSlipQr } from '../../src/main/domain/slip-qr.ts'
import { eventually, resultFor, smsTo } from '../support/journeys.ts'
import { cards, phones } from '../support/people.ts'
import { demoOfficer } from '../support/province.ts'
import { type KioskWithScreen, startKioskWithScreen } from '../support/screen/kiosk-with-screen.ts'
import type { Person } from '../support/screen/person.ts'
import { keepSlip } from '../support/screen/picture.ts'
import { hasBlackBand, printedSlips } from '../support/screen/printed-slip.ts'
import {
  chooseProcedure,
  chooseSecret,
  givePhone,
  identify,
  putIn,
  signIn,
  takeBag,
} from '../support/screen/walks.ts'

/**
 * One day at one machine, told from outside: fingers on the glass, cards and bags before the reader, hands at
 * the doors. What happened is read from slips, doors and the province, never from core.
 */
describe('a day at the machine', { timeout: 180_000 }, () => {
  let kiosk: KioskWithScreen
  let person: Person
  beforeAll(async () => {
    kiosk = await startKioskWithScreen()
    person = kiosk.person
  })
  afterAll(() => kiosk?.stop())

  // What comes later in a day stands on what came before.
  let isSpoiled = false
  beforeEach(({ onTestFailed }) => {
    if (isSpoiled) throw new Error('an earlier part of the day failed')
    onTestFailed(() => {
      isSpoiled = true
    })
  })

  const secret = '135246'
  const slipOf: Record<string, string> = {}
  const intakeIdOf = (qr: string) => parseSlipQr(qr)?.intakeId ?? ''

  /** The newest slip lies in the hand; its QR is the one on the screen, and its dossier reaches the province. */
  async function takeSlip(bag: string): Promise<string> {
    await person.screen('intakeDone')
    const qr = (await kiosk.slipQrs()).at(-1) ?? ''
    expect(await kiosk.page.getByTestId('slip-qr').last().getAttribute('data-payload')).toBe(qr)
    expect(await person.reads('intake-id')).toBe(intakeIdOf(qr))
    expect(await kiosk.page.getByTestId('warning').count()).toBe(0)
    const holding = (await kiosk.doors()).filter(({ items }) => items.includes(bag))
    expect(holding).toMatchObject([{ open: false }])
    return qr
  }

  async function provinceHas(bag: string, qr: string): Promise<void> {
    await eventually(async () =>
      (await kiosk.province.dossiers()).some(({ bagCode }) => bagCode === bag),
    )
    const dossiers = (await kiosk.province.dossiers()).filter(({ bagCode }) => bagCode === bag)
    expect(dossiers).toMatchObject([{ intakeId: intakeIdOf(qr) }])
  }

  async function finish(): Promise<void> {
    await person.tap('finish')
    await person.screen('idle')
  }

  it('explains what may not be done here before anything is asked', async () => {
    await person.look('idle', 'both')
    await person.tap('choose-intake')
    await person.screen('notice')
    await person.look('notice')
    await person.tap('look-up')
    await person.screen('procedures')
    await person.keys('ket hon')
    await person.tap('procedure-1.000894')
    await person.sees('procedure-refused')
    await person.look('procedure-refused')
    await person.tap('another-procedure')
    await person.screen('procedures')
    await person.tap('leave')
    await person.screen('idle')
  })

  it('takes in two bags with a card, and shows the same screen after a reload', async () => {
    await person.tap('choose-intake')
    await person.tap('accept')
    await person.screen('identify')
    await person.look('identify')
    await kiosk.hold(cards.an)
    await person.screen('identity')
    await person.look('identity')
    await person.tap('confirm')
    await person.screen('relation')
    await person.look('relation')
    await person.tap('relation-self')
    await person.screen('phone')
    await person.keys('0900')
    await person.look('phone')
    await person.type('000101')
    await person.screen('phoneCode')
    await person.look('phoneCode')
    const sms = await smsTo(kiosk, phones.an, ({ purpose }) => purpose === 'phoneCode')
    await person.type(/\b(\d{6})\b/.exec(sms.text)?.[1] ?? '')
    await person.screen('procedures')
    await person.keys('doc than')
    await person.look('procedures')
    await person.tap('procedure-1.004873')
    await person.screen('procedure')
    await person.look('procedure')
    await person.tap('accept-procedure')
    await person.screen('papers')
    const more = kiosk.page.locator('[data-testid$="-more"]').first()
    const paper = kiosk.page.locator('[data-testid^="paper-"][data-count]').first()
    await more.tap()
    await kiosk.page.locator('[data-testid^="paper-"][data-count="2"]').first().waitFor()
    await kiosk.page.reload()
    await person.screen('papers')
    expect(await paper.getAttribute('data-count')).toBe('2')
    await person.look('papers')
    await person.tap('confirm-papers')
    await person.screen('bag')
    await person.look('bag')
    await kiosk.hold(cards.an)
    await person.sees('problem-notABag')
    await person.look('bag-problem')
    const firstBag = kiosk.newBag()
    await kiosk.hold(firstBag)
    await person.screen('summary')
    await person.look('summary')
    await person.tap('confirm-summary')
    const door = await person.door('open')
    await person.look('depositDoor-open', 'both')
    await kiosk.putItem(door, firstBag)
    await person.door('closeDoor')
    await person.look('depositDoor-closeDoor', 'both')
    await kiosk.page.reload()
    expect(await person.door('closeDoor')).toBe(door)
    await kiosk.closeDoor(door)
    slipOf.an = await takeSlip(firstBag)
    await person.look('intakeDone')

    await person.tap('another-bag')
    await chooseProcedure(kiosk, { code: '1.001612', typed: 'ho kinh' })
    const secondBag = await takeBag(kiosk)
    await putIn(kiosk, secondBag)
    await kiosk.page.locator('[data-testid^="slip-K"]').nth(1).waitFor()
    const second = await takeSlip(secondBag)
    await person.look('intakeDone-two')
    await finish()
    await provinceHas(firstBag, slipOf.an)
    await provinceHas(secondBag, second)
    keepSlip(printedSlips(kiosk)[0] ?? '', 'slip-vi')
  })

  it('takes in a child’s dossier typed by hand, without a phone, while core is killed', async () => {
    await person.tap('choose-intake')
    await person.tap('accept')
    await person.screen('identify')
    await person.tap('type-idNumber')
    await person.asks('idNumber')
    await person.keys('0921950')
    await person.look('identifyTyped')
    await person.type('23456')
    await person.asks('applicantName')
    await person.keys('traanf thij maaux')
    await expect.poll(() => person.reads('typed')).toBe('Trần Thị Mẫu')
    await person.look('identifyTyped-name')
    await person.type('')
    await person.screen('identity')
    await person.tap('confirm')
    await person.tap('relation-child')
    await person.screen('owner')
    await person.look('owner')
    await person.tap('type-owner')
    await person.asks('ownerName')
    await person.type('lee maaux nhi')
    await person.asks('ownerIdNumber')
    await person.look('ownerTyped-number')
    await person.type('')
    await person.screen('phone')
    await person.tap('no-phone')
    await person.asks('secret')
    await person.keys('135')
    await person.look('secret')
    await person.type('246')
    await person.asks('secretAgain')
    await person.type(secret)
    await chooseProcedure(kiosk)
    const bag = await takeBag(kiosk)
    await person.tap('confirm-summary')
    const door = await person.door('open')

    process.kill(kiosk.host.corePid() ?? 0, 'SIGKILL')
    await person.sees('moment')
    await person.screen('depositDoor')
    expect(await person.door('open')).toBe(door)
    await kiosk.putItem(door, bag)
    await person.door('closeDoor')
    await kiosk.closeDoor(door)
    slipOf.child = await takeSlip(bag)
    await finish()
    await provinceHas(bag, slipOf.child)
  })

  it('serves on without the network: the phone is typed twice, the province hears of it later', async () => {
    await kiosk.province.kill()
    await person.tap('language-en')
    await identify(kiosk, cards.binh)
    await person.tap('relation-self')
    await person.screen('phone')
    await person.type(phones.binh)
    await person.screen('phoneAgain')
    await person.type(phones.an)
    await person.sees('problem-phoneDiffers')
    await person.type(phones.binh)
    await chooseProcedure(kiosk)
    const bag = await takeBag(kiosk)
    await putIn(kiosk, bag)
    slipOf.offline = await takeSlip(bag)
    await finish()
    keepSlip(printedSlips(kiosk).at(-1) ?? '', 'slip-en')
    await kiosk.province.restart()
    await provinceHas(bag, slipOf.offline)
  })

  it('keeps the dossier when the paper ends within the slip, and prints it again, marked', async () => {
    await identify(kiosk, cards.binh)
    await person.tap('relation-self')
    await givePhone(kiosk, phones.binh)
    await chooseProcedure(kiosk)
    const bag = await takeBag(kiosk)
    await kiosk.printer.control.send('paperOutAfter', { bands: 3 })
    await putIn(kiosk, bag)
    await person.screen('slipFailed')
    await person.look('slipFailed-paperOut')
    const onScreen = await kiosk.page.getByTestId('slip-qr').getAttribute('data-payload')
    await kiosk.printer.control.send('paper', { state: 'ok' })
    await person.sees('print-again')
    await person.look('slipFailed')
    await person.tap('print-again')
    slipOf.again = await takeSlip(bag)
    expect(slipOf.again).toBe(onScreen)
    const slips = printedSlips(kiosk)
    const reprint = slips.at(-1) ?? ''
    expect(await hasBlackBand(reprint)).toBe(true)
    expect(await hasBlackBand(slips[0] ?? '')).toBe(false)
    keepSlip(reprint, 'reprint-vi')
    await finish()
    await provinceHas(bag, slipOf.again)
  })

  it('asks when it sees no bag: nothing was put in, or nobody knows', async () => {
    await identify(kiosk, cards.an)
    await person.tap('relation-self')
    await chooseSecret(kiosk, secret)
    await chooseProcedure(kiosk)
    await takeBag(kiosk)
    await person.tap('confirm-summary')
    await kiosk.closeDoor(await person.door('open'))
    await person.screen('depositMissing')
    await person.look('depositMissing', 'both')
    await person.tap('missing-outside')
    await person.screen('intakeAbandoned')
    await person.look('intakeAbandoned')
    await finish()

    const before = (await kiosk.province.dossiers()).length
    await identify(kiosk, cards.an)
    await person.tap('relation-self')
    await chooseSecret(kiosk, secret)
    await chooseProcedure(kiosk)
    const bag = await takeBag(kiosk)
    await person.tap('confirm-summary')
    const door = await person.door('open')
    await kiosk.deadItemSensor(door, true)
    await kiosk.putItem(door, bag)
    await kiosk.closeDoor(door)
    await person.screen('depositMissing')
    await person.tap('missing-inside')
    await person.screen('intakeIncident')
    await person.sees('note-printed')
    await person.look('intakeIncident')
    const note = printedSlips(kiosk).at(-1) ?? ''
    expect((await kiosk.slipQrs()).at(-1)).toBe('')
    keepSlip(note, 'incident-vi')
    await finish()
    await kiosk.deadItemSensor(door, false)
    expect((await kiosk.province.dossiers()).length).toBe(before)
  })

  const stocked: Record<string, { dossierCode: string; door: number }> = {}

  it('is emptied and stocked by an officer, one door at a time', async () => {
    const inside = (await kiosk.doors()).filter(({ items }) => items.length > 0)
    await signIn(kiosk)
    await person.type('000000')
    await person.sees('problem-pinWrong')
    await person.look('staffPin')
    await person.type(demoOfficer.pin)
    await person.screen('staffMenu')
    await person.look('staffMenu')
    await person.tap('start-emptying')
    await person.screen('emptyList')
    await person.look('emptyList')
    for (const count of inside.keys()) {
      await person.tap('open-next')
      const door = await person.door('open')
      if (count === 0) {
        await kiosk.hold(kiosk.newBag())
        await person.sees('problem-bagNotExpected')
        await person.look('emptyDoor', 'both')
      }
      const bag = await kiosk.takeItem(door)
      await kiosk.hold(bag)
      await person.sees('bag-settled')
      await kiosk.closeDoor(door)
      await person.screen('emptyList')
    }
    expect((await kiosk.doors()).flatMap(({ items }) => items)).toEqual([])
    await person.look('emptyList-empty')
    await person.tap('back')
    await person.screen('staffMenu')

    const assurances = { an: 'code', child: 'code', offline: 'codeAndProof' } as const
    for (const [who, assurance] of Object.entries(assurances)) {
      const dossierCode = await resultFor(kiosk, intakeIdOf(slipOf[who] ?? ''), assurance)
      stocked[who] = { dossierCode, door: 0 }
    }
    await person.tap('start-stocking')
    await person.screen('stockScan')
    for (const { dossierCode } of Object.values(stocked)) await person.sees(`row-${dossierCode}`)
    await person.look('stockScan')
    for (const one of Object.values(stocked)) {
      await kiosk.hold(one.dossierCode)
      one.door = await person.door('open')
      if (one === stocked.an) await person.look('stockDoor', 'both')
      await kiosk.putItem(one.door, `envelope of ${one.dossierCode}`)
      await person.door('closeDoor')
      await kiosk.closeDoor(one.door)
      await person.screen('stockScan')
      expect(await person.reads('last-stocked')).toContain(one.dossierCode)
    }
    await person.look('stockScan-done')
    await person.tap('leave')
    await person.screen('idle')
  })

  async function take(who: string): Promise<void> {
    const { dossierCode, door } = stocked[who] ?? { dossierCode: '', door: 0 }
    expect(await person.door('open')).toBe(door)
    expect(await kiosk.takeItem(door)).toBe(`envelope of ${dossierCode}`)
    await person.door('closeDoor')
    await kiosk.closeDoor(door)
    await person.screen('collectDone')
    expect(await kiosk.page.getByTestId('warning').count()).toBe(0)
  }

  const collectionSms = (phone: string, who: string) =>
    smsTo(
      kiosk,
      phone,
      ({ purpose, text }) =>
        purpose === 'collection' && text.includes(stocked[who]?.dossierCode ?? '–'),
    )

  it('hands a result out by the QR of the SMS, once', async () => {
    const { qr } = await collectionSms(phones.an, 'an')
    await kiosk.hold(qr ?? '')
    const door = await person.door('open')
    await person.look('collectDoor-open', 'both')
    await kiosk.closeDoor(door)
    await person.screen('collectNotTaken')
    await person.look('collectNotTaken', 'both')
    await person.tap('open-again')
    await person.door('open')
    await take('an')
    await person.look('collectDone')
    await finish()
    await kiosk.hold(qr ?? '')
    await person.sees('refusal-alreadyTaken')
    await person.look('collectRefused')
    await finish()
    await eventually(async () =>
      (await kiosk.province.messages()).some(({ kind }) => kind === 'resultTaken'),
    )
  })

  it('hands a result out by slip and code, and none by a wrong code or the code alone', async () => {
    await person.tap('choose-collection')
    await person.screen('collect')
    await person.look('collect')
    await person.tap('type-code')
    await person.asks('collectionCode')
    await person.keys('1234')
    await person.look('collectTyped')
    await person.type('5678')
    await person.sees('refusal-codeNotValid')
    await finish()

    const sms = await collectionSms(phones.binh, 'offline')
    const code = /\b(\d{8})\b/.exec(sms.text)?.[1] ?? ''
    await person.tap('choose-collection')
    await person.tap('type-code')
    await person.type(code)
    await person.screen('collectProof')
    await person.look('collectProof')
    await kiosk.hold(slipOf.again ?? '')
    await person.sees('refusal-notHereYet')
    await person.look('collectRefused-notHereYet')
    await finish()

    await kiosk.hold(slipOf.offline ?? '')
    await person.asks('collectionCode')
    await person.type(code)
    await take('offline')
    await finish()
  })

  it('hands a result out by what is typed alone: the number of the slip and the secret', async () => {
    await person.tap('choose-collection')
    await person.tap('type-intake-number')
    await person.asks('intakeNumber')
    await person.keys(intakeIdOf(slipOf.child ?? '').slice(0, 6))
    await person.look('collectTyped-number')
    await person.type(intakeIdOf(slipOf.child ?? '').slice(6))
    await person.asks('collectionCode')
    await person.type(secret)
    await take('child')
    await finish()
    expect((await kiosk.doors()).filter(({ open, items }) => open || items.length > 0)).toEqual([])
  })

  it('speaks Khmer to who asks for it, large and low, on the slip as well, and forgets it with them', async () => {
    const { page } = kiosk
    await person.tap('language-km')
    await page.locator('html[lang="km"]').waitFor({ state: 'attached' })
    await person.tap('display-largeText')
    await person.tap('display-reach')
    await page.locator('.kiosk[data-large-text][data-reach]').waitFor()
    await identify(kiosk, cards.binh)
    expect(await person.reads('title')).toMatch(/^[\p{Script=Khmer}\s?]+$/u)
    await person.tap('relation-self')
    await chooseSecret(kiosk, secret)
    await chooseProcedure(kiosk)
    const bag = await takeBag(kiosk)
    await putIn(kiosk, bag)
    await provinceHas(bag, await takeSlip(bag))
    const slip = printedSlips(kiosk).at(-1) ?? ''
    keepSlip(slip, 'slip-km')
    await finish()
    await page.locator('html[lang="vi"]').waitFor({ state: 'attached' })
    await page.locator('.kiosk:not([data-large-text]):not([data-reach])').waitFor()
  })

  it('goes on with one service when the other is out', async () => {
    await kiosk.printer.control.send('paper', { state: 'out' })
    await kiosk.page.locator('[data-testid="choose-intake"]:disabled').waitFor()
    await person.look('idle-paperOut', 'both')
    await kiosk.locker.control.send('fault', { fault: 'unplugged', on: true })
    await kiosk.page.locator('[data-testid="choose-collection"]:disabled').waitFor()
    await person.look('idle-outOfService')
    await kiosk.locker.control.send('fault', { fault: 'unplugged', on: false })
    await kiosk.printer.control.send('paper', { state: 'ok' })
    await kiosk.page.locator('[data-testid="choose-intake"]:enabled').waitFor()
  })

  it('has shown nothing cut off, overlapping, too small to read or to hit', () => {
    expect(person.flaws).toEqual([])
    expect(kiosk.complaints).toEqual([])
  })
})
