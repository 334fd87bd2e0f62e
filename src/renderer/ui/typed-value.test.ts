import { describe, expect, it } from 'vitest'
import type { Input } from '../../contract/screen.ts'
import { reconcileTyped } from './typed-value.ts'

const input = (field: Input['field'], shown: string): Input => ({
  field,
  keyboard: 'digits',
  shown,
  length: shown.length,
  maxLength: 12,
  complete: false,
})

describe('reconcileTyped', () => {
  it('starts from what core shows, and empty where core hides it', () => {
    expect(reconcileTyped(undefined, 's1', input('phone', '0900'), 7)?.value).toBe('0900')
    expect(reconcileTyped(undefined, 's1', input('pin', '••'), 7)?.value).toBe('')
  })

  it('keeps hidden characters only for their screen and field', () => {
    const typed = { owner: 's1/pin', value: '1234', pending: 0, knownFrom: 0 }
    expect(reconcileTyped(typed, 's1', input('pin', '••••'), 7).value).toBe('1234')
    expect(reconcileTyped(typed, 's2', input('pin', '••••'), 7).value).toBe('')
    expect(reconcileTyped(typed, 's1', input('secret', '••••'), 7).value).toBe('')
  })

  it('is ahead of core while values are on their way, and follows it afterwards', () => {
    const ahead = { owner: 's1/phone', value: '0912', pending: 1, knownFrom: 0 }
    expect(reconcileTyped(ahead, 's1', input('phone', '091'), 7).value).toBe('0912')
    expect(reconcileTyped({ ...ahead, pending: 0 }, 's1', input('phone', '091'), 7).value).toBe(
      '091',
    )
  })

  it('is not thrown back by a snapshot that an answer has overtaken', () => {
    const answered = { owner: 's1/phone', value: '0912', pending: 0, knownFrom: 8 }
    expect(reconcileTyped(answered, 's1', input('phone', '091'), 7).value).toBe('0912')
    expect(reconcileTyped(answered, 's1', input('phone', '09'), 8).value).toBe('09')
    const hidden = { owner: 's1/pin', value: '1234', pending: 0, knownFrom: 8 }
    expect(reconcileTyped(hidden, 's1', input('pin', '•••'), 7).value).toBe('1234')
  })

  it('is emptied with core, after a wrong code', () => {
    const typed = { owner: 's1/phoneCode', value: '123456', pending: 0, knownFrom: 0 }
    expect(reconcileTyped(typed, 's1', input('phoneCode', ''), 7).value).toBe('')
    expect(reconcileTyped(typed, 's1', input('phoneCode', '•••'), 7).value).toBe('')
  })
})
