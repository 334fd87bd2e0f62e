import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { deviceTests } from '../../contract/diagnosis.ts'
import { reasonCodes } from '../../contract/faults.ts'
import { messageKinds } from '../../contract/province/message.ts'
import { languages } from '../../contract/roles.ts'
import {
  collectionRefusals,
  doorSteps,
  identityWarnings,
  inputSchema,
  problems,
} from '../../contract/screen.ts'
import { returnReasons } from '../../contract/screens/officer.ts'
import { answerCodes, parkReasons, releaseReasons } from '../../contract/screens/operator.ts'
import { pageHints } from '../../contract/screens/scan.ts'
import { paperKinds, relations } from '../../contract/words.ts'
import { intakeSteps } from '../ui/intake-step.ts'
import { en } from './en/index.ts'
import { flat } from './flat.ts'
import { isForStaffOnly } from './for-staff-only.ts'
import { khmerReview } from './khmer-review.ts'
import { km } from './km/index.ts'
import { vi } from './vi/index.ts'

const vietnamese = flat(vi)
const english = flat(en)
const khmer = flat(km)
const placeholders = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort()

describe('the catalogues', () => {
  it('have the same keys with the same values to fill in, none empty', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(vietnamese).sort())
    for (const [key, text] of Object.entries(vietnamese)) {
      expect(text.trim(), key).not.toBe('')
      expect(english[key]?.trim(), key).not.toBe('')
      // An addressed person, a count or a code may not be lost in translation.
      expect(placeholders(english[key] ?? ''), key).toEqual(placeholders(text))
    }
  })

  it('say in Khmer all that a citizen reads, and nothing else', () => {
    const forCitizens = Object.keys(vietnamese).filter((key) => !isForStaffOnly(key))
    expect(Object.keys(khmer).sort()).toEqual(forCitizens.sort())
    for (const [key, text] of Object.entries(khmer)) {
      expect(placeholders(text), key).toEqual(placeholders(vietnamese[key] ?? ''))
      if (key.startsWith('language.') || key.startsWith('month.')) continue
      if (text.replaceAll(/\{\{\w+\}\}/g, '').trim() !== '') {
        expect(text, key).toMatch(/\p{Script=Khmer}/u)
      }
      // Codes, counts and hours are in the digits that stand on cards, slips and doors.
      expect(text, key).not.toMatch(/[០-៩]/)
    }
  })

  it('stand beside one another for who reviews the Khmer', () => {
    const file = new URL('../../../docs/khmer-review.md', import.meta.url)
    expect(readFileSync(file, 'utf8')).toBe(khmerReview())
  })

  it.each([
    ['reason', reasonCodes],
    ['remedy', reasonCodes],
    ['deviceTest', deviceTests],
    ['problem', problems],
    ['identityWarning', identityWarnings],
    ['relation', relations],
    ['papers.kind', paperKinds],
    ['collectRefused', collectionRefusals.map((refusal) => `${refusal}.title`)],
    ['collectRefused', collectionRefusals.map((refusal) => `${refusal}.lead`)],
    ['summary.relation', relations],
    ['language', languages],
    ['progress', intakeSteps.map(String)],
    ...(['deposit', 'collect', 'stock', 'empty', 'return', 'look'] as const).flatMap((journey) => [
      [`door.${journey}`, doorSteps.map((step) => `${step}.title`)] as const,
      [`door.${journey}`, doorSteps.map((step) => `${step}.lead`)] as const,
    ]),
    ['field', inputSchema.shape.field.options.map((field) => `${field}.title`)],
    ['field', inputSchema.shape.field.options.map((field) => `${field}.hint`)],
    ['owner.lead', relations],
    ['staff.returnReason', returnReasons],
    ['answer', answerCodes],
    ['messageKind', messageKinds],
    ['queueReason', [...parkReasons, ...releaseReasons]],
    ['scanHint', pageHints.map((hint) => `${hint}.short`)],
    ['scanHint', pageHints.map((hint) => `${hint}.long`)],
  ] as const)('say every %s', (group, codes) => {
    for (const code of codes) expect(vietnamese, code).toHaveProperty([`${group}.${code}`])
  })

  it('never claim what only an officer may do, and address people in full', () => {
    for (const [key, text] of Object.entries(vietnamese)) {
      expect(text, key).not.toMatch(/đã tiếp nhận/i)
      expect(text, key).not.toMatch(/\b(HS|TTHC|CCCD|CMND|UBND|SĐT|GTTT)\b/)
      expect(text, key).not.toMatch(/(^|\s)(ông|bà)(\s|[,.?!]|$)/i)
    }
  })

  it('place tone marks as in ủy and hòa, in NFC', () => {
    for (const [key, text] of Object.entries(vietnamese)) {
      expect(text, key).toBe(text.normalize('NFC'))
      // `oà`, `oè`, `uỷ` in an open syllable is the other style; `quý` and `qua` are not concerned.
      expect(text, key).not.toMatch(/o[àáảãạèéẻẽẹ](?!\p{L})|(?<!q)u[ỳýỷỹỵ](?!\p{L})/iu)
    }
  })

  it('end the intake with exactly what the machine did', () => {
    expect(vi.intakeDone.title).toBe('Hoàn tất. Máy đã giữ hồ sơ của ông/bà.')
  })
})
