import type { Page } from 'playwright-core'

/** WCAG 2.2, 1.4.6. */
const leastContrast = 7

/** Words that do not stand out enough from what lies behind them, as it is painted. */
export function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate(lookAtColours, leastContrast)
}

/** Runs in the page. */
function lookAtColours(leastContrast: number): string[] {
  type Colour = readonly [red: number, green: number, blue: number, alpha: number]
  const parse = (text: string): Colour | undefined => {
    const [red, green, blue, alpha = 1] = (text.match(/[\d.]+/g) ?? []).map(Number)
    return red === undefined || green === undefined || blue === undefined || !/^rgba?\(/.test(text)
      ? undefined
      : [red, green, blue, alpha]
  }
  const luminance = ([red, green, blue]: Colour) => {
    const linear = (value: number) => {
      const share = value / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }
  const contrast = (one: Colour, other: Colour) => {
    const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
    return (high + 0.05) / (low + 0.05)
  }
  const flaws: string[] = []
  /** The first thing behind the word that is painted all over. */
  const behind = (element: Element, x: number, y: number): Colour | string => {
    for (const below of document.elementsFromPoint(x, y)) {
      if (below === element || below.tagName === 'text' || below.tagName === 'svg') continue
      const style = getComputedStyle(below)
      const isShape = below instanceof SVGGeometryElement
      const painted = isShape ? parse(style.fill) : parse(style.backgroundColor)
      if (!painted || painted[3] === 0) {
        if (!isShape && style.backgroundImage !== 'none') return `a picture of ${below.tagName}`
        continue
      }
      if (painted[3] < 1) return `something half transparent, ${below.className}`
      return painted
    }
    return 'nothing'
  }
  const root = document.querySelector('.overlay') ?? document.querySelector('.kiosk')
  if (root === null) return ['nothing is shown']
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement
    const words = node.textContent?.trim() ?? ''
    if (element === null || words === '') continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const line = range.getClientRects()[0]
    if (!line || line.width <= 1) continue
    const [x, y] = [line.left + line.width / 2, line.top + line.height / 2]
    // Scrolled out of its list, or outside the glass: somebody else's matter.
    if (!document.elementsFromPoint(x, y).includes(element)) continue
    const style = getComputedStyle(element)
    const drawn = element.closest('svg') !== null && element instanceof SVGElement
    const colour = parse(drawn ? style.fill : style.color)
    const own = drawn ? undefined : parse(style.backgroundColor)
    const ground = own && own[3] === 1 ? own : behind(element, x, y)
    if (colour === undefined || typeof ground === 'string') {
      flaws.push(`“${words.slice(0, 40)}” stands on ${String(ground)}`)
      continue
    }
    const found = contrast(colour, ground)
    if (found < leastContrast) {
      flaws.push(`“${words.slice(0, 40)}” has a contrast of ${found.toFixed(1)} : 1`)
    }
  }
  return flaws
}
