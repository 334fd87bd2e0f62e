import { z } from 'zod'
import { reasonCodes } from '../faults.ts'

/** What a look at a page may say while the paper is still in hand. Hints: the citizen decides. */
export const pageHints = ['blank', 'skewed', 'blurred', 'cutOff'] as const
export type PageHint = (typeof pageHints)[number]

export const pageView = z.object({
  pageId: z.string(),
  /** From 1, in the order in which the province will read them. */
  number: z.int(),
  /** `arriving`: being looked at. `shown`: its picture may be asked for. `kept`: sealed, nobody here sees it again. */
  state: z.enum(['arriving', 'shown', 'kept']),
  hints: z.array(z.enum(pageHints)),
})
export type PageView = z.infer<typeof pageView>

/** Papers are scanned, if the citizen likes. Pictures do not travel with the screen: see `picture.page`. */
export const scanScreens = [
  /** Papers into the feeder and scan, or leave it. */
  z.object({
    name: z.literal('scanOffer'),
    /** The number of the page that is drawn in anew, or null. */
    replacing: z.int().nullable(),
    /** Pages that are there already. */
    pages: z.int(),
    /** Pages that may still come. */
    room: z.int(),
  }),
  z.object({ name: z.literal('scanning'), pages: z.int(), stopping: z.boolean() }),
  z.object({ name: z.literal('scanReview'), pages: z.array(pageView), canAdd: z.boolean() }),
  z.object({ name: z.literal('scanPage'), page: pageView, pages: z.int() }),
  z.object({ name: z.literal('scanTrouble'), reason: z.enum(reasonCodes), pages: z.int() }),
  z.object({ name: z.literal('scanSaving'), done: z.int(), pages: z.int() }),
  /** The feeder's sensor sees paper: it is the citizen's. */
  z.object({
    name: z.literal('scanLeftover'),
    /** The sensor saw it again after "taken": it may be wrong, and stops nobody. */
    insisted: z.boolean(),
  }),
] as const
