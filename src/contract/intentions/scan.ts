import { z } from 'zod'
import { citizen, intention } from './intention.ts'

const pageId = z.string().max(40)

/** A citizen scans papers. */
export const scanIntentions = {
  start: intention(citizen, ['scanOffer', 'scanTrouble'], {}),
  /** Nothing is scanned, or nothing more; what was is forgotten. */
  skip: intention(citizen, ['scanOffer', 'scanTrouble', 'scanReview'], {}),
  /** Stops the feeder. */
  stop: intention(citizen, ['scanning'], {}),
  /** On with the pages that came through before it went wrong. */
  showPages: intention(citizen, ['scanTrouble'], {}),
  addPages: intention(citizen, ['scanReview'], {}),
  choosePage: intention(citizen, ['scanReview'], { pageId }),
  replacePage: intention(citizen, ['scanPage'], {}),
  leavePageOut: intention(citizen, ['scanPage'], {}),
  movePage: intention(citizen, ['scanPage'], { to: z.enum(['earlier', 'later']) }),
  /** These pages, in this order: they are sealed now. */
  accept: intention(citizen, ['scanReview'], {}),
  originalTaken: intention(citizen, ['scanLeftover'], {}),
} as const
