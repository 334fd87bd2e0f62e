import type { Intent } from '../../../contract/intent.ts'
import type { ScannedCode } from '../reading.ts'
import { cleanTyped } from '../typed-field.ts'
import {
  type Form,
  type FormEvent,
  type FormResult,
  type FormRules,
  go,
  ignored,
  stay,
  withProblem,
} from './form.ts'
import { submitTyped } from './form-submit.ts'
import { afterContact, afterOwner, sendPhoneCode, typePhoneAgain } from './form-transitions.ts'

/** One event at the form. Total: whatever comes, in whatever step, is taken or ignored, never thrown at. */
export function formStep(form: Form, event: FormEvent, rules: FormRules): FormResult {
  switch (event.type) {
    case 'intent':
      return onIntent(form, event.intent, rules)
    case 'read':
      return onRead(form, event.code, rules)
    case 'phoneCodeSent':
      return onPhoneCodeSent(form, event.sent)
    case 'phoneCodeChecked':
      return onPhoneCodeChecked(form, event.result, rules)
    case 'scanned':
      if (form.step !== 'scan') return ignored(form)
      return go(form, 'bag', { draft: { ...form.draft, pages: event.pages } })
    case 'noCompartment':
      return form.step === 'summary' ? withProblem(form, 'noFreeCompartment') : ignored(form)
    case 'tooManyUnconfirmed':
      return form.step === 'summary' ? withProblem(form, 'tooManyUnconfirmed') : ignored(form)
  }
}

function onIntent(form: Form, intent: Intent, rules: FormRules): FormResult {
  switch (intent.path) {
    case 'session.setLanguage':
      return stay(form, { language: intent.input.language, problem: form.problem })
    case 'session.back':
      return back(form)
    case 'input.set':
      return stay(form, { typed: cleanTyped(form.field, intent.input.value) })
    case 'input.submit':
      return submitTyped(form, rules)
    case 'intake.acceptNotice':
      return go(form, 'identify')
    case 'intake.lookUpProcedures':
      return go(form, 'procedures', { field: 'procedureQuery', lookingUp: true })
    case 'intake.typeIdentity':
      return go(form, 'identifyTyped', { field: intent.input.method })
    case 'intake.confirmIdentity':
      return go(form, 'relation')
    case 'intake.chooseRelation':
      return chooseRelation(form, intent.input.relation)
    case 'intake.typeOwner': {
      const isOrganisation = form.draft.relation === 'organisation'
      return go(form, 'ownerTyped', { field: isOrganisation ? 'organisationName' : 'ownerName' })
    }
    case 'intake.noPhone':
      return go({ ...form, draft: { ...form.draft, phone: '', phoneConfirmed: false } }, 'secret', {
        field: 'secret',
      })
    case 'intake.resendPhoneCode':
      if (form.phoneCode.sendings >= rules.limits.phoneCodeSendings) return ignored(form)
      return sendPhoneCode(form)
    case 'intake.withoutPhoneCode':
      return typePhoneAgain(form)
    case 'intake.chooseProcedure':
      return chooseProcedure(form, intent.input.code, rules)
    case 'intake.acceptProcedure':
      return acceptProcedure(form, rules)
    case 'intake.setPaper': {
      const { paperId, kind, count } = intent.input
      const papers = form.draft.papers.map((paper) =>
        paper.id === paperId && paper.allowedKinds.includes(kind)
          ? { ...paper, kind, count }
          : paper,
      )
      return stay(form, { draft: { ...form.draft, papers } })
    }
    case 'intake.confirmPapers': {
      const anything = form.draft.papers.some((p) => p.handling === 'handIn' && p.count > 0)
      if (!anything) return withProblem(form, 'noPapers')
      return go(form, rules.isScanOffered() ? 'scan' : 'bag')
    }
    case 'intake.confirmSummary':
      return { ...stay(form), effect: { type: 'seal' } }
    default:
      return ignored(form)
  }
}

function chooseRelation(form: Form, relation: NonNullable<Form['draft']['relation']>): FormResult {
  if (relation === 'self') {
    return afterOwner({ ...form, draft: { ...form.draft, relation, owner: form.draft.applicant } })
  }
  return go({ ...form, draft: { ...form.draft, relation, owner: undefined } }, 'owner')
}

function onPhoneCodeSent(form: Form, sent: boolean): FormResult {
  if (form.step !== 'phoneCode') return ignored(form)
  if (!sent) return typePhoneAgain(form)
  return stay(form, { phoneCode: { ...form.phoneCode, state: 'sent' } })
}

