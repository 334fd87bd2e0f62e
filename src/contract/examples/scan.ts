import type { Screen } from '../screen.ts'
import type { PageView } from '../screens/scan.ts'

const page = (number: number, hints: PageView['hints'] = []): PageView => ({
  pageId: `page-${number}`,
  number,
  state: 'shown',
  hints,
})
const kept = (number: number): PageView => ({ ...page(number), state: 'kept' })

export const scanExamples: Readonly<Record<string, Screen>> = {
  scanOffer: { name: 'scanOffer', replacing: null, pages: 0, room: 50 },
  'scanOffer-replacing': { name: 'scanOffer', replacing: 2, pages: 3, room: 1 },
  scanning: { name: 'scanning', pages: 0, stopping: false },
  'scanning-two': { name: 'scanning', pages: 2, stopping: false },
  scanReview: {
    name: 'scanReview',
    pages: [page(1), page(2, ['skewed']), page(3), page(4, ['blank'])],
    canAdd: true,
  },
  'scanReview-kept': {
    name: 'scanReview',
    pages: [kept(1), kept(2), page(3, ['blurred', 'cutOff']), { ...page(4), state: 'arriving' }],
    canAdd: true,
  },
  scanPage: { name: 'scanPage', page: page(2, ['skewed']), pages: 4 },
  'scanPage-kept': { name: 'scanPage', page: kept(1), pages: 2 },
  'scanTrouble-jam': { name: 'scanTrouble', reason: 'JAM', pages: 1 },
  'scanTrouble-double': { name: 'scanTrouble', reason: 'DOUBLE_FEED', pages: 2 },
  'scanTrouble-cover': { name: 'scanTrouble', reason: 'COVER_OPEN', pages: 0 },
  'scanTrouble-empty': { name: 'scanTrouble', reason: 'FEEDER_EMPTY', pages: 0 },
  'scanTrouble-silent': { name: 'scanTrouble', reason: 'SCANNER_SILENT', pages: 0 },
  scanSaving: { name: 'scanSaving', done: 1, pages: 3 },
  scanLeftover: { name: 'scanLeftover', insisted: false },
  'scanLeftover-insisted': { name: 'scanLeftover', insisted: true },
}
