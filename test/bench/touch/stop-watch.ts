import type { Page } from 'playwright-core'

/** Of the page: resolves with milliseconds from the finger's leaving to the painted next screen. */
interface WatchedWindow {
  nextPaint?: Promise<number>
}

/**
 * Taps `testId` and measures inside the page: from the pointer event to the second animation frame after the
 * screen's name has changed; the first of the two is the one in which it is drawn.
 */
export async function timeTouch(page: Page, testId: string): Promise<number> {
  const button = page.getByTestId(testId)
  await button.waitFor()
  await page.evaluate(watch)
  await button.tap()
  const tookMs = await page.evaluate(() => (window as WatchedWindow).nextPaint)
  if (tookMs === undefined) throw new Error('the page was not watched')
  return tookMs
}

/** Runs in the page. */
function watch(): void {
  const screenNow = () => document.querySelector('[data-screen]')?.getAttribute('data-screen')
  const before = screenNow()
  const watched = window as WatchedWindow
  watched.nextPaint = new Promise((resolve) => {
    const onTouch = ({ timeStamp }: Event) => {
      const observer = new MutationObserver(() => {
        if (screenNow() === before) return
        observer.disconnect()
        const painted = () => resolve(performance.now() - timeStamp)
        requestAnimationFrame(() => requestAnimationFrame(painted))
      })
      observer.observe(document.body, {
        subtree: true,
        childList: true,
        attributeFilter: ['data-screen'],
      })
    }
    addEventListener('pointerup', onTouch, { capture: true, once: true })
  })
}
