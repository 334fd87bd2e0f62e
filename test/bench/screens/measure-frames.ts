import type { Page } from 'playwright-core'
import { languages } from '../../../src/contract/roles.ts'
import { atMost, ratioOf, rounded } from '../figure.ts'
import type { Part } from '../part.ts'
import { summary } from '../series.ts'
import { openWalk } from './open-walk.ts'
import { visitScreens } from './walk.ts'

/** Longer than what moves when a screen comes: the whole of it is watched. */
const dwellMs = 700
const longMs = 100

/** Of the page: milliseconds between its animation frames, as they come. */
interface WatchedFrames {
  watchedFrames?: number[]
}

/** Every frame while the screens of both journeys come one after another, once in each language. */
export const measureFrames: Part = async ({ progress }) => {
  const walk = await openWalk()
  try {
    // Fonts and pictures are read once a start, not in front of each person.
    for (const language of languages) {
      for (const screen of visitScreens) await walk.step(screen, language)
    }
    const frames: number[] = []
    const long: string[] = []
    for (const language of languages) {
      for (const screen of visitScreens) {
        await walk.page.evaluate(watchFrames)
        await walk.step(screen, language)
        await walk.page.waitForTimeout(dwellMs)
        const seen = await takeFrames(walk.page)
        frames.push(...seen)
        for (const frameMs of seen.filter((one) => one > longMs)) {
          long.push(`${screen.name} ${language} ${Math.round(frameMs)} ms`)
        }
      }
      progress(`${language}: ${frames.length} frames, over ${longMs} ms: ${long.length}`)
    }
    for (const one of long) progress(one)
    const blank = await walk.blankPage()
    await blank.evaluate(watchFrames)
    await blank.waitForTimeout(dwellMs * visitScreens.length)
    const measured = summary(frames)
    const blankFrames = await takeFrames(blank)
    const raw = summary(blankFrames)
    return {
      what: 'from one animation frame to the next while the screens of both journeys come and settle',
      unit: 'ms',
      measured: rounded(measured),
      raw: { what: 'the same in a page in which nothing happens', ...rounded(raw) },
      ratio: ratioOf(measured, raw),
      aims: [atMost(`no frame over ${longMs} ms`, long.length, 0)],
      more: {
        blankFramesOver100Ms: blankFrames.filter((one) => one > longMs).length,
        screens: visitScreens.length * languages.length,
      },
    }
  } finally {
    await walk.close()
  }
}

async function takeFrames(page: Page): Promise<readonly number[]> {
  return page.evaluate(() => {
    const watched = window as WatchedFrames
    const seen = watched.watchedFrames ?? []
    delete watched.watchedFrames
    return seen
  })
}

/** Runs in the page until the frames are taken. */
function watchFrames(): void {
  const watched = window as WatchedFrames
  const frames: number[] = []
  watched.watchedFrames = frames
  let last = performance.now()
  const look = () => {
    if (watched.watchedFrames !== frames) return
    const now = performance.now()
    frames.push(now - last)
    last = now
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}
