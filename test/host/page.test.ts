import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chromiumArguments, findChromium } from '../../src/main/host/chromium.ts'
import { type Host, startHost } from '../../src/main/host/host.ts'

/** The real page in a real browser, the real host, and a fake core that only shows one screen. */

let folder: string
let browser: Browser
let page: Page
let host: Host
const complaints: string[] = []

beforeAll(async () => {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('Chromium is missing: apt-get install chromium')
  folder = await mkdtemp(join(tmpdir(), 'motcua-page-test-'))
  await build({
    configFile: fileURLToPath(new URL('../../vite.config.ts', import.meta.url)),
    logLevel: 'error',
    build: { outDir: join(folder, 'page') },
  })
  const args = chromiumArguments({ url: 'about:blank', mode: 'headless' }, folder, true)
  browser = await chromium.launch({
    executablePath,
    args: args.filter((arg) => arg.startsWith('--') && !arg.startsWith('--user-data-dir')),
  })
})

afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
})

async function show(screen: string): Promise<void> {
  host = await startHost({
    coreEntry: fileURLToPath(new URL('./fake-core.ts', import.meta.url)),
    coreArgs: [join(folder, 'core.log'), screen],
    pageFolder: join(folder, 'page'),
    port: 0,
  })
  await page.goto(host.url)
  await page.waitForSelector('[data-screen]')
}

beforeEach(async () => {
  complaints.length = 0
  page = await browser.newPage({ viewport: { width: 1080, height: 1920 } })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // Lost connections are told by the browser as well; here they are made on purpose.
    if (message.type() === 'error' && !message.text().includes('WebSocket')) {
      complaints.push(message.text())
    }
  })
})

afterEach(async () => {
  await page.close()
  await host.stop()
})

const testId = (id: string) => page.getByTestId(id)

describe('the page', () => {
  it('shows the snapshot, follows a change of language and breaks no policy', async () => {
    await show('idle')
    expect(await testId('title').textContent()).toBe('Ông/bà cần làm việc gì?')
    await testId('language-en').click()
    await page.getByText('What would you like to do?').waitFor()
    expect(await page.getAttribute('html', 'lang')).toBe('en')
    const font = await page.evaluate(async () => {
      await document.fonts.ready
      return document.fonts.check('700 32px "Be Vietnam Pro"')
    })
    expect(font).toBe(true)
    expect(complaints).toEqual([])
  })

  it('shows nothing but a wait without the token', async () => {
    await show('idle')
    await page.goto('about:blank')
    await page.goto(`http://127.0.0.1:${host.port}/`)
    await testId('moment').waitFor()
    expect(await page.locator('[data-screen]').count()).toBe(0)
  })

  it('waits quietly while core is killed, then shows the same screen', async () => {
    await show('bag')
    process.kill(host.corePid() ?? 0, 'SIGKILL')
    await testId('moment').waitFor()
    await testId('moment').waitFor({ state: 'detached' })
    expect(await page.locator('.kiosk').getAttribute('data-screen')).toBe('bag')
  })

  it('shows the same screen after a reload', async () => {
    await show('depositDoor-open')
    await page.reload()
    await testId('door').waitFor()
    expect(await testId('door').getAttribute('data-compartment')).toBe('5')
  })

  it('types a hidden value by its keys, however fast, and starts anew after a wrong one', async () => {
    await show('staffPin')
    await page.evaluate(() => {
      for (const key of '13579') {
        document.querySelector<HTMLElement>(`[data-testid="key-${key}"]`)?.click()
      }
    })
    await page.getByText('•••••').waitFor()
    expect(await typed()).toBe('13579')
    expect(await page.content()).not.toContain('13579')
    await testId('key-erase').click()
    await expect.poll(typed).toBe('1357')
    await testId('submit').click()
    await testId('problem-pinWrong').waitFor()
    await testId('key-8').click()
    await expect.poll(typed).toBe('8')
    expect(complaints).toEqual([])
  })
})

/** What core was told last. */
async function typed(): Promise<string | undefined> {
  const lines = (await readFile(join(folder, 'core.log'), 'utf8')).trim().split('\n')
  return lines.findLast((line) => line.startsWith('typed '))?.slice('typed '.length)
}
