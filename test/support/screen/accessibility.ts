import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Page } from 'playwright-core'

declare global {
  interface Window {
    axe: typeof axe
  }
}

const program = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** Puts axe into the page; once a page. */
export async function bringAxe(page: Page): Promise<void> {
  await page.addScriptTag({ path: program })
}

/** What axe finds on the screen that is shown, with the rules that it leaves out unless asked. */
export async function axeFindings(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document, {
      resultTypes: ['violations'],
      rules: { 'color-contrast-enhanced': { enabled: true }, 'target-size': { enabled: true } },
    })
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 120)}`),
    )
  })
}
