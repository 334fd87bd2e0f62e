import type { Intent } from '../../../contract/intent.ts'
import type { Language } from '../../../contract/roles.ts'
import type { Input, ScreenProblem } from '../../../contract/screen.ts'
import type { ProcedurePort } from '../procedure-port.ts'
import type { ScannedCode } from '../reading.ts'
import { type Draft, emptyDraft } from './draft.ts'
import type { KeptPage } from './scan/scan-port.ts'

/**
 * The questions of an intake as a pure reducer: form × event → form. Nothing here touches the world; what
 * the world must do is named in `effect` and comes back as an event.
 */
export type FormStep =
  | 'notice'
  | 'identify'
  | 'identifyTyped'
  | 'identity'
  | 'relation'
  | 'owner'
  | 'ownerTyped'
  | 'phone'
  | 'phoneAgain'
  | 'phoneCode'
  | 'secret'
  | 'secretAgain'
  | 'procedures'
  | 'procedure'
  | 'papers'
  | 'scan'
  | 'bag'
  | 'summary'

export type FormField = Input['field']

export interface Form {
  readonly step: FormStep
  readonly draft: Draft
  readonly language: Language
  /** The field being typed and its text. */
  readonly field: FormField
  readonly typed: string
  readonly problem: ScreenProblem | null
  /** Steps to go back to, newest last. */
  readonly history: readonly FormStep[]
  /** Looking a procedure up before anything is asked. */
  readonly lookingUp: boolean
  /** Typed before, to be compared with what is typed now. */
  readonly remembered: string
  readonly phoneCode: {
    readonly state: 'none' | 'sending' | 'sent'
    readonly sendings: number
    readonly wrongTries: number
  }
  /** Bags that this session has used already. */
  readonly sessionBags: readonly string[]
}

export type FormEvent =
  | { readonly type: 'intent'; readonly intent: Intent }
  | { readonly type: 'read'; readonly code: ScannedCode }
  /** The province took the SMS, or could not be reached. */
  | { readonly type: 'phoneCodeSent'; readonly sent: boolean }
  | { readonly type: 'phoneCodeChecked'; readonly result: 'right' | 'wrong' | 'expired' }
  /** The citizen is done at the scanner, or has skipped it. */
  | { readonly type: 'scanned'; readonly pages: readonly KeptPage[] }
  | { readonly type: 'noCompartment' }
  /** Too many have come without a confirmed phone. */
  | { readonly type: 'tooManyUnconfirmed' }

export type FormEffect =
  | { readonly type: 'sendPhoneCode'; readonly phone: string }
  | { readonly type: 'checkPhoneCode'; readonly code: string }
  /** The summary is confirmed: seal it and open a door. */
  | { readonly type: 'seal' }

export interface FormResult {
  readonly form: Form
  readonly effect?: FormEffect
  /** Whether the event meant anything here. */
  readonly taken: boolean
}

/** Pure checks; each returns the normalised text, or undefined when the shape is wrong. */
export interface FormRules {
  readonly idNumber: (text: string) => string | undefined
  readonly passport: (text: string) => string | undefined
  readonly taxCode: (text: string) => string | undefined
  readonly personName: (text: string) => string | undefined
  readonly phone: (text: string) => string | undefined
  readonly procedures: ProcedurePort
  readonly isBagUsed: (bagCode: string) => boolean
  readonly isScanOffered: () => boolean
  /** Whether the machine takes one more like this while its phone is not confirmed. */
  readonly mayGoOnUnconfirmed: (draft: Draft) => boolean
  readonly limits: {
    readonly phoneCodeTries: number
    readonly phoneCodeSendings: number
    readonly secretLength: number
  }
}

export function newForm(language: Language): Form {
  return {
    step: 'notice',
    draft: emptyDraft,
    language,
    field: 'idNumber',
    typed: '',
    problem: null,
    history: [],
    lookingUp: false,
    remembered: '',
    phoneCode: { state: 'none', sendings: 0, wrongTries: 0 },
    sessionBags: [],
  }
}

/** On to the next step; the typing of the last one is forgotten. */
export function go(form: Form, step: FormStep, changes: Partial<Form> = {}): FormResult {
  return {
    taken: true,
    form: {
      ...form,
      history: [...form.history, form.step],
      typed: '',
      problem: null,
      ...changes,
      step,
    },
  }
}

export function withProblem(form: Form, problem: ScreenProblem): FormResult {
  return { taken: true, form: { ...form, problem } }
}

export function stay(form: Form, changes: Partial<Form> = {}): FormResult {
  return { taken: true, form: { ...form, problem: null, ...changes } }
}

export function ignored(form: Form): FormResult {
  return { taken: false, form }
}
