import { exampleScreens } from '../../../src/contract/examples/example-screens.ts'
import type { Screen } from '../../../src/contract/screen.ts'

/** One whole visit by names of example screens: somebody hands in with the scanner, and gets a result out. */
const visit = [
  ...['idle', 'notice', 'identify', 'identity', 'relation', 'phone', 'phoneCode', 'procedures'],
  ...[
    'procedure',
    'papers',
    'scanOffer',
    'scanning',
    'scanReview',
    'scanPage',
    'scanSaving',
    'bag',
  ],
  ...['summary', 'depositDoor-opening', 'depositDoor-open', 'depositDoor-close'],
  ...['depositDoor-checking', 'slipPrinting', 'intakeDone'],
  ...['idle', 'collect', 'collectDoor-open', 'collectDoor-close', 'collectDone'],
] as const

/** The screens of that visit, in order; no two neighbours look the same. */
export const visitScreens: readonly Screen[] = visit.map((name) => {
  const screen = exampleScreens[name]
  if (screen === undefined) throw new Error(`no example screen ${name}`)
  return screen
})

/** Finds the page that shows this screen, at this step of its door. */
export function selectorOf(screen: Screen): string {
  const shown = `.kiosk[data-screen="${screen.name}"]`
  if (!('door' in screen)) return shown
  return `${shown} [data-testid="door"][data-step="${screen.door.step}"]`
}
