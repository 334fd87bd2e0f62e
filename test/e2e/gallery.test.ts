import { existsSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleScreens } from '../../src/contract/examples/example-screens.ts'
import { exampleRole } from '../../src/contract/examples/example-snapshot.ts'
import { languages } from '../../src/contract/roles.ts'
import { axeFindings, bringAxe } from '../support/screen/accessibility.ts'
import { landscape, portrait, smallLandscape } from '../support/screen/browser.ts'
import { faintTexts } from '../support/screen/contrast.ts'
import { type GalleryPage, openGallery, showExample } from '../support/screen/gallery-page.ts'
import { galleryFlaws, geometryFlaws } from '../support/screen/geometry.ts'
import { pictureFile, takePicture, updatesPictures } from '../support/screen/picture.ts'

const names = Object.keys(exampleScreens)
const isForCitizens = (name: string) => {
  const screen = exampleScreens[name]
  return screen !== undefined && ['nobody', 'citizen'].includes(exampleRole(screen.name))
}
/** Every screen in every state that looks different, also those that no day at one machine meets. */
const citizenExamples = [
  ...names.filter(isForCitizens).map((name) => `screen=${name}`),
  'screen=idle&faulty',
  'screen=notice&warning',
  'screen=bag&away',
]
/** Staff have no display modes: they get density. */
const staffExamples = names.filter((name) => !isForCitizens(name)).map((name) => `screen=${name}`)
const staffLanguages = ['vi', 'en'] as const

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
  'screen=offListDoors': 'offListDoors',
  'screen=offListReason': 'offListReason',
  'screen=offListSecond': 'offListSecond',
  'screen=offListSecondPin': 'offListSecondPin',
  'screen=offListDoor': 'offListDoor',
  'screen=devices': 'devices',
  'screen=devices-fit': 'devices-fit',
  'screen=device': 'device',
  'screen=testDoors': 'testDoors',
  'screen=testDoorSecond': 'testDoorSecond',
  'screen=testDoorSecondPin': 'testDoorSecondPin',
  'screen=lookDoor': 'lookDoor',
  'screen=lookDoor-held': 'lookDoor-held',
  'screen=testCode': 'testCode',
  'screen=supportBundle': 'supportBundle',
  'screen=supportBundle-failed': 'supportBundle-failed',
  'screen=idle-hint': 'idle-hint',
  'screen=outOfService': 'outOfService',
  'screen=staffDoorProblem': 'staffDoorProblem',
  'screen=notice&warning': 'warning',
  'screen=bag&away': 'moment',
}
/** Kept in landscape too: where it is laid out otherwise. */
const inLandscape: ReadonlySet<string> = new Set([
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

const sizes = { portrait, landscape, 'a small landscape': smallLandscape } as const
/** High contrast changes colours and moves nothing: it is looked at along with reach. */
const displays = [
  ['as it is', ''],
  ['large text', '&large'],
  ['high contrast and reach', '&contrast&reach'],
  ['all at once', '&large&contrast&reach'],
] as const

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

describe('the gallery of screens', { timeout: 300_000 }, () => {
  let gallery: GalleryPage
  let page: Page
  beforeAll(async () => {
    gallery = await openGallery()
    page = gallery.page
    await bringAxe(page)
  })
  afterAll(() => gallery?.close())

  describe.each(Object.entries(sizes))('in %s', (_, viewport) => {
    it.each(displays)('fits citizens in every language: %s', async (_, display) => {
      await page.setViewportSize(viewport)
      const hashes = citizenExamples.flatMap((example) =>
        languages.map((language) => `${example}&language=${language}${display}`),
      )
      expect(await galleryFlaws(page, hashes)).toEqual([])
    })

    it('fits staff in their languages', async () => {
      await page.setViewportSize(viewport)
      const hashes = staffExamples.flatMap((example) =>
        staffLanguages.map((language) => `${example}&language=${language}`),
      )
      expect(await galleryFlaws(page, hashes)).toEqual([])
    })
  })

  it.each([
    ['as it is', '', [...citizenExamples, ...staffExamples]],
    ['high contrast', '&contrast', citizenExamples],
  ] as const)('gives words a contrast of 7 : 1 or more: %s', async (_, display, examples) => {
    await page.setViewportSize(portrait)
    const faint: string[] = []
    for (const example of examples) {
      await showExample(page, `${example}&language=vi${display}`)
      for (const text of await faintTexts(page)) faint.push(`${example}: ${text}`)
    }
    expect(faint).toEqual([])
  })

  it('leaves axe nothing to find', async () => {
    await page.setViewportSize(portrait)
    const findings: string[] = []
    for (const example of [...citizenExamples, ...staffExamples]) {
      await showExample(page, `${example}&language=vi`)
      for (const finding of await axeFindings(page)) findings.push(`${example}: ${finding}`)
    }
    expect(findings).toEqual([])
  })

  it('is looked at by eyes that see', async () => {
    await page.setViewportSize(portrait)
    await showExample(page, 'screen=papers&language=vi&reach')
    await page.addStyleTag({
      content: `
        h1 { position: relative; left: 800px }
        [data-testid=display-reach] { min-height: 0 !important; height: 50px; align-self: start }
        [data-testid=confirm-papers] { position: fixed; top: 100px }
        .papers { max-height: 60px }
        .lead { font-size: 20px !important; color: #8a8a8a }
      `,
    })
    const flaws = (await geometryFlaws(page)).join('\n')
    for (const flaw of [
      'off the screen: “Trong túi',
      '× 16 mm: button display-reach',
      'out of reach by 226 mm: button confirm-papers',
      'shows 19 mm of its list: papers',
      'too small to read, 4.4 mm: “Bấm dấu cộng',
      'one over the other: button confirm-papers',
    ]) {
      expect(flaws).toContain(flaw)
    }
    expect((await faintTexts(page)).join()).toMatch(/Bấm dấu cộng.*contrast of 3\.\d : 1/)
    await page.evaluate(() => document.querySelector('button.primary')?.replaceChildren())
    expect((await axeFindings(page)).join()).toContain('button-name')
    await page.reload()
  })

  it('is kept in pictures', async () => {
    for (const { example, picture, viewport } of pictures()) {
      if (updatesPictures) {
        await page.setViewportSize(viewport)
        await showExample(page, example)
        await takePicture(page, picture)
      }
      expect(existsSync(pictureFile(picture)), picture).toBe(true)
    }
  })
})

function* pictures() {
  for (const [suffix, viewport] of [
    ['', portrait],
    ['-landscape', landscape],
  ] as const) {
    const of = (example: string, picture: string, rest: string) => ({
      ...{ example: `${example}&${rest}`, picture: `${picture}${suffix}`, viewport },
    })
    for (const [example, picture] of Object.entries(pictured)) {
      if (suffix !== '' && !inLandscape.has(picture)) continue
      for (const language of staffLanguages) {
        yield of(example, `${picture}-${language}`, `language=${language}`)
      }
    }
    for (const [example, picture] of Object.entries(inModes)) {
      for (const mode of ['large', 'contrast', 'reach']) {
        yield of(example, `${picture}-${mode}`, `language=vi&${mode}`)
      }
    }
    if (suffix !== '') continue
    for (const [example, picture] of Object.entries({ ...inModes, ...inKhmer })) {
      yield of(example, `${picture}-km`, 'language=km')
    }
  }
}
