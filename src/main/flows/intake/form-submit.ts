import type { Person } from '../../../contract/province/sealed.ts'
import {
  type Form,
  type FormResult,
  type FormRules,
  go,
  ignored,
  stay,
  withProblem,
} from './form.ts'
import { afterContact, afterOwner, sendPhoneCode, typePhoneAgain } from './form-transitions.ts'

/** The citizen pressed "go on" under a field. */
export function submitTyped(form: Form, rules: FormRules): FormResult {
  switch (form.step) {
    case 'identifyTyped':
      return submitIdentity(form, rules)
    case 'ownerTyped':
      return submitOwner(form, rules)
    case 'phone': {
      const phone = rules.phone(form.typed)
      if (phone === undefined) return withProblem(form, 'phoneShape')
      const unconfirmed = { ...form, draft: { ...form.draft, phone, phoneConfirmed: false } }
      // Going back and forth sends no more SMS than asking for another one does.
      return form.phoneCode.sendings < rules.limits.phoneCodeSendings
        ? sendPhoneCode(unconfirmed)
        : typePhoneAgain(unconfirmed, [...form.history, 'phone'])
    }
    case 'phoneAgain': {
      const phone = rules.phone(form.typed)
      if (phone === undefined) return withProblem(form, 'phoneShape')
      if (phone !== form.remembered) return withProblem({ ...form, typed: '' }, 'phoneDiffers')
      return afterUnconfirmed(form, { phone, phoneConfirmed: false, secret: '' }, rules)
    }
    case 'phoneCode':
      if (form.phoneCode.state !== 'sent') return ignored(form)
      if (!/^\d{6}$/.test(form.typed)) return withProblem(form, 'phoneCodeWrong')
      return { ...stay(form), effect: { type: 'checkPhoneCode', code: form.typed } }
    case 'secret':
      if (!isSecret(form.typed, rules)) return withProblem(form, 'secretShape')
      return go(form, 'secretAgain', { remembered: form.typed, field: 'secretAgain' })
    case 'secretAgain':
      if (form.typed !== form.remembered)
        return withProblem({ ...form, typed: '' }, 'secretDiffers')
      return afterUnconfirmed(form, { phone: '', phoneConfirmed: false, secret: form.typed }, rules)
    case 'procedures':
      return rules.procedures.search(form.typed, form.language).length > 0
        ? stay(form)
        : withProblem(form, 'nothingFound')
    default:
      return ignored(form)
  }
}

/** Said now, before the citizen has answered everything else; counted when it is sealed. */
function afterUnconfirmed(
  form: Form,
  contact: Pick<Form['draft'], 'phone' | 'phoneConfirmed' | 'secret'>,
  rules: FormRules,
): FormResult {
  const draft = { ...form.draft, ...contact }
  if (!rules.mayGoOnUnconfirmed(draft)) {
    return withProblem({ ...form, typed: '' }, 'tooManyUnconfirmed')
  }
  return afterContact({ ...form, remembered: '', draft })
}

/** Digits only, and none that a thief tries first. */
function isSecret(text: string, rules: FormRules): boolean {
  return text.length === rules.limits.secretLength && /^\d+$/.test(text) && !/^(\d)\1*$/.test(text)
}

const unknownPerson: Person = {
  kind: 'person',
  name: '',
  idNumber: '',
  idKind: 'none',
  birthDate: '',
  sex: '',
  address: '',
  source: 'typed',
}

function submitIdentity(form: Form, rules: FormRules): FormResult {
  const { field, typed } = form
  if (field === 'idNumber' || field === 'passport') {
    const idNumber = field === 'idNumber' ? rules.idNumber(typed) : rules.passport(typed)
    if (idNumber === undefined) {
      return withProblem(form, field === 'idNumber' ? 'idNumberShape' : 'passportShape')
    }
    const idKind = field === 'idNumber' ? 'citizenId' : 'passport'
    const applicant = { ...unknownPerson, idNumber, idKind } as const
    return stay(form, {
      draft: { ...form.draft, applicant, warnings: [] },
      field: 'applicantName',
      typed: '',
    })
  }
  const name = rules.personName(typed)
  if (name === undefined) return withProblem(form, 'nameShape')
  const applicant = { ...(form.draft.applicant ?? unknownPerson), name }
  return go(form, 'identity', { draft: { ...form.draft, applicant } })
}

function submitOwner(form: Form, rules: FormRules): FormResult {
  const { field, typed } = form
  const owner = form.draft.owner ?? unknownPerson
  switch (field) {
    case 'ownerName':
    case 'organisationName': {
      const name = rules.personName(typed)
      if (name === undefined) return withProblem(form, 'nameShape')
      const kind = field === 'organisationName' ? 'organisation' : 'person'
      return stay(form, {
        draft: { ...form.draft, owner: { ...unknownPerson, kind, name } },
        field: field === 'organisationName' ? 'taxCode' : 'ownerIdNumber',
        typed: '',
      })
    }
    case 'ownerIdNumber': {
      // A child may have no number yet: empty is an answer.
      if (typed.trim() === '') return afterOwner({ ...form, draft: { ...form.draft, owner } })
      const idNumber = rules.idNumber(typed)
      if (idNumber === undefined) return withProblem(form, 'idNumberShape')
      if (idNumber === form.draft.applicant?.idNumber) return withProblem(form, 'ownerIsApplicant')
      const named = { ...owner, idNumber, idKind: 'citizenId' } as const
      return afterOwner({ ...form, draft: { ...form.draft, owner: named } })
    }
    case 'taxCode': {
      const idNumber = rules.taxCode(typed)
      if (idNumber === undefined) return withProblem(form, 'taxCodeShape')
      const named = { ...owner, idNumber, idKind: 'taxCode' } as const
      return afterOwner({ ...form, draft: { ...form.draft, owner: named } })
    }
    default:
      return ignored(form)
  }
}
