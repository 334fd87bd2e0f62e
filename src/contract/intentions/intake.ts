import { z } from 'zod'
import { paperKinds, relations } from '../words.ts'
import { citizen, intention } from './intention.ts'

/** A citizen hands in a dossier. */
export const intakeIntentions = {
  acceptNotice: intention(citizen, ['notice'], {}),
  /** What may be handed in here, before anything personal is asked. */
  lookUpProcedures: intention(citizen, ['notice'], {}),
  typeIdentity: intention(citizen, ['identify'], { method: z.enum(['idNumber', 'passport']) }),
  confirmIdentity: intention(citizen, ['identity'], {}),
  chooseRelation: intention(citizen, ['relation'], { relation: z.enum(relations) }),
  typeOwner: intention(citizen, ['owner'], {}),
  noPhone: intention(citizen, ['phone'], {}),
  resendPhoneCode: intention(citizen, ['phoneCode'], {}),
  /** The SMS does not come: type the number twice instead, unconfirmed. */
  withoutPhoneCode: intention(citizen, ['phoneCode'], {}),
  chooseProcedure: intention(citizen, ['procedures'], { code: z.string().max(64) }),
  acceptProcedure: intention(citizen, ['procedure'], {}),
  setPaper: intention(citizen, ['papers'], {
    paperId: z.string().max(64),
    kind: z.enum(paperKinds),
    count: z.int().min(0).max(99),
  }),
  confirmPapers: intention(citizen, ['papers'], {}),
  confirmSummary: intention(citizen, ['summary'], {}),
  /** The sensor sees no bag: did the citizen put it in? */
  answerMissing: intention(citizen, ['depositMissing'], { inside: z.boolean() }),
  printAgain: intention(citizen, ['slipFailed'], {}),
  anotherBag: intention(citizen, ['intakeDone'], {}),
  finish: intention(citizen, ['intakeDone', 'slipFailed', 'intakeIncident', 'intakeAbandoned'], {}),
} as const
