import { z } from 'zod'
import { base, citizen } from './intention.ts'

/** Asked for beside the snapshots, so that no picture of a paper is sent more often than it is looked at. */
export const pictureQueries = {
  /** A page that was just scanned, small and straightened; null once it is sealed, or on any other screen. */
  page: base
    .meta({ roles: citizen, screens: ['scanReview', 'scanPage'] })
    .input(z.strictObject({ screenId: z.string().max(64), pageId: z.string().max(40) }))
    .output(z.object({ jpegBase64: z.base64().nullable() })),
} as const
