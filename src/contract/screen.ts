import { z } from 'zod'
import { paperKinds, relations } from './province/sealed.ts'

/**
 * Every screen that exists, and all that it shows. Core decides them; the renderer draws them and holds no
 * truth of its own. Texts stay in i18n: a screen carries codes, numbers and data only.
 */

/** A field being typed, drawn with the keypad or keyboard that fits it. */
export const inputSchema = z.object({
  field: z.enum([
    'idNumber',
    'passport',
    'applicantName',
    'ownerName',
    'ownerIdNumber',
    'organisationName',
    'taxCode',
    'phone',
    'phoneAgain',
    'phoneCode',
    'secret',
    'secretAgain',
    'procedureQuery',
    'collectionCode',
    'intakeNumber',
    'pin',
  ]),
  keyboard: z.enum(['digits', 'text', 'code']),
  /** What is typed so far; bullets instead of characters for codes, secrets and PINs. */
  shown: z.string(),
  length: z.int(),
  maxLength: z.int(),
  /** Whether `input.submit` would be taken now. */
  complete: z.boolean(),
})
export type Input = z.infer<typeof inputSchema>

/** Why what was read or typed is not taken. One sentence each in i18n: what happened, what to do. */
export const problems = [
  'unreadable',
  'notACard',
  'notABag',
  'bagUsed',
  'bagForeign',
  'bagInSession',
  'idNumberShape',
  'passportShape',
  'nameShape',
  'taxCodeShape',
  'phoneShape',
  'phoneDiffers',
  'phoneCodeWrong',
  'phoneCodeExpired',
  'secretShape',
  'secretDiffers',
  'ownerIsApplicant',
  'nothingFound',
  'noPapers',
  'pinWrong',
  'pinLocked',
  'badgeUnknown',
  'notOnList',
  'noFreeCompartment',
  'bagNotExpected',
  'intakeNumberShape',
  'codeShape',
  'readNotWanted',
  'tooManyOpenings',
] as const
export const problemSchema = z.enum(problems)
export type ScreenProblem = z.infer<typeof problemSchema>

/** Looks odd, is taken all the same: warnings, not walls. */
export const identityWarnings = [
  'provinceCodeUnknown',
  'birthYearDiffers',
  'sexDiffers',
  'birthDatePartial',
] as const

/** Why a collection is refused. Says no more than its holder knows already. */
export const collectionRefusals = [
  'codeNotValid', // wrong or never existed; for typed digits also used or expired: it leaks nothing
  'alreadyTaken', // said only to who proves to be its holder
  'expired', // likewise
  'notYours', // the slip or card belongs to another result
  'tooManyTries',
  'notHereYet', // the slip is ours and good, no result lies here
  'otherKiosk', // a slip of another machine
  'officerOnly',
  'outOfService',
] as const

export const doorSteps = [
  'opening', // pulse sent, door not seen open yet
  'open', // door open, the item not yet moved as wanted
  'closeDoor', // the item moved as wanted, door still open
  'checking', // bus silent: the machine cannot see the door
  'notOpened', // the door stayed shut
  'leftOpen', // open for too long: sound
] as const

const doorSchema = z.object({
  compartment: z.int(),
  step: z.enum(doorSteps),
})
export type DoorView = z.infer<typeof doorSchema>

const identityView = z.object({
  /** Masked for the shoulder behind: `NGUYỄN V* A*`. */
  name: z.string(),
  /** `092*****2345` */
  idNumber: z.string(),
  warnings: z.array(z.enum(identityWarnings)),
})

const procedureView = z.object({
  code: z.string(),
  name: z.string(),
  plainName: z.string(),
  takeIn: z.enum(['paper', 'scanOnly', 'no']),
})
export type ProcedureView = z.infer<typeof procedureView>

const paperView = z.object({
  id: z.string(),
  name: z.string(),
  /** Papers to be shown only are not asked into the bag. */
  handling: z.enum(['handIn', 'show']),
  allowedKinds: z.array(z.enum(paperKinds)),
  kind: z.enum(paperKinds),
  /** 0 = not in the bag. */
  count: z.int(),
})
export type PaperView = z.infer<typeof paperView>

const slipView = z.object({
  intakeId: z.string(),
  bagCode: z.string(),
  /** Payload of the signed slip QR, ASCII. */
  qr: z.string(),
})

const problem = problemSchema.nullable()

