import type { Page } from 'playwright-core'
import sharp from 'sharp'
import type { Language } from '../../../src/contract/roles.ts'
import type { Screen } from '../../../src/contract/screen.ts'
import { drawSheet } from '../../../src/devices/simulators/scanner/draw-sheet.ts'
import { openBrowser, portrait } from '../../support/screen/browser.ts'
import { startScriptedKiosk } from './scripted-kiosk.ts'
import { selectorOf } from './walk.ts'

/** As wide as core's own previews. */
const previewWidthPx = 850

export interface Walk {
  readonly page: Page
  /** Another page of the same browser, with nothing in it. */
  blankPage(): Promise<Page>
  /** Shows that screen and waits until it is painted. */
  step(screen: Screen, language: Language): Promise<void>
  close(): Promise<void>
}

/** The product's page in the system's Chromium before a scripted kiosk. */
export async function openWalk(): Promise<Walk> {
  const sheet = drawSheet({ kind: 'form' })
  const raw = { width: sheet.widthPx, height: sheet.heightPx, channels: 3 } as const
  const kiosk = await startScriptedKiosk(
    await sharp(sheet.rgb, { raw }).resize(previewWidthPx).jpeg().toBuffer(),
  )
  const browser = await openBrowser()
  try {
    const page = await browser.newPage({ viewport: portrait, hasTouch: true })
    await page.goto(kiosk.url)
    await page.locator('.kiosk').waitFor()
    return {
      page,
      blankPage: () => browser.newPage({ viewport: portrait }),
      async step(screen, language) {
        kiosk.show(screen, language)
        await page.evaluate(untilPainted, selectorOf(screen))
      },
      async close() {
        await browser.close()
        await kiosk.stop()
      },
    }
  } catch (error) {
    await browser.close()
    await kiosk.stop()
    throw error
  }
}

/** Runs in the page: the frame after the one in which it was found has it on the glass. */
async function untilPainted(selector: string): Promise<void> {
  const frame = () => new Promise(requestAnimationFrame)
  while (document.querySelector(selector) === null) await frame()
  await frame()
}
