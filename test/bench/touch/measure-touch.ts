import { chromium, type Page } from 'playwright-core'
import { umockdevEnvironment } from '../../../src/devices/simulators/reader/testbed.ts'
import { findChromium } from '../../../src/main/host/chromium.ts'
import { startMachine } from '../../support/machine.ts'
import { atMost, ratioOf, rounded } from '../figure.ts'
import type { Part } from '../part.ts'
import { summary } from '../series.ts'
import { startHostProcess } from './start-host.ts'
import { timeTouch } from './stop-watch.ts'

/** Test ids, one screen after another and back to the first. */
const walk = [
  'choose-intake',
  'accept',
  'type-idNumber',
  'back',
  'type-passport',
  'back',
  'back',
  'look-up',
  'back',
  'leave',
  'choose-collection',
  'type-code',
  'back',
  'leave',
] as const
const rounds = 12
const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-quic',
  '--no-first-run',
  '--disable-component-update',
  '--disable-sync',
]

/** A finger on the real screen: page, WebSocket, host, core, snapshot, React and paint. */
export const measureTouch: Part = async ({ progress }) => {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('no Chromium: install the package chromium')
  const machine = await startMachine()
  await machine.core.stop()
  const testbed = umockdevEnvironment(`${machine.folder}/devices/reader`)
  const host = await startHostProcess(machine.configFile, testbed)
  const browser = await chromium.launch({ executablePath, args: chromiumArguments })
  try {
    const context = await browser.newContext({
      viewport: { width: 1080, height: 1920 },
      hasTouch: true,
    })
    const kiosk = await context.newPage()
    await kiosk.goto(host.url)
    await kiosk.getByTestId('choose-intake').and(kiosk.locator(':enabled')).waitFor()
    // A page in the background gets no animation frames: one after another.
    const touches: number[] = []
    for (let round = 0; round <= rounds; round += 1) {
      for (const testId of walk) {
        const tookMs = await timeTouch(kiosk, testId)
        if (round > 0) touches.push(tookMs)
      }
    }
    progress(`${touches.length} touches`)
    const blank = await bareTouches(await context.newPage())
    const measured = summary(touches)
    const raw = summary(blank)
    return {
      what: 'finger off the glass until the next screen is painted (two animation frames)',
      unit: 'ms',
      measured: rounded(measured),
      raw: { what: 'the same in a page that changes one attribute by itself', ...rounded(raw) },
      ratio: ratioOf(measured, raw),
      aims: [atMost('p95 ≤ 50 ms', measured.p95, 50)],
    }
  } finally {
    await browser.close()
    await host.stop()
    await machine.stop()
  }
}

async function bareTouches(page: Page): Promise<readonly number[]> {
  await page.setContent(
    `<body data-screen="0"><button data-testid="next" style="width:400px;height:200px"
       onclick="document.body.dataset.screen = Number(document.body.dataset.screen) + 1">next</button>`,
  )
  const times: number[] = []
  for (let count = 0; count < 100; count += 1) times.push(await timeTouch(page, 'next'))
  return times
}
