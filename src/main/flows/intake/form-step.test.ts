import { describe, expect, it } from 'vitest'
import type { Intent } from '../../../contract/intent.ts'
import type { ProcedureFacts } from '../procedure-port.ts'
import { type Form, type FormEffect, type FormRules, newForm } from './form.ts'
import { formStep } from './form-step.ts'

const facts: ProcedureFacts = {
  view: { code: 'P', name: 'Thủ tục mẫu', plainName: 'Thủ tục mẫu', takeIn: 'paper' },
  reason: '',
  fee: '',
  duration: '',
  handOut: true,
  presenceNeeded: false,
  bagSize: 'small',
  papers: [],
}
const rules: FormRules = {
  idNumber: (text) => text,
  passport: (text) => text,
  taxCode: (text) => text,
  personName: (text) => text,
  phone: (text) => text,
  procedures: { search: () => [facts.view], find: () => facts },
  isBagUsed: () => false,
  isScanOffered: () => false,
  mayGoOnUnconfirmed: () => true,
  limits: { phoneCodeTries: 3, phoneCodeSendings: 3, secretLength: 6 },
}

/** A form and what it asked the world for, after what somebody did. */
function form() {
  let current: Form = newForm('vi')
  const effects: FormEffect[] = []
  const take = (event: Parameters<typeof formStep>[1]) => {
    const result = formStep(current, event, rules)
    current = result.form
    if (result.effect) effects.push(result.effect)
  }
  const say = (...intents: Intent[]) => {
    for (const intent of intents) take({ type: 'intent', intent })
  }
  return {
    say,
    type: (value: string) =>
      say({ path: 'input.set', input: { value } }, { path: 'input.submit', input: {} }),
    smsSent: () => take({ type: 'phoneCodeSent', sent: true }),
    step: () => current.step,
    sendings: () => effects.filter(({ type }) => type === 'sendPhoneCode').length,
    draft: () => current.draft,
  }
}

const back: Intent = { path: 'session.back', input: {} }
const lookUp: Intent = { path: 'intake.lookUpProcedures', input: {} }
const choose: Intent = { path: 'intake.chooseProcedure', input: { code: 'P' } }
const accept: Intent = { path: 'intake.acceptProcedure', input: {} }

function toPhone(subject: ReturnType<typeof form>) {
  subject.say({ path: 'intake.typeIdentity', input: { method: 'idNumber' } })
  subject.type('092090012345')
  subject.type('Nguyễn Văn An')
  subject.say(
    { path: 'intake.confirmIdentity', input: {} },
    { path: 'intake.chooseRelation', input: { relation: 'self' } },
  )
}

describe('a procedure that was looked up first', () => {
  it('leads to the questions, also after going back to it', () => {
    const subject = form()
    subject.say(lookUp, choose, accept)
    expect(subject.step()).toBe('identify')
    subject.say(back, accept)
    expect(subject.step()).toBe('identify')
  })

  it('does not lead past the phone when somebody goes back from there', () => {
    const subject = form()
    subject.say(lookUp, choose, accept)
    toPhone(subject)
    expect(subject.step()).toBe('phone')
    subject.type('0900000101')
    expect(subject.step()).toBe('phoneCode')
    for (let count = 0; count < 20 && subject.step() !== 'procedure'; count += 1) subject.say(back)
    subject.say(accept)
    expect(subject.step()).toBe('identify')
  })

  it('leads to the papers when all was asked before', () => {
    const subject = form()
    subject.say({ path: 'intake.acceptNotice', input: {} })
    toPhone(subject)
    subject.say({ path: 'intake.noPhone', input: {} })
    subject.type('135246')
    subject.type('135246')
    expect(subject.step()).toBe('procedures')
    subject.say(choose, accept)
    expect(subject.step()).toBe('papers')
  })
})

describe('codes to a phone', () => {
  it('are sent no more often by going back and forth than by asking for another one', () => {
    const subject = form()
    subject.say({ path: 'intake.acceptNotice', input: {} })
    toPhone(subject)
    for (let count = 0; count < 10; count += 1) {
      subject.type(`090000010${count}`)
      if (subject.step() === 'phoneAgain') break
      subject.smsSent()
      subject.say(back)
    }
    expect(subject.sendings()).toBe(3)
    expect(subject.step()).toBe('phoneAgain')
    subject.say(back)
    expect(subject.step()).toBe('phone')
    subject.type('0900000109')
    subject.type('0900000109')
    expect(subject.sendings()).toBe(3)
    expect(subject.step()).toBe('procedures')
    expect(subject.draft()).toMatchObject({ phone: '0900000109', phoneConfirmed: false })
  })
})
