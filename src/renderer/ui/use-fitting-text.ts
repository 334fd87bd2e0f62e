import { type RefObject, useLayoutEffect } from 'react'

/** tokens.css keeps the smallest letters from shrinking below what can be read from a step away. */
const shares = [1, 0.95, 0.9, 0.85, 0.8] as const

/**
 * Names of procedures, reasons and offices come from outside and are as long as they are: where a page is too full
 * its letters shrink a little (`--shrink` of tokens.css), so that nothing of it is ever cut off.
 */
export function useFittingText(page: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const shrinkToFit = () => {
      const { current } = page
      if (current === null) return
      for (const share of shares) {
        current.style.setProperty('--shrink', String(share))
        if (!isCrowded(current)) return
      }
    }
    shrinkToFit()
    addEventListener('resize', shrinkToFit)
    document.fonts.addEventListener('loadingdone', shrinkToFit)
    return () => {
      removeEventListener('resize', shrinkToFit)
      document.fonts.removeEventListener('loadingdone', shrinkToFit)
    }
  })
}

function isCrowded(page: HTMLElement): boolean {
  const part = (name: string) => page.querySelector(`:scope > .page-${name}`)
  const head = part('head')
  const body = part('body')
  const actions = part('actions')
  const aside = part('aside')
  const foot = page.parentElement?.querySelector('.foot') ?? null
  if (head === null || body === null) return false
  return (
    overflows(body) ||
    [...body.children].some((child) => !isList(child) && overflows(child)) ||
    // A keyboard stands at the lower edge of its place, and grows upwards.
    reaches(body, body.firstElementChild, 'top') ||
    reaches(head, body, 'bottom') ||
    reaches(head, actions, 'bottom') ||
    reaches(head, aside, 'bottom') ||
    reaches(actions ?? aside ?? body, foot, 'bottom') ||
    reaches(head, foot, 'bottom')
  )
}

const overflows = ({ scrollHeight, clientHeight }: Element) =>
  clientHeight > 0 && scrollHeight > clientHeight + 1

const isList = (element: Element) => getComputedStyle(element).overflowY === 'auto'

/** Whether `one` reaches over what stands below it, or `other` begins above the upper edge of `one`. */
function reaches(one: Element, other: Element | null, edge: 'top' | 'bottom'): boolean {
  if (other === null) return false
  const a = one.getBoundingClientRect()
  const b = other.getBoundingClientRect()
  const isBeside = a.right <= b.left || b.right <= a.left
  if (isBeside) return false
  return edge === 'top' ? b.top < a.top - 1 : a.top < b.top && a.bottom > b.top + 1
}
