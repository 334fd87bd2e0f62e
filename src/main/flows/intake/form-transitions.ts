import { type Form, type FormResult, go, stay } from './form.ts'

/** The owner is known: the phone is next. */
export function afterOwner(form: Form): FormResult {
  return go(form, 'phone', { field: 'phone' })
}

/** How to reach the citizen is known: what is handed in is next, unless it was looked up before. */
export function afterContact(form: Form): FormResult {
  if (form.draft.procedureCode !== undefined) return go(form, 'papers')
  return go(form, 'procedures', { field: 'procedureQuery' })
}

export function sendPhoneCode(form: Form): FormResult {
  const phoneCode = {
    state: 'sending',
    sendings: form.phoneCode.sendings + 1,
    wrongTries: 0,
  } as const
  const next =
    form.step === 'phoneCode'
      ? stay(form, { phoneCode, typed: '' })
      : go(form, 'phoneCode', { phoneCode, field: 'phoneCode' })
  return { ...next, effect: { type: 'sendPhoneCode', phone: next.form.draft.phone } }
}

/** @param history steps to go back to from there; the step that shows the code is not among them */
export function typePhoneAgain(form: Form, history = form.history): FormResult {
  const { phone } = form.draft
  return go({ ...form, draft: { ...form.draft, phone: '', phoneConfirmed: false } }, 'phoneAgain', {
    remembered: phone,
    field: 'phoneAgain',
    history,
  })
}
