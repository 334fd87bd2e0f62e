import type { CDPSession, Page } from 'playwright-core'
import { languages } from '../../../src/contract/roles.ts'
import { atMost, type Numbers, ratioOf, round, rounded } from '../figure.ts'
import type { Part } from '../part.ts'
import { openWalk } from './open-walk.ts'
import { visitScreens } from './walk.ts'

/** By then every screen was drawn in every language, and V8 has compiled what is hot: what comes once has come. */
const settledAfter = 250
/** A page that keeps a little of each visit grows without end; the collector's own noise is below this. */
const flatPercent = 5

interface PageMemory {
  readonly heapMegabytes: number
  readonly nodes: number
  readonly listeners: number
}

/**
 * The product's page through so many visits, each an intake with scanned pages and a collection, the languages
 * taking turns. Core's part is scripted; what V8 and Blink hold is read after a forced collection.
 */
export const measureRenderer: Part = async ({ intakes: visits, progress }) => {
  const walk = await openWalk()
  try {
    const memory = await openMemory(walk.page)
    const early = Math.min(settledAfter, Math.ceil(visits / 2))
    const seen: Record<string, Numbers> = {}
    let settled: PageMemory | undefined
    for (let count = 1; count <= visits; count += 1) {
      const language = languages[count % languages.length] ?? 'vi'
      for (const screen of visitScreens) await walk.step(screen, language)
      if (count !== early && count % 250 !== 0 && count !== visits) continue
      const now = await memory.read()
      if (count === early) settled = now
      seen[`after${count}`] = rounded({ ...now })
      progress(`${count} visits: ${round(now.heapMegabytes)} MB, ${now.nodes} nodes`)
    }
    const end = await memory.read()
    const blank = await (await openMemory(await walk.blankPage())).read()
    const start = settled ?? end
    const measured = { heap: end.heapMegabytes }
    const raw = { heap: blank.heapMegabytes }
    const grown = (name: keyof PageMemory) => (100 * (end[name] - start[name])) / start[name]
    return {
      what: `JavaScript heap of the page after ${visits} visits, each an intake and a collection`,
      unit: 'MB',
      measured: rounded(measured),
      raw: { what: 'a page with nothing in it', ...rounded(raw) },
      ratio: ratioOf(measured, raw),
      aims: [
        atMost(
          `heap ≤ ${flatPercent} % more than after ${early}`,
          grown('heapMegabytes'),
          flatPercent,
        ),
        atMost(
          `DOM nodes ≤ ${flatPercent} % more than after ${early}`,
          grown('nodes'),
          flatPercent,
        ),
        atMost(
          `listeners ≤ ${flatPercent} % more than after ${early}`,
          grown('listeners'),
          flatPercent,
        ),
      ],
      more: seen,
    }
  } finally {
    await walk.close()
  }
}

/** What the page's own process counts, garbage collected first. */
async function openMemory(page: Page): Promise<{ read(): Promise<PageMemory> }> {
  const devtools: CDPSession = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable')
  return {
    async read() {
      await devtools.send('HeapProfiler.collectGarbage')
      const { metrics } = await devtools.send('Performance.getMetrics')
      const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0
      return {
        heapMegabytes: value('JSHeapUsedSize') / 1e6,
        nodes: value('Nodes'),
        listeners: value('JSEventListeners'),
      }
    },
  }
}
