import { eventIterator } from '@orpc/contract'
import { collectionIntentions } from './intentions/collection.ts'
import { inputIntentions } from './intentions/input.ts'
import { intakeIntentions } from './intentions/intake.ts'
import { anyone, base } from './intentions/intention.ts'
import { officerIntentions } from './intentions/officer.ts'
import { operatorIntentions } from './intentions/operator.ts'
import { pictureQueries } from './intentions/picture.ts'
import { scanIntentions } from './intentions/scan.ts'
import { sessionIntentions } from './intentions/session.ts'
import { technicianIntentions } from './intentions/technician.ts'
import { snapshotSchema } from './snapshot.ts'

export {
  type Answer,
  answerSchema,
  type IntentionMeta,
  refusalCodes,
} from './intentions/intention.ts'

/** What renderer and core say to each other: snapshots come, intentions go. */
export const contract = {
  snapshot: {
    /** The current snapshot at once, then each change. */
    watch: base.meta({ roles: anyone, screens: 'any' }).output(eventIterator(snapshotSchema)),
  },
  session: sessionIntentions,
  input: inputIntentions,
  intake: intakeIntentions,
  scan: scanIntentions,
  picture: pictureQueries,
  collection: collectionIntentions,
  officer: officerIntentions,
  operator: operatorIntentions,
  technician: technicianIntentions,
} as const

export type Contract = typeof contract
