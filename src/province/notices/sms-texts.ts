import type { CollectionNotice, PhoneCode } from '../../contract/province/sealed.ts'
import type { ResultContents } from '../../contract/words.ts'
import { displayDay } from '../local-time.ts'
import {
  collectionTexts,
  papersTexts,
  phoneCodeTexts,
  reminderTexts,
  returnedTexts,
  type SmsLanguage,
} from '../texts/sms.ts'
import type { SmsContent } from './sms-content.ts'

const hidden = '••••••'

/** The values of a registered text, in the order of our own. */
function templateOf(
  name: NonNullable<SmsContent['template']>['name'],
  language: SmsLanguage,
  ...values: readonly string[]
): SmsContent['template'] {
  return { name, language, values: [...values] }
}

function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}

/** `Đã có kết quả` → `Da co ket qua`: what fits the 7-bit alphabet of plain SMS. Khmer stays as it is. */
export function withoutDiacritics(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .normalize('NFC')
}

export interface SmsWriter {
  phoneCode(request: PhoneCode): SmsContent
  /** Digits, place and last day in the text; the one-time QR beside it. */
  collection(
    notice: CollectionNotice,
    what: ResultContents,
    phone: string,
    language: SmsLanguage,
  ): SmsContent
  /** The result may be collected here until the end of `lastDay`, `yyyy-MM-dd`. */
  reminder(
    result: { readonly dossierCode: string; readonly lastDay: string },
    phone: string,
    language: SmsLanguage,
  ): SmsContent
  /** The result has been taken out of the machine and waits at the counter. */
  returned(dossierCode: string, phone: string, language: SmsLanguage): SmsContent
  notification(phone: string, text: string): SmsContent
}

export function smsWriter(options: { readonly diacritics: boolean }): SmsWriter {
  const spell = (text: string) => (options.diacritics ? text : withoutDiacritics(text))
  return {
    phoneCode({ phone, code, language }) {
      const textWith = (shown: string) => spell(fill(phoneCodeTexts[language], { code: shown }))
      return {
        phone,
        text: textWith(code),
        maskedText: textWith(hidden),
        attachment: null,
        template: templateOf('phoneCode', language, code),
      }
    },
    collection(notice, what, phone, language) {
      const texts = what === 'papers' ? papersTexts : collectionTexts
      const { dossierCode, place, lastDay } = notice
      const textWith = (code: string) =>
        spell(
          fill(texts[language], {
            dossierCode,
            place,
            lastDay: displayDay(lastDay),
            code,
          }),
        )
      return {
        phone,
        text: textWith(notice.code),
        maskedText: textWith(hidden),
        attachment: { kind: 'qr', payload: notice.qr },
        template: templateOf(
          what === 'papers' ? 'papers' : 'collection',
          language,
          ...[dossierCode, place, notice.code, displayDay(lastDay)].map(spell),
        ),
      }
    },
    reminder({ dossierCode, lastDay }, phone, language) {
      const text = spell(
        fill(reminderTexts[language], { dossierCode, lastDay: displayDay(lastDay) }),
      )
      const template = templateOf('reminder', language, dossierCode, displayDay(lastDay))
      return { phone, text, maskedText: text, attachment: null, template }
    },
    returned(dossierCode, phone, language) {
      const text = spell(fill(returnedTexts[language], { dossierCode }))
      const template = templateOf('returned', language, dossierCode)
      return { phone, text, maskedText: text, attachment: null, template }
    },
    notification(phone, text) {
      return { phone, text: spell(text), maskedText: spell(text), attachment: null }
    },
  }
}
