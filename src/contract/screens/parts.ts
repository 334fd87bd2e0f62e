import { z } from 'zod'
import { paperKinds } from '../words.ts'

/** What several screens show alike. */

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
    'officialCode',
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
  'tooManyUnconfirmed',
  'bagNotExpected',
  'intakeNumberShape',
  'codeShape',
  'readNotWanted',
  'tooManyOpenings',
  'queueMoved',
  'exportFailed',
  'secondIsFirst',
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

export const doorSchema = z.object({
  compartment: z.int(),
  step: z.enum(doorSteps),
})
export type DoorView = z.infer<typeof doorSchema>

export const identityView = z.object({
  /** Masked for the shoulder behind: `NGUYỄN V* A*`. */
  name: z.string(),
  /** `092*****2345` */
  idNumber: z.string(),
  warnings: z.array(z.enum(identityWarnings)),
})

export const procedureView = z.object({
  code: z.string(),
  name: z.string(),
  plainName: z.string(),
  takeIn: z.enum(['paper', 'scanOnly', 'no']),
})
export type ProcedureView = z.infer<typeof procedureView>

export const paperView = z.object({
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

export const slipView = z.object({
  intakeId: z.string(),
  bagCode: z.string(),
  /** Payload of the signed slip QR, ASCII. */
  qr: z.string(),
})

export const problem = problemSchema.nullable()
