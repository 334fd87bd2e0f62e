import type { Page } from 'playwright-core'

/** What a hand and an eye need, on a 27-inch panel, whatever its pixels. */
const limits = {
  panelMm: { long: 597, short: 336 },
  targetMm: 20,
  capitalMm: 4.75,
  /** A list that goes on below its edge shows at least so much of itself. */
  listMm: 40,
  /** Lists that may be longer than their place, and are seen to go on. */
  scrollingLists:
    '.results, .table, .papers, .slips, .block, .tiles, .queue-table, .findings, .exchanges',
}
type Limits = typeof limits

/** What a person would stumble over on the screen that is shown; empty when all is well. */
export function geometryFlaws(page: Page): Promise<string[]> {
  return page.evaluate(lookAround, limits)
}

/** The same for many examples of the gallery, one after another within the page: hundreds in some seconds. */
export async function galleryFlaws(page: Page, hashes: readonly string[]): Promise<string[]> {
  const look = `(${lookAround.toString()})(${JSON.stringify(limits)})`
  return page.evaluate(
    async ({ wanted, source }) => {
      const lookAgain = new Function(`return ${source}`) as () => string[]
      const flaws: string[] = []
      for (const hash of wanted) {
        window.show(hash)
        if (document.querySelector('.page-picture') !== null) {
          await new Promise((resolve) => setTimeout(resolve))
          await Promise.all([...document.images].map((image) => image.decode()))
        }
        for (const flaw of lookAgain()) flaws.push(`${hash}: ${flaw}`)
      }
      return flaws
    },
    { wanted: hashes, source: look },
  )
}

