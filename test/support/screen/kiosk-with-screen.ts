import type { Browser, Page } from 'playwright-core'
import { startWorld, type World, type WorldOptions } from '../world.ts'
import { openBrowser, portrait } from './browser.ts'
import { type HostProcess, startHostProcess } from './host-process.ts'
import { type Person, personBefore } from './person.ts'

/** The whole machine with its screen: host, core and a real Chromium, driven by fingers alone. */
export interface KioskWithScreen extends World {
  readonly host: HostProcess
  readonly page: Page
  readonly person: Person
  /** What the page complained of; broken connections are told by the page itself and are not here. */
  readonly complaints: readonly string[]
}

export async function startKioskWithScreen(options: WorldOptions = {}): Promise<KioskWithScreen> {
  const world = await startWorld(options)
  const host = await startHostProcess(world.configFile, world.environment)
  const browser: Browser = await openBrowser()
  const context = await browser.newContext({ viewport: portrait, hasTouch: true })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('WebSocket')) {
      complaints.push(message.text())
    }
  })
  await page.goto(host.url)
  for (const journey of ['intake', 'collection']) {
    await page.locator(`[data-testid="choose-${journey}"]:enabled`).waitFor()
  }
  return {
    ...world,
    host,
    page,
    person: personBefore(page),
    complaints,
    async stop() {
      await browser.close()
      await host.stop()
      await world.stop()
    },
  }
}
