import type { Input } from '../../contract/screen.ts'

type FormField = Input['field']

/** Keyboard and length of each field; `hidden` ones are shown as bullets. */
const fields: Readonly<
  Record<
    FormField,
    { keyboard: Input['keyboard']; maxLength: number; hidden?: true; least: number }
  >
> = {
  idNumber: { keyboard: 'digits', maxLength: 12, least: 12 },
  passport: { keyboard: 'code', maxLength: 20, least: 6 },
  applicantName: { keyboard: 'text', maxLength: 80, least: 2 },
  ownerName: { keyboard: 'text', maxLength: 80, least: 2 },
  ownerIdNumber: { keyboard: 'digits', maxLength: 12, least: 0 },
  organisationName: { keyboard: 'text', maxLength: 160, least: 2 },
  taxCode: { keyboard: 'digits', maxLength: 13, least: 10 },
  phone: { keyboard: 'digits', maxLength: 11, least: 10 },
  phoneAgain: { keyboard: 'digits', maxLength: 11, least: 10 },
  phoneCode: { keyboard: 'digits', maxLength: 6, hidden: true, least: 6 },
  secret: { keyboard: 'digits', maxLength: 6, hidden: true, least: 6 },
  secretAgain: { keyboard: 'digits', maxLength: 6, hidden: true, least: 6 },
  procedureQuery: { keyboard: 'text', maxLength: 60, least: 1 },
  collectionCode: { keyboard: 'digits', maxLength: 12, hidden: true, least: 6 },
  intakeNumber: { keyboard: 'code', maxLength: 40, least: 6 },
  officialCode: { keyboard: 'code', maxLength: 40, least: 4 },
  pin: { keyboard: 'digits', maxLength: 12, hidden: true, least: 4 },
}

export function inputOf(field: FormField, typed: string): Input {
  const { keyboard, maxLength, hidden, least } = fields[field]
  return {
    field,
    keyboard,
    shown: hidden ? '•'.repeat(typed.length) : typed,
    length: typed.length,
    maxLength,
    complete: typed.length >= least,
  }
}

/** What may be typed into a field: no control characters, no more than fits. */
export function cleanTyped(field: FormField, text: string): string {
  const { keyboard, maxLength } = fields[field]
  const normal = text.normalize('NFC')
  const allowed =
    keyboard === 'digits'
      ? normal.replace(/\D/g, '')
      : keyboard === 'code'
        ? normal.toUpperCase().replace(/[^0-9A-Z.-]/g, '')
        : normal.replace(/[^\p{L}\p{M}\p{N} .,'’&()/-]/gu, '')
  return [...allowed].slice(0, maxLength).join('')
}
