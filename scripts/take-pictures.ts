import { mkdir } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { createServer } from 'vite'
import { exampleScreens } from '../src/contract/examples/example-screens.ts'
import { findChromium } from '../src/main/host/chromium.ts'

/**
 * Takes a picture of each example screen: `node scripts/take-pictures.ts --out FOLDER
 * [--only idle,notice] [--landscape] [--language en]`.
 */
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'dist/gallery' },
    only: { type: 'string' },
    landscape: { type: 'boolean', default: false },
    language: { type: 'string', default: 'vi' },
  },
})
const executablePath = findChromium()
if (executablePath === undefined) throw new Error('No Chromium found: apt-get install chromium')
await mkdir(values.out, { recursive: true })
const server = await createServer({ configFile: 'vite.config.ts', server: { port: 0 } })
await server.listen()
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
})
const page = await browser.newPage({
  viewport: values.landscape ? { width: 1920, height: 1080 } : { width: 1080, height: 1920 },
})
const variants = [...Object.keys(exampleScreens), 'idle&faulty', 'notice&warning', 'bag&away']
const wanted = values.only?.split(',') ?? variants
for (const name of wanted) {
  const base = server.resolvedUrls?.local[0] ?? ''
  await page.goto(`${base}gallery/#screen=${name}&language=${values.language}`)
  await page.waitForSelector(`[data-example^="screen=${name}&language"]`)
  await page.evaluate(() => document.fonts.ready)
  const clipped = await page.evaluate(() =>
    [...document.querySelectorAll('.page-body, .page-head, .page-actions, .results')]
      .filter((element) => element.scrollHeight > element.clientHeight + 2)
      .map((element) => `${element.className} ${element.scrollHeight - element.clientHeight} px`),
  )
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll('button, p, h1, dd, output, strong')]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .map((element) => element.textContent?.slice(0, 40)),
  )
  const orientation = values.landscape ? 'landscape' : 'portrait'
  await page.screenshot({
    path: `${values.out}/${name.replace('&', '-')}.${values.language}.${orientation}.png`,
    animations: 'disabled',
  })
  const found = [
    ...clipped.map((part) => `scrolls: ${part}`),
    ...wide.map((part) => `wide: ${part}`),
  ]
  if (found.length > 0) process.stdout.write(`${name}: ${found.join('; ')}\n`)
}
await browser.close()
await server.close()
