import type { PageHint, PageView } from '../../../../contract/screens/scan.ts'
import type { KeptPage } from './scan-port.ts'

/** A page before the citizen: in the clear with a path, or kept. */
export type TrayPage = { readonly pageId: string; readonly hints: readonly PageHint[] } & (
  | { readonly state: 'arriving' | 'shown'; readonly path: string }
  | { readonly state: 'kept'; readonly kept: KeptPage }
)

/** Pages in the order in which the province will read them. */
export type Tray = readonly TrayPage[]

export function pageIn(tray: Tray, pageId: string): TrayPage | undefined {
  return tray.find((page) => page.pageId === pageId)
}

export function withPage(tray: Tray, changed: TrayPage): Tray {
  return tray.map((page) => (page.pageId === changed.pageId ? changed : page))
}

/** At the end, or in the place of another page. */
export function put(tray: Tray, page: TrayPage, replacing: string | undefined): Tray {
  const isThere = replacing !== undefined && pageIn(tray, replacing) !== undefined
  if (!isThere) return [...tray, page]
  return tray.map((other) => (other.pageId === replacing ? page : other))
}

export function without(tray: Tray, pageId: string): Tray {
  return tray.filter((page) => page.pageId !== pageId)
}

/** One place earlier or later; at the ends it stays. */
export function moved(tray: Tray, pageId: string, to: 'earlier' | 'later'): Tray {
  const from = tray.findIndex((page) => page.pageId === pageId)
  const other = to === 'earlier' ? from - 1 : from + 1
  const [a, b] = [tray[from], tray[other]]
  if (a === undefined || b === undefined) return tray
  return tray.map((page, index) => (index === from ? b : index === other ? a : page))
}

/** Whether every page can be kept now: none is still being looked at. */
export function isSettled(tray: Tray): boolean {
  return tray.length > 0 && tray.every((page) => page.state !== 'arriving')
}

export function keptIn(tray: Tray): readonly KeptPage[] {
  return tray.flatMap((page) => (page.state === 'kept' ? [page.kept] : []))
}

export function pageViews(tray: Tray): PageView[] {
  return tray.map(({ pageId, state, hints }, index) => ({
    pageId,
    number: index + 1,
    state,
    hints: [...hints],
  }))
}
