import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { build, type PreviewServer, preview } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleScreens } from '../../src/contract/examples/example-screens.ts'
import { landscape, openBrowser, portrait } from '../support/screen/browser.ts'
import { geometryFlaws } from '../support/screen/geometry.ts'
import { takePicture, updatesPictures } from '../support/screen/picture.ts'

/** Every screen in every state that looks different, also those that no day at one machine meets. */
const examples = [
  ...Object.keys(exampleScreens).map((name) => `screen=${name}`),
  'screen=idle&faulty',
  'screen=notice&warning',
  'screen=bag&away',
]

/** Kept as pictures: what the journeys do not come past. */
const pictured: Readonly<Record<string, string>> = {
  'screen=depositDoor-opening': 'depositDoor-opening',
  'screen=depositDoor-checking': 'depositDoor-checking',
  'screen=depositDoor-notOpened': 'depositDoor-notOpened',
  'screen=depositDoor-leftOpen': 'depositDoor-leftOpen',
  'screen=slipPrinting': 'slipPrinting',
  'screen=intakeAbandoned-jammed': 'intakeAbandoned-doorJammed',
  'screen=collectRefused-officer': 'collectRefused-officerOnly',
  'screen=collectIncident': 'collectIncident',
  'screen=identity-warnings': 'identity-warnings',
  'screen=identifyTyped-passport': 'identifyTyped-passport',
  'screen=scanOffer': 'scanOffer',
  'screen=scanning-two': 'scanning-two',
  'screen=scanReview': 'scanReview',
  'screen=scanReview-kept': 'scanReview-kept',
  'screen=scanPage': 'scanPage',
  'screen=scanTrouble-jam': 'scanTrouble-jam',
  'screen=scanTrouble-double': 'scanTrouble-double',
  'screen=scanTrouble-cover': 'scanTrouble-cover',
  'screen=scanTrouble-empty': 'scanTrouble-empty',
  'screen=scanTrouble-silent': 'scanTrouble-silent',
  'screen=scanSaving': 'scanSaving',
  'screen=scanLeftover': 'scanLeftover',
  'screen=queue': 'queue',
  'screen=queue-empty': 'queue-empty',
  'screen=queue-full': 'queue-full',
  'screen=queueMessage': 'queueMessage',
  'screen=queueReason-park': 'queueReason-park',
  'screen=queueHandOver': 'queueHandOver',
  'screen=queueSecond': 'queueSecond',
  'screen=handOver': 'handOver',
  'screen=returnDoor': 'returnDoor',
  'screen=devices': 'devices',
  'screen=devices-fit': 'devices-fit',
  'screen=device': 'device',
  'screen=testDoors': 'testDoors',
  'screen=lookDoor': 'lookDoor',
  'screen=testCode': 'testCode',
  'screen=supportBundle': 'supportBundle',
  'screen=supportBundle-failed': 'supportBundle-failed',
  'screen=idle-hint': 'idle-hint',
  'screen=outOfService': 'outOfService',
  'screen=staffDoorProblem': 'staffDoorProblem',
  'screen=notice&warning': 'warning',
  'screen=bag&away': 'moment',
}
const doors: ReadonlySet<string> = new Set([
  'queue',
  'devices',
  'device',
  'queue-full',
  'queueMessage',
  'scanReview',
  'scanPage',
  'scanTrouble-jam',
  'scanOffer',
  'depositDoor-leftOpen',
  'collectIncident',
])

describe('the gallery of screens', { timeout: 180_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'gallery-'))
  let server: PreviewServer
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url))
    const input = fileURLToPath(new URL('../../src/renderer/gallery/index.html', import.meta.url))
    const output = { outDir: folder, rollupOptions: { input } }
    await build({ configFile, logLevel: 'error', build: output })
    server = await preview({
      configFile,
      logLevel: 'error',
      build: output,
      preview: { port: 0, host: '127.0.0.1' },
    })
    browser = await openBrowser()
    page = await browser.newPage({ viewport: portrait })
    await page.goto(`${server.resolvedUrls?.local[0] ?? ''}gallery/`)
    await page.evaluate(() => document.fonts.load('700 32px "Be Vietnam Pro"', 'Hồ sơ'))
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it.each([
    ['portrait', portrait],
    ['landscape', landscape],
  ] as const)('fits in %s, in both languages', async (orientation, viewport) => {
    await page.setViewportSize(viewport)
    const flaws: string[] = []
    for (const example of examples) {
      for (const language of ['vi', 'en'] as const) {
        const hash = `${example}&language=${language}`
        await page.evaluate((wanted) => {
          location.hash = wanted
        }, hash)
        await page.locator(`[data-example="${hash}"]`).waitFor()
        for (const flaw of await geometryFlaws(page)) flaws.push(`${hash}: ${flaw}`)
        const picture = pictured[example]
        if (!updatesPictures || picture === undefined) continue
        if (orientation === 'portrait') await takePicture(page, `${picture}-${language}`)
        else if (doors.has(picture)) await takePicture(page, `${picture}-${language}-landscape`)
      }
    }
    expect(flaws).toEqual([])
  })
})
