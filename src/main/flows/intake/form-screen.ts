import type { PaperView, Screen } from '../../../contract/screen.ts'
import { maskIdNumber, maskName, maskPhone } from '../../domain/mask.ts'
import type { ProcedureFacts } from '../procedure-port.ts'
import { inputOf } from '../typed-field.ts'
import type { Form, FormRules } from './form.ts'

/** What the screen shows of a form. Masked here, once: the renderer never gets what a shoulder may not see. */
export function formScreen(form: Form, rules: FormRules): Screen {
  const { draft, problem } = form
  switch (form.step) {
    case 'notice':
      return { name: 'notice' }
    case 'identify':
      return { name: 'identify', problem }
    case 'identifyTyped':
      return { name: 'identifyTyped', input: inputOf(form.field, form.typed), problem }
    case 'identity':
      return {
        name: 'identity',
        identity: {
          name: maskName(draft.applicant?.name ?? ''),
          idNumber: maskIdNumber(draft.applicant?.idNumber ?? ''),
          warnings: [...draft.warnings],
        },
      }
    case 'relation':
      return {
        name: 'relation',
        choices: ['self', 'child', 'relative', 'someoneElse', 'organisation'],
      }
    case 'owner':
      return { name: 'owner', relation: draft.relation ?? 'someoneElse', problem }
    case 'ownerTyped':
      return {
        name: 'ownerTyped',
        relation: draft.relation ?? 'someoneElse',
        input: inputOf(form.field, form.typed),
        problem,
      }
    case 'phone':
      return { name: 'phone', input: inputOf(form.field, form.typed), problem }
    case 'phoneAgain':
      return { name: 'phoneAgain', input: inputOf(form.field, form.typed), problem }
    case 'phoneCode':
      return {
        name: 'phoneCode',
        phone: maskPhone(draft.phone),
        sending: form.phoneCode.state === 'sending',
        triesLeft: rules.limits.phoneCodeTries - form.phoneCode.wrongTries,
        input: inputOf(form.field, form.typed),
        problem,
      }
    case 'secret':
    case 'secretAgain':
      return {
        name: 'secret',
        repeat: form.step === 'secretAgain',
        input: inputOf(form.field, form.typed),
        problem,
      }
    case 'procedures':
      return {
        name: 'procedures',
        input: inputOf(form.field, form.typed),
        results: [...rules.procedures.search(form.typed, form.language)],
        lookingUp: form.lookingUp,
        problem,
      }
    case 'procedure': {
      const facts = factsOf(form, rules)
      return {
        name: 'procedure',
        procedure: facts.view,
        lookingUp: form.lookingUp,
        reason: facts.reason,
        fee: facts.fee,
        duration: facts.duration,
        handOut: facts.handOut,
        presenceNeeded: facts.presenceNeeded,
        papers: [...facts.papers],
      }
    }
    case 'papers':
      return {
        name: 'papers',
        procedure: factsOf(form, rules).view,
        papers: papersOf(form, rules),
        problem,
      }
    case 'scan':
      throw new Error('the scanner has screens of its own')
    case 'bag':
      return { name: 'bag', size: factsOf(form, rules).bagSize, problem }
    case 'summary':
      return {
        name: 'summary',
        applicant: maskName(draft.applicant?.name ?? ''),
        owner: maskName(draft.owner?.name ?? ''),
        relation: draft.relation ?? 'self',
        phone: maskPhone(draft.phone),
        phoneConfirmed: draft.phoneConfirmed,
        hasSecret: draft.secret !== '',
        procedure: factsOf(form, rules).view,
        papers: papersOf(form, rules).filter(
          ({ count, handling }) => count > 0 && handling === 'handIn',
        ),
        bagCode: draft.bagCode ?? '',
        scannedPages: draft.pages.length,
        problem,
      }
  }
}

/** What was declared, named in the language of now. */
function papersOf(form: Form, rules: FormRules): PaperView[] {
  const { papers } = factsOf(form, rules)
  return form.draft.papers.map((paper) => ({
    ...paper,
    name: papers.find(({ id }) => id === paper.id)?.name ?? paper.name,
  }))
}

function factsOf(form: Form, rules: FormRules): ProcedureFacts {
  const facts = rules.procedures.find(form.draft.procedureCode ?? '', form.language)
  if (!facts) throw new Error(`procedure ${form.draft.procedureCode} left the catalogue`)
  return facts
}
