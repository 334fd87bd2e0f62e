import type { CDPSession } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cards } from '../support/people.ts'
import { type KioskWithScreen, startKioskWithScreen } from '../support/screen/kiosk-with-screen.ts'
import { chooseProcedure, chooseSecret, identify, takeBag } from '../support/screen/walks.ts'

/** Rows C1, C2 and C8 of the faults: what comes to the real page besides one finger at a time. */
describe('the glass', { timeout: 180_000 }, () => {
  let kiosk: KioskWithScreen
  let cdp: CDPSession
  beforeAll(async () => {
    kiosk = await startKioskWithScreen()
    cdp = await kiosk.page.context().newCDPSession(kiosk.page)
  })
  afterAll(() => kiosk?.stop())

  let isSpoiled = false
  beforeEach(({ onTestFailed }) => {
    if (isSpoiled) throw new Error('an earlier part failed')
    onTestFailed(() => {
      isSpoiled = true
    })
  })

  const screenNow = () => kiosk.page.locator('.kiosk').getAttribute('data-screen')
  const pulses = () => kiosk.lockerLog().filter(({ event }) => event === 'pulse').length
  type Point = { readonly x: number; readonly y: number }

  async function middleOf(testId: string): Promise<Point> {
    const place = kiosk.page.getByTestId(testId).last()
    // Only what a finger would press: the screen has settled.
    await place.tap({ trial: true })
    const box = await place.boundingBox()
    if (!box) throw new Error(`${testId} is not there`)
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }

  /** So many fingers at once, down and up. */
  async function touch(points: readonly Point[]): Promise<void> {
    const touchPoints = points.map((point, id) => ({ ...point, id }))
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  }

  /** The second tap comes when the next screen is up, as a hand that trembles or presses twice does. */
  async function doubleTap(testId: string, next: string): Promise<void> {
    const point = await middleOf(testId)
    await touch([point])
    await kiosk.page.locator(`.kiosk[data-screen="${next}"]`).waitFor()
    for (let tap = 0; tap < 3; tap += 1) await touch([point])
  }

  /** A keyboard that types for itself, as fast as the browser takes it. */
  async function typeWildly(): Promise<void> {
    const keys = ['Tab', 'Enter', ' ', 'Tab', 'Enter', 'Escape', 'ArrowDown', '1', 'a', 'Backspace']
    const codes: Readonly<Record<string, number>> = { Tab: 9, Enter: 13, ' ': 32, Escape: 27 }
    const sent: Promise<unknown>[] = []
    for (let count = 0; count < 1_000; count += 1) {
      const key = keys[count % keys.length] ?? ''
      const text = key === 'Enter' ? '\r' : key.length === 1 ? key : undefined
      const event = { key, windowsVirtualKeyCode: codes[key] ?? key.charCodeAt(0), text }
      sent.push(cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event }))
      sent.push(cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event, text: undefined }))
    }
    await Promise.all(sent)
  }

  /** Whatever is typed: the same screen, with the same words on it. */
  async function expectDeafToKeys(): Promise<void> {
    const shown = () => kiosk.page.locator('.kiosk main').textContent()
    const [screen, words, before] = [await screenNow(), await shown(), pulses()]
    await typeWildly()
    expect(await screenNow()).toBe(screen)
    expect(await shown()).toBe(words)
    expect(pulses()).toBe(before)
  }

  /** Fingers everywhere, alone and ten at a time, as drops of water on the glass make them. */
  async function rain(touches: number): Promise<void> {
    // A fixed sequence that is spread well: the same drops in every run.
    const drop = (at: number): Point => ({
      x: 10 + ((at * 617) % 1_060),
      y: 10 + ((at * 1_231) % 1_900),
    })
    for (let at = 0; at < touches; at += 1) {
      await touch(
        Array.from({ length: at % 3 === 0 ? 10 : 1 }, (_, finger) => drop(at * 11 + finger)),
      )
    }
  }

  it('C8: a storm of touches at the idle screen opens nothing and hands nothing in', async () => {
    await kiosk.person.screen('idle')
    await rain(150)
    expect(pulses()).toBe(0)
    expect(await kiosk.province.dossiers()).toEqual([])
    // Whoever comes next finds a way back.
    await kiosk.page.reload()
    await kiosk.page.locator('.kiosk[data-connected="true"]').waitFor()
    while ((await screenNow()) !== 'idle') {
      const left = await screenNow()
      await kiosk.person.tap('leave')
      await kiosk.page.locator(`.kiosk:not([data-screen="${left}"])`).waitFor()
    }
    await kiosk.person.tap('language-vi')
  })

  it('C1, C2: a keyboard is deaf at the idle screen', expectDeafToKeysAtIdle)
  async function expectDeafToKeysAtIdle(): Promise<void> {
    await kiosk.person.screen('idle')
    await expectDeafToKeys()
  }

  it('C8: a double touch of "next" takes one step', async () => {
    await doubleTap('choose-intake', 'notice')
    expect(await screenNow()).toBe('notice')
    await doubleTap('accept', 'identify')
    expect(await screenNow()).toBe('identify')
    await kiosk.hold(cards.an)
    await kiosk.person.screen('identity')
    await doubleTap('confirm', 'relation')
    expect(await screenNow()).toBe('relation')
    await doubleTap('back', 'identity')
    expect(await screenNow()).toBe('identity')
    await kiosk.person.tap('leave')
    await kiosk.person.screen('idle')
  })

  it('C1, C2: nor does a keyboard fill in a field, go on or confirm', async () => {
    await identify(kiosk, cards.an)
    await kiosk.person.tap('relation-self')
    await kiosk.person.screen('phone')
    await kiosk.person.keys('0900')
    await kiosk.page.locator('.kiosk main', { hasText: '0900' }).waitFor()
    await expectDeafToKeys()
    await chooseSecret(kiosk, '135246')
    await chooseProcedure(kiosk)
    await expectDeafToKeys()
    await takeBag(kiosk)
    await expectDeafToKeys()
  })

  it('C8: ten fingers on the summary confirm nothing, and a double touch opens one door', async () => {
    const { person } = kiosk
    await person.screen('summary')
    const confirm = await middleOf('confirm-summary')
    const around = Array.from({ length: 9 }, (_, at) => ({ x: 100 + 90 * at, y: 300 + 100 * at }))
    for (let time = 0; time < 20; time += 1) await touch([confirm, ...around])
    expect(await screenNow()).toBe('summary')
    expect(pulses()).toBe(0)
    await doubleTap('confirm-summary', 'depositDoor')
    expect(pulses()).toBe(1)
    const door = await person.door('open')
    // The drops go on falling while the bag is put in.
    await rain(30)
    expect(await person.door('open')).toBe(door)
    expect(pulses()).toBe(1)
  })

  it('hands in what its person put in, once', async () => {
    const { person } = kiosk
    const door = await person.door('open')
    await kiosk.putItem(door, 'the bag')
    await person.door('closeDoor')
    await kiosk.closeDoor(door)
    await person.screen('intakeDone')
    await doubleTap('finish', 'idle')
    expect(await screenNow()).toBe('idle')
    expect(pulses()).toBe(1)
    expect(kiosk.printerLog().filter(({ event }) => event === 'printed')).toHaveLength(1)
    expect(kiosk.complaints).toEqual([])
  })
})
