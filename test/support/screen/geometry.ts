import type { Page } from 'playwright-core'

/** 20 mm on a 27-inch panel of 1,920 × 1,080, 0.311 mm a pixel; other panels of that size have as many millimetres a rem. */
const smallestTargetPx = 64
/** Capitals of 4.8 mm: 0.7 of the letter's size. */
const smallestTextPx = 22
/** Lists that may be longer than their place, and are seen to go on. */
const scrollingLists =
  '.results, .table, .papers, .slips, .block, .tiles, .queue-table, .findings, .exchanges'

/** WCAG 2.2, 1.4.6 (AAA). */
const leastContrast = 7

/**
 * What a person would stumble over on the screen that is shown; empty when all is well. In reach mode nothing that
 * can be touched may begin above the line.
 */
export function geometryFlaws(page: Page): Promise<string[]> {
  return page.evaluate(lookAround, {
    smallestTargetPx,
    smallestTextPx,
    leastContrast,
    scrollingLists,
  })
}

interface Limits {
  readonly smallestTargetPx: number
  readonly smallestTextPx: number
  readonly leastContrast: number
  readonly scrollingLists: string
}

/** Runs in the page. */
function lookAround(limits: Limits): string[] {
  const { leastContrast, scrollingLists } = limits
  const scale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16
  const smallestTargetPx = limits.smallestTargetPx * scale
  const smallestTextPx = limits.smallestTextPx * scale
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
  const slackPx = 4
  /** The font's own box is empty at its edges, and lines are set closer than that. */
  const emptyShare = 0.14
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

  /** What is left of a part inside its lists; a part that anything else cuts is a flaw. */
  const place = (element: Element, name: string, box: Box): Part | undefined => {
    let seen = box
    for (let outer = element.parentElement; outer !== null; outer = outer.parentElement) {
      const { display, overflowX, overflowY } = getComputedStyle(outer)
      if (display === 'contents') continue
      if (overflowX === 'visible' && overflowY === 'visible') continue
      const frame = outer.getBoundingClientRect()
      if (outer.matches(scrollingLists)) seen = meet(seen, frame)
      else if (exceeds(seen, frame)) flaws.push(`cut off by ${nameOf(outer)}: ${name}`)
      if (isEmpty(seen)) return undefined
    }
    if (exceeds(seen, screen)) flaws.push(`off the screen: ${name}`)
    return { element, name, box: seen }
  }
  const nameOf = (element: Element) =>
    element.getAttribute('data-testid') ?? (element.getAttribute('class') || element.tagName)

  const kiosk = document.querySelector<HTMLElement>('.kiosk')
  const reaches = kiosk?.hasAttribute('data-reach') && root === kiosk
  const share = Number(kiosk?.style.getPropertyValue('--above-reach') ?? 0)
  const highestTouchPx = reaches ? share * innerHeight : 0

  const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number)
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = channels(colour).map((channel) => {
      const value = channel / 255
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const groundOf = (element: Element): string => {
    for (let outer: Element | null = element; outer !== null; outer = outer.parentElement) {
      const colour = getComputedStyle(outer).backgroundColor
      if (channels(colour)[3] !== 0) return colour
    }
    return 'rgb(255, 255, 255)'
  }
  const contrastOf = (element: Element): number => {
    const a = luminance(getComputedStyle(element).color)
    const b = luminance(groundOf(element))
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
  }

  const buttons: Part[] = []
  for (const button of root.querySelectorAll('button')) {
    const box = button.getBoundingClientRect()
    if (isEmpty(box)) continue
    const name = `button ${nameOf(button)}`
    if (box.width < smallestTargetPx - 0.5 || box.height < smallestTargetPx - 0.5) {
      flaws.push(`too small to hit, ${Math.round(box.width)} × ${Math.round(box.height)}: ${name}`)
    }
    const part = place(button, name, box)
    if (part) buttons.push(part)
    if (part && part.box.top < highestTouchPx - slackPx) {
      flaws.push(`out of reach, ${Math.round(highestTouchPx - part.box.top)} px too high: ${name}`)
    }
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
    const drawnScale = drawn instanceof SVGSVGElement ? (drawn.getScreenCTM()?.a ?? 1) : 1
    const sizePx = Number.parseFloat(getComputedStyle(element).fontSize) * drawnScale
    if (sizePx < smallestTextPx - 0.1)
      flaws.push(`too small to read, ${Math.round(sizePx)} px: ${name}`)
    if (!(element instanceof SVGElement) && contrastOf(element) < leastContrast) {
      flaws.push(`faint, ${contrastOf(element).toFixed(1)}: ${name}`)
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

  for (const element of root.querySelectorAll('*')) {
    const { display, overflowY } = getComputedStyle(element)
    if (display === 'contents') continue
    if (overflowY !== 'auto' && overflowY !== 'scroll') continue
    const hiddenPx = element.scrollHeight - element.clientHeight
    if (hiddenPx > 2 && !element.matches(scrollingLists)) {
      flaws.push(`scrolls by ${hiddenPx} px: ${nameOf(element)}`)
    }
  }
  return flaws
}