export const screenSchema = z.discriminatedUnion('name', [
  // -------------------------------------------------------------- idle
  z.object({
    name: z.literal('idle'),
    freeCompartments: z.int(),
    /** A crash or time-out left something to settle that only its owner can go on with. */
    hint: z.enum(['none', 'holdCardOrBag']),
    problem,
  }),
  z.object({ name: z.literal('outOfService') }),

  // -------------------------------------------------------------- intake
  z.object({ name: z.literal('notice') }),
  z.object({ name: z.literal('identify'), problem }),
  z.object({ name: z.literal('identifyTyped'), input: inputSchema, problem }),
  z.object({ name: z.literal('identity'), identity: identityView }),
  z.object({ name: z.literal('relation'), choices: z.array(z.enum(relations)) }),
  z.object({ name: z.literal('owner'), relation: z.enum(relations), problem }),
  z.object({
    name: z.literal('ownerTyped'),
    relation: z.enum(relations),
    input: inputSchema,
    problem,
  }),
  z.object({ name: z.literal('phone'), input: inputSchema, problem }),
  /** Offline: typed a second time, and then marked unconfirmed. */
  z.object({ name: z.literal('phoneAgain'), input: inputSchema, problem }),
  z.object({
    name: z.literal('phoneCode'),
    phone: z.string(), // masked
    sending: z.boolean(),
    triesLeft: z.int(),
    input: inputSchema,
    problem,
  }),
  z.object({ name: z.literal('secret'), repeat: z.boolean(), input: inputSchema, problem }),
  z.object({
    name: z.literal('procedures'),
    input: inputSchema,
    results: z.array(procedureView),
    /** Before anything was begun: only to see what may be done here. */
    lookingUp: z.boolean(),
    problem,
  }),
  z.object({
    name: z.literal('procedure'),
    procedure: procedureView,
    lookingUp: z.boolean(),
    /** Why it cannot be handed in here, in the session's language; empty when it can. */
    reason: z.string(),
    fee: z.string(),
    duration: z.string(),
    handOut: z.boolean(),
    presenceNeeded: z.boolean(),
    papers: z.array(paperView),
  }),
  z.object({
    name: z.literal('papers'),
    procedure: procedureView,
    papers: z.array(paperView),
    problem,
  }),
  z.object({ name: z.literal('bag'), size: z.enum(['small', 'large']), problem }),
  z.object({
    name: z.literal('summary'),
    applicant: z.string(),
    owner: z.string(),
    relation: z.enum(relations),
    phone: z.string(),
    phoneConfirmed: z.boolean(),
    hasSecret: z.boolean(),
    procedure: procedureView,
    papers: z.array(paperView),
    bagCode: z.string(),
    problem,
  }),
  z.object({ name: z.literal('depositDoor'), door: doorSchema }),
  /** Door closed and the sensor sees nothing: has the citizen put the bag in? */
  z.object({ name: z.literal('depositMissing'), compartment: z.int() }),
  z.object({ name: z.literal('slipPrinting'), slip: slipView }),
  z.object({
    name: z.literal('slipFailed'),
    slip: slipView,
    smsQueued: z.boolean(),
    canPrintAgain: z.boolean(),
  }),
  z.object({
    name: z.literal('intakeDone'),
    slips: z.array(slipView),
    canAddBag: z.boolean(),
  }),
  /** The bag was taken back, or nothing was put in: nothing is held, nothing was sent. */
  z.object({ name: z.literal('intakeAbandoned'), reason: z.enum(['nothingInside', 'doorJammed']) }),
  /** Nobody saw what happened: an officer settles it. The note is not a slip. */
  z.object({
    name: z.literal('intakeIncident'),
    intakeId: z.string(),
    compartment: z.int(),
    notePrinted: z.enum(['printing', 'printed', 'notPrinted']),
  }),

  // -------------------------------------------------------------- collection
  z.object({
    name: z.literal('collect'),
    /** What was given so far. */
    slip: z.boolean(),
    card: z.boolean(),
    code: z.boolean(),
    problem,
  }),
  z.object({
    name: z.literal('collectTyped'),
    input: inputSchema,
    slip: z.boolean(),
    card: z.boolean(),
    problem,
  }),
  /** The code is right and this result needs the slip or the card as well. */
  z.object({ name: z.literal('collectProof'), problem }),
  z.object({ name: z.literal('collectRefused'), refusal: z.enum(collectionRefusals) }),
  z.object({ name: z.literal('collectDoor'), door: doorSchema }),
  z.object({ name: z.literal('collectDone'), compartment: z.int() }),
  /** Door closed with the envelope still inside: the right stands. */
  z.object({
    name: z.literal('collectNotTaken'),
    compartment: z.int(),
    reason: z.enum(['stillInside', 'doorJammed']),
    canOpenAgain: z.boolean(),
  }),
  z.object({ name: z.literal('collectIncident'), compartment: z.int() }),

  // -------------------------------------------------------------- staff
  z.object({ name: z.literal('staffPin'), input: inputSchema, problem }),
  z.object({
    name: z.literal('staffMenu'),
    displayName: z.string(),
    bagsToEmpty: z.int(),
    resultsToStock: z.int(),
    problem,
  }),
  z.object({
    name: z.literal('stockScan'),
    waiting: z.array(z.object({ dossierCode: z.string(), size: z.enum(['small', 'large']) })),
    freeCompartments: z.int(),
    lastStocked: z.object({ dossierCode: z.string(), compartment: z.int() }).nullable(),
    problem,
  }),
  z.object({ name: z.literal('stockDoor'), dossierCode: z.string(), door: doorSchema }),
  z.object({
    name: z.literal('emptyList'),
    bags: z.array(
      z.object({
        compartment: z.int(),
        bagCode: z.string(),
        state: z.enum(['deposited', 'unknown', 'suspect']),
      }),
    ),
    problem,
  }),
  z.object({
    name: z.literal('emptyDoor'),
    door: doorSchema,
    bagCode: z.string(),
    /** The bag was scanned, or recorded missing. */
    bagSettled: z.boolean(),
    problem,
  }),
  z.object({
    name: z.literal('staffDoorProblem'),
    compartment: z.int(),
    reason: z.enum(['doorJammed', 'unknown']),
  }),
])
export type Screen = z.infer<typeof screenSchema>
export type ScreenName = Screen['name']
export const screenNames = screenSchema.options.map((option) => option.shape.name.value)
