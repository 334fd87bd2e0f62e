import type { Locator, Page } from 'playwright-core'
import type { DoorView, Input, ScreenName } from '../../../src/contract/screen.ts'
import { landscape, portrait } from './browser.ts'
import { geometryFlaws } from './geometry.ts'
import { takePicture } from './picture.ts'

/** Somebody before the glass: eyes and one finger, nothing else. */
export interface Person {
  /** Waits until that screen is up and core is there behind it. */
  screen(name: ScreenName): Promise<void>
  tap(testId: string): Promise<void>
  /** Taps one key after another, Telex for Vietnamese letters, and then "go on". */
  type(text: string): Promise<void>
  /** Taps the keys only. */
  keys(text: string): Promise<void>
  /** Waits until that field is asked for. */
  asks(field: Input['field']): Promise<void>
  /** Waits until it is on the screen. */
  sees(testId: string): Promise<void>
  /** What stands there. */
  reads(testId: string): Promise<string>
  /** Waits until a door is at that step; returns the number on it. */
  door(step: DoorView['step']): Promise<number>
  /**
   * Looks at the settled screen in both languages and both orientations, and stays in Vietnamese before the
   * upright one. `both`: the landscape picture is kept too.
   */
  look(picture: string, keep?: 'portrait' | 'both'): Promise<void>
  /** What was wrong with the screens that were looked at: cut off, overlapping, too small. */
  readonly flaws: readonly string[]
}

const keyNames: Readonly<Record<string, string>> = { ' ': 'space', ',': 'comma' }

export function personBefore(page: Page): Person {
  const find = (testId: string) => page.getByTestId(testId).last()
  /** A screen that has just come up takes no touch yet: looked at each frame, as `tap()` by itself does not. */
  async function tapOn(target: Locator): Promise<void> {
    await page.waitForFunction(() => {
      const shield = document.querySelector('.settling-shield')
      return shield === null || getComputedStyle(shield).visibility === 'hidden'
    })
    await target.tap()
  }
  const tap = (testId: string) => tapOn(find(testId))

  async function keys(text: string): Promise<void> {
    for (const key of text) await tap(`key-${keyNames[key] ?? key}`)
  }

  async function speak(language: 'vi' | 'en'): Promise<void> {
    if ((await page.getAttribute('html', 'lang')) === language) return
    await tap(`language-${language}`)
    await page.locator(`html[lang="${language}"]`).waitFor({ state: 'attached' })
  }

  async function turn(orientation: typeof portrait | typeof landscape): Promise<void> {
    await page.setViewportSize(orientation)
    await page.evaluate(async () => {
      await document.fonts.ready
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    })
  }

  const flaws: string[] = []
  return {
    flaws,
    async screen(name) {
      const wanted = page.locator(`.kiosk[data-screen="${name}"][data-connected="true"]`)
      await wanted.waitFor().catch(async (error: unknown) => {
        const shown = await page.locator('body').textContent()
        throw new Error(`waited in vain for ${name} and saw:\n${shown}`, { cause: error })
      })
    },
    tap,
    keys,
    async type(text) {
      await keys(text)
      await tapOn(page.locator('[data-testid="submit"]:enabled'))
    },
    asks: (field) => page.locator(`[data-testid="typed"][data-field="${field}"]`).waitFor(),
    sees: (testId) => find(testId).waitFor(),
    reads: async (testId) => (await find(testId).textContent()) ?? '',
    async door(step) {
      const door = page.locator(`[data-testid="door"][data-step="${step}"]`)
      await door.waitFor()
      return Number(await door.getAttribute('data-compartment'))
    },
    async look(picture, keep = 'portrait') {
      const judgeAndKeep = async (language: 'vi' | 'en', orientation: 'portrait' | 'landscape') => {
        for (const flaw of await geometryFlaws(page)) {
          flaws.push(`${picture}, ${language} ${orientation}: ${flaw}`)
        }
        const suffix = orientation === 'landscape' ? '-landscape' : ''
        if (suffix === '' || keep === 'both') {
          await takePicture(page, `${picture}-${language}${suffix}`)
        }
      }
      // In this order the screen turns twice only.
      await speak('vi')
      await turn(portrait)
      await judgeAndKeep('vi', 'portrait')
      await turn(landscape)
      await judgeAndKeep('vi', 'landscape')
      await speak('en')
      await judgeAndKeep('en', 'landscape')
      await turn(portrait)
      await judgeAndKeep('en', 'portrait')
      await speak('vi')
    },
  }
}
