import type { Screen } from '../../../../contract/screen.ts'
import type { ScanPhase } from './scan-desk.ts'
import { isSettled, pageViews, type Tray } from './scan-tray.ts'

/** What the screen shows of the scanning. */
export function scanScreen(phase: ScanPhase, tray: Tray, maxPages: number): Screen {
  const pages = tray.length
  switch (phase.name) {
    case 'offer': {
      const index = tray.findIndex(({ pageId }) => pageId === phase.replacing)
      const replacing = index < 0 ? null : index + 1
      return {
        name: 'scanOffer',
        replacing,
        pages,
        room: replacing === null ? maxPages - pages : 1,
      }
    }
    case 'feeding':
      return { name: 'scanning', pages: phase.arrived, stopping: phase.stopping }
    case 'review':
      return {
        name: 'scanReview',
        pages: pageViews(tray),
        canAdd: isSettled(tray) && pages < maxPages,
      }
    case 'page': {
      const page = pageViews(tray).find(({ pageId }) => pageId === phase.pageId)
      if (!page) throw new Error('the page left the tray')
      return { name: 'scanPage', page, pages }
    }
    case 'trouble':
      return { name: 'scanTrouble', reason: phase.reason, pages }
    case 'saving':
      return {
        name: 'scanSaving',
        done: tray.filter(({ state }) => state === 'kept').length,
        pages,
      }
    case 'leftover':
      return { name: 'scanLeftover', insisted: phase.insisted }
  }
}