function onPhoneCodeChecked(
  form: Form,
  result: 'right' | 'wrong' | 'expired',
  rules: FormRules,
): FormResult {
  if (form.step !== 'phoneCode') return ignored(form)
  if (result === 'right') {
    const confirmed = { ...form, draft: { ...form.draft, phoneConfirmed: true, secret: '' } }
    // A code that was used cannot be gone back to.
    const next = afterContact(confirmed)
    return { ...next, form: { ...next.form, history: form.history } }
  }
  const wrongTries = form.phoneCode.wrongTries + 1
  if (wrongTries >= rules.limits.phoneCodeTries) return typePhoneAgain(form)
  const problem = result === 'wrong' ? 'phoneCodeWrong' : 'phoneCodeExpired'
  return {
    taken: true,
    form: { ...form, typed: '', problem, phoneCode: { ...form.phoneCode, wrongTries } },
  }
}

function chooseProcedure(form: Form, code: string, rules: FormRules): FormResult {
  const facts = rules.procedures.find(code, form.language)
  if (!facts) return withProblem(form, 'nothingFound')
  return go(form, 'procedure', {
    draft: { ...form.draft, procedureCode: code, papers: facts.papers },
  })
}

function acceptProcedure(form: Form, rules: FormRules): FormResult {
  const facts = rules.procedures.find(form.draft.procedureCode ?? '', form.language)
  if (facts?.view.takeIn !== 'paper') return ignored(form)
  // Looked up first, or gone back to from the questions: who hands in has not been asked to the end.
  const known = form.history.includes('phone') || form.sessionBags.length > 0
  if (form.lookingUp || !known) return go(form, 'identify', { lookingUp: false })
  return go(form, 'papers')
}

function onRead(form: Form, code: ScannedCode, rules: FormRules): FormResult {
  switch (form.step) {
    case 'identify':
    case 'identifyTyped':
      if (code.kind !== 'card') return withProblem(form, cardProblem(code))
      return go(form, 'identity', {
        draft: { ...form.draft, applicant: code.person, warnings: code.warnings },
      })
    case 'owner':
    case 'ownerTyped': {
      if (form.draft.relation === 'organisation') return withProblem(form, 'readNotWanted')
      if (code.kind !== 'card') return withProblem(form, cardProblem(code))
      if (code.person.idNumber === form.draft.applicant?.idNumber) {
        return withProblem(form, 'ownerIsApplicant')
      }
      return afterOwner({ ...form, draft: { ...form.draft, owner: code.person } })
    }
    case 'bag':
      return onBag(form, code, rules)
    default:
      return withProblem(form, 'readNotWanted')
  }
}

function onBag(form: Form, code: ScannedCode, rules: FormRules): FormResult {
  if (code.kind === 'garbage') return withProblem(form, code.foreign ? 'bagForeign' : 'unreadable')
  if (code.kind !== 'bag') return withProblem(form, 'notABag')
  if (form.sessionBags.includes(code.code)) return withProblem(form, 'bagInSession')
  if (rules.isBagUsed(code.code)) return withProblem(form, 'bagUsed')
  return go(form, 'summary', { draft: { ...form.draft, bagCode: code.code } })
}

function cardProblem(code: ScannedCode): 'unreadable' | 'notACard' {
  return code.kind === 'garbage' && !code.foreign ? 'unreadable' : 'notACard'
}

function back(form: Form): FormResult {
  const previous = form.history.at(-1)
  if (previous === undefined) return ignored(form)
  const history = form.history.slice(0, -1)
  return stay(form, {
    step: previous,
    history,
    typed: '',
    lookingUp: form.lookingUp && history.length > 0,
    field: fieldOf(previous, form),
  })
}

/** The field that a step begins with when it is gone back to. */
function fieldOf(step: Form['step'], form: Form): Form['field'] {
  switch (step) {
    case 'phone':
      return 'phone'
    case 'phoneAgain':
      return 'phoneAgain'
    case 'phoneCode':
      return 'phoneCode'
    case 'secret':
      return 'secret'
    case 'secretAgain':
      return 'secretAgain'
    case 'procedures':
      return 'procedureQuery'
    case 'ownerTyped':
      return form.draft.relation === 'organisation' ? 'organisationName' : 'ownerName'
    default:
      return 'idNumber'
  }
}
