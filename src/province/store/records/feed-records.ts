import type { FeedKind, FeedRefusal } from '../../../contract/province/feed.ts'

export interface FeedEntry {
  readonly cursor: number
  readonly item: unknown
}

export interface StoredRefusal {
  readonly kioskId: string
  readonly kind: FeedKind
  readonly cursor: number
  readonly code: FeedRefusal['code']
  readonly at: string
}