/** Runs in the page. */
function lookAround(limits: Limits): string[] {
  interface Box {
    readonly left: number
    readonly top: number
    readonly right: number
    readonly bottom: number
  }
  interface Part {
    readonly element: Element
    readonly name: string
    readonly box: Box
  }
  const { scrollingLists } = limits
  const { long, short } = limits.panelMm
  const mmPerPx = (innerWidth < innerHeight ? long : short) / innerHeight
  const smallestTargetPx = limits.targetMm / mmPerPx
  const slackPx = 4
  /** The font's own box is empty at its edges, and lines are set closer than that. */
  const emptyShare = 0.14
  const capitalShare = 0.7
  const flaws: string[] = []
  const root = document.querySelector('.overlay') ?? document.querySelector('.kiosk')
  if (root === null) return ['nothing is shown']

  const screen: Box = { left: 0, top: 0, right: innerWidth, bottom: innerHeight }
  const isEmpty = (box: Box) => box.right - box.left <= 1 || box.bottom - box.top <= 1
  const meet = (a: Box, b: Box): Box => ({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  })
  const exceeds = (inner: Box, outer: Box) =>
    inner.left < outer.left - slackPx ||
    inner.top < outer.top - slackPx ||
    inner.right > outer.right + slackPx ||
    inner.bottom > outer.bottom + slackPx

  interface Clip {
    readonly element: Element
    readonly isList: boolean
    readonly box: Box
  }
  const clipsAbove = new Map<Element, readonly Clip[]>()
  /** What cuts off the content of an element, innermost first. */
  const clipsOf = (element: Element | null): readonly Clip[] => {
    if (element === null) return []
    const known = clipsAbove.get(element)
    if (known) return known
    const { display, overflowX, overflowY } = getComputedStyle(element)
    const cutsNothing =
      display === 'contents' || (overflowX === 'visible' && overflowY === 'visible')
    const isList = element.matches(scrollingLists)
    const outer = clipsOf(element.parentElement)
    const clips = cutsNothing
      ? outer
      : [{ element, isList, box: element.getBoundingClientRect() }, ...outer]
    clipsAbove.set(element, clips)
    return clips
  }

  /** What is left of a part inside its lists; a part that anything else cuts is a flaw. */
  const place = (element: Element, name: string, box: Box): Part | undefined => {
    let seen = box
    for (const clip of clipsOf(element.parentElement)) {
      if (clip.isList) seen = meet(seen, clip.box)
      else if (exceeds(seen, clip.box)) {
        flaws.push(`cut off by ${nameOf(clip.element)}: ${name}`)
      }
      if (isEmpty(seen)) return undefined
    }
    if (exceeds(seen, screen)) flaws.push(`off the screen: ${name}`)
    return { element, name, box: seen }
  }
  const nameOf = (element: Element) =>
    element.getAttribute('data-testid') ?? (element.getAttribute('class') || element.tagName)

  /** What core says of the glass: nothing that can be touched begins above that line. */
  const kiosk = document.querySelector<HTMLElement>('.kiosk')
  const aboveReach = Number(kiosk?.style.getPropertyValue('--above-reach') || Number.NaN)
  const highestTouchPx = kiosk?.hasAttribute('data-reach') ? aboveReach * innerHeight : 0
  if (Number.isNaN(highestTouchPx)) flaws.push('the page does not know how far a hand reaches')
  const buttons: Part[] = []
  for (const button of root.querySelectorAll('button')) {
    const box = button.getBoundingClientRect()
    if (isEmpty(box)) continue
    const name = `button ${nameOf(button)}`
    if (box.width < smallestTargetPx - 0.5 || box.height < smallestTargetPx - 0.5) {
      const sides = [box.width, box.height].map((side) => Math.round(side * mmPerPx))
      flaws.push(`too small to hit, ${sides.join(' × ')} mm: ${name}`)
    }
    const part = place(button, name, box)
    if (!part) continue
    buttons.push(part)
    const tooHighMm = Math.round((highestTouchPx - part.box.top) * mmPerPx)
    if (tooHighMm > 0) flaws.push(`out of reach by ${tooHighMm} mm: ${name}`)
  }

  const texts: Part[] = []
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement
    const words = node.textContent?.trim() ?? ''
    if (element === null || words === '' || element.closest('[aria-hidden="true"]')) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const whole = range.getBoundingClientRect()
    if (isEmpty(whole)) continue
    const name = `“${words.slice(0, 40)}”`
    const drawn = element.closest('svg')
    const scale = drawn instanceof SVGSVGElement ? (drawn.getScreenCTM()?.a ?? 1) : 1
    const sizePx = Number.parseFloat(getComputedStyle(element).fontSize) * scale
    const capitalMm = sizePx * capitalShare * mmPerPx
    if (capitalMm < limits.capitalMm) {
      flaws.push(`too small to read, ${capitalMm.toFixed(1)} mm: ${name}`)
    }
    const { left, right } = whole
    const top = whole.top + emptyShare * sizePx
    const bottom = whole.bottom - emptyShare * sizePx
    const part = place(element, name, { left, top, right, bottom })
    if (part) texts.push(part)
  }

  const overlap = (a: Part, b: Part) => {
    if (a.element.contains(b.element) || b.element.contains(a.element)) return
    const both = meet(a.box, b.box)
    if (both.right - both.left > slackPx && both.bottom - both.top > 2 * slackPx) {
      flaws.push(`one over the other: ${a.name} and ${b.name}`)
    }
  }
  const parts = [...buttons, ...texts]
  for (const [index, part] of parts.entries()) {
    for (const other of parts.slice(index + 1)) overlap(part, other)
  }

  const scrolled = new Set([...clipsAbove.values()].flat().map(({ element }) => element))
  for (const element of scrolled) {
    const { overflowY } = getComputedStyle(element)
    if (overflowY !== 'auto' && overflowY !== 'scroll') continue
    const hiddenPx = element.scrollHeight - element.clientHeight
    if (hiddenPx <= 2) continue
    if (!element.matches(scrollingLists)) {
      flaws.push(`scrolls by ${hiddenPx} px: ${nameOf(element)}`)
    } else if (element.clientHeight * mmPerPx < limits.listMm) {
      const shownMm = Math.round(element.clientHeight * mmPerPx)
      flaws.push(`shows ${shownMm} mm of its list: ${nameOf(element)}`)
    }
  }
  return flaws
}
