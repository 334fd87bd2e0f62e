import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { build, type PreviewServer, preview } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleScreens } from '../../src/contract/examples/example-screens.ts'
import { exampleRole } from '../../src/contract/examples/example-snapshot.ts'
import { languages } from '../../src/contract/roles.ts'
import { landscape, openBrowser, portrait, smallLandscape } from '../support/screen/browser.ts'
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

const displayModes = ['', '&large', '&contrast', '&reach'] as const
/** Kept as pictures in every display mode, in Vietnamese. */
const inModes: Readonly<Record<string, string>> = {
  'screen=idle': 'idle',
  'screen=identifyTyped': 'identifyTyped',
  'screen=procedures': 'procedures',
  'screen=depositDoor-open': 'depositDoor-open',
  'screen=summary': 'summary',
}

/** Kept as pictures in Khmer, besides those in every display mode. */
const inKhmer: Readonly<Record<string, string>> = {
  'screen=notice': 'notice',
  'screen=relation': 'relation',
  'screen=papers': 'papers',
  'screen=bag': 'bag',
  'screen=intakeDone': 'intakeDone',
  'screen=collect': 'collect',
  'screen=collectRefused': 'collectRefused',
  'screen=scanReview': 'scanReview',
}

const languagesOf = (example: string) => (isForCitizens(example) ? languages : staffLanguages)
const staffLanguages = ['vi', 'en'] as const

/** Staff have no display modes: they get density. */
function isForCitizens(example: string): boolean {
  const screen = exampleScreens[/screen=([^&]+)/.exec(example)?.[1] ?? '']
  return screen !== undefined && ['nobody', 'citizen'].includes(exampleRole(screen.name))
}

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

  async function show(hash: string): Promise<void> {
    await page.evaluate((wanted) => {
      location.hash = wanted
    }, hash)
    await page.locator(`[data-example="${hash}"]`).waitFor()
  }

  it.each([
    ['portrait', portrait, displayModes],
    ['landscape', landscape, displayModes],
    // The shape of landscape on a coarser panel: what differs would be a length that does not grow with it.
    ['smallLandscape', smallLandscape, ['']],
  ] as const)('fits in %s, in every language and display mode', async (size, viewport, modes) => {
    await page.setViewportSize(viewport)
    const flaws: string[] = []
    for (const example of examples) {
      for (const mode of isForCitizens(example) ? modes : ['']) {
        for (const language of languagesOf(example)) {
          const hash = `${example}&language=${language}${mode}`
          await show(hash)
          for (const flaw of await geometryFlaws(page)) flaws.push(`${hash}: ${flaw}`)
          if (!updatesPictures || size === 'smallLandscape') continue
          const picture = pictured[example]
          const suffix = size === 'landscape' ? '-landscape' : ''
          if (mode !== '') {
            const name = inModes[example]
            if (name !== undefined && language === 'vi') {
              await takePicture(page, `${name}-${mode.slice(1)}${suffix}`)
            }
          } else if (language === 'km') {
            const name = inModes[example] ?? inKhmer[example]
            if (name !== undefined && size === 'portrait') await takePicture(page, `${name}-km`)
          } else if (picture !== undefined && (size === 'portrait' || doors.has(picture))) {
            await takePicture(page, `${picture}-${language}${suffix}`)
          }
        }
      }
    }
    expect(flaws).toEqual([])
  })

  it('has nothing that axe objects to', async () => {
    await page.setViewportSize(portrait)
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') })
    const objections: string[] = []
    for (const example of examples) {
      for (const mode of isForCitizens(example) ? ['', '&contrast'] : ['']) {
        const hash = `${example}&language=vi${mode}`
        await show(hash)
        for (const { id, target } of await page.evaluate(askAxe)) {
          objections.push(`${hash}: ${id}: ${target}`)
        }
      }
    }
    expect(objections).toEqual([])
  })
})

/** Runs in the page, where axe is. Nothing moves while it looks. */
async function askAxe(): Promise<{ id: string; target: string }[]> {
  const { axe } = window as unknown as { axe: typeof import('axe-core') }
  const { violations } = await axe.run(document.querySelector('.kiosk') ?? document, {
    resultTypes: ['violations'],
    rules: { 'color-contrast-enhanced': { enabled: true } },
  })
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => ({ id, target: target.join(' ') })),
  )
}
