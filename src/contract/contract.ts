import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { paperKinds, relations } from './province/sealed.ts'
import { languages, type Role } from './roles.ts'
import type { ScreenName } from './screen.ts'
import { snapshotSchema } from './snapshot.ts'

/**
 * What the renderer may say to core. Each intention declares who may say it and on which screens; core checks
 * both against its own state, never against what the renderer claims.
 */
export interface IntentionMeta {
  readonly roles: readonly Role[]
  /** `any`: wherever that role is. */
  readonly screens: readonly ScreenName[] | 'any'
}

/** Why an intention was not taken. None of them is an error for the citizen: the snapshot shows what is. */
export const refusalCodes = ['STALE_SCREEN', 'NOT_HERE', 'NOT_ALLOWED', 'INVALID'] as const
export const answerSchema = z.object({
  taken: z.boolean(),
  code: z.enum(refusalCodes).optional(),
  /** The first snapshot that knows of it; answers and snapshots may overtake each other. */
  revision: z.int().optional(),
})
export type Answer = z.infer<typeof answerSchema>

const base = oc.$meta<IntentionMeta>({ roles: [], screens: [] })
const onScreen = { screenId: z.string().max(64) }
const citizen = ['citizen'] as const
const officer = ['officer'] as const
const anyone = ['nobody', 'citizen', 'officer', 'operator', 'technician'] as const
const staff = ['officer', 'operator', 'technician'] as const

function intention<S extends z.ZodRawShape>(
  roles: readonly Role[],
  screens: readonly ScreenName[] | 'any',
  shape: S,
) {
  return base
    .meta({ roles, screens })
    .input(z.strictObject({ ...onScreen, ...shape }))
    .output(answerSchema)
}

const withInput: readonly ScreenName[] = [
  'identifyTyped',
  'ownerTyped',
  'phone',
  'phoneAgain',
  'phoneCode',
  'secret',
  'procedures',
  'collectTyped',
  'staffPin',
]

export const contract = {
  snapshot: {
    /** The current snapshot at once, then each change. */
    watch: base.meta({ roles: anyone, screens: 'any' }).output(eventIterator(snapshotSchema)),
  },
  session: {
    start: intention(['nobody'], ['idle'], { journey: z.enum(['intake', 'collection']) }),
    setLanguage: intention(anyone, 'any', { language: z.enum(languages) }),
    /** "I am still here." */
    stay: intention(anyone, 'any', {}),
    back: intention(anyone, 'any', {}),
    /** Ends the session; the door side is made safe first. */
    leave: intention(anyone, 'any', {}),
  },
  input: {
    set: intention([...citizen, 'nobody', ...staff], withInput, { value: z.string().max(200) }),
    submit: intention([...citizen, 'nobody', ...staff], withInput, {}),
  },
  intake: {
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
    finish: intention(
      citizen,
      ['intakeDone', 'slipFailed', 'intakeIncident', 'intakeAbandoned'],
      {},
    ),
  },
  collection: {
    typeCode: intention(citizen, ['collect'], {}),
    /** The number on the slip, typed, where the slip itself is not at hand. */
    typeIntakeNumber: intention(citizen, ['collect', 'collectProof'], {}),
    openAgain: intention(citizen, ['collectNotTaken'], {}),
    finish: intention(
      citizen,
      ['collectDone', 'collectRefused', 'collectNotTaken', 'collectIncident'],
      {},
    ),
  },
  staff: {
    startStocking: intention(officer, ['staffMenu'], {}),
    startEmptying: intention(officer, ['staffMenu'], {}),
    /** Opens the next compartment of the work-list; one door at a time. */
    openNext: intention(officer, ['emptyList'], {}),
    /** No bag lies in the open compartment. */
    bagMissing: intention(officer, ['emptyDoor'], {}),
    continueAfterProblem: intention(officer, ['staffDoorProblem'], {}),
  },
} as const

export type Contract = typeof contract
