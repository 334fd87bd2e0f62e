import type { Person } from '../../contract/province/sealed.ts'
import {
  type CitizenIdWarning,
  checkCitizenIdNumber,
  parseCitizenIdNumber,
} from './citizen-id-number.ts'

/**
 * The QR of a citizen's card, fields parted by `|`:
 * number | old number | name | ddMMyyyy born | sex | address | ddMMyyyy issued. The card of 2024 has four
 * more. It is unsigned and can be copied: it fills in, it proves nothing.
 */
export interface CardIdentity {
  readonly idNumber: string
  /** As on the card, NFC. */
  readonly name: string
  /** `ddMMyyyy`; unknown parts are zeros; empty when unreadable. */
  readonly birthDate: string
  readonly sex: 'male' | 'female' | ''
  readonly address: string
  /** `ddMMyyyy` or empty. */
  readonly issueDate: string
  readonly warnings: readonly CardWarning[]
}

export type CardWarning = CitizenIdWarning | 'birthDatePartial'

const maxTextLength = 1_000

/** Looks like a card at all: worth saying "hold the card again" instead of "not a card". */
export function resemblesCitizenCard(text: string): boolean {
  return text.split('|').length >= 7
}

/** @returns undefined when number or name are missing: without them it identifies nobody. */
export function parseCitizenCard(text: string): CardIdentity | undefined {
  if (text.length > maxTextLength) return undefined
  const fields = text.normalize('NFC').split('|')
  if (fields.length < 7) return undefined
  const [number = '', , name = '', birth = '', sexWord = '', address = '', issued = ''] =
    fields.map((field) => field.replace(/\s+/g, ' ').trim())
  const idNumber = parseCitizenIdNumber(number)
  if (idNumber === undefined || !/\p{L}/u.test(name) || name.length > 200) return undefined
  if (/\p{Cc}/u.test(name + address)) return undefined

  const birthDate = normaliseDate(birth)
  const sex = readSex(sexWord)
  const year = Number(birthDate.slice(4))
  const warnings: CardWarning[] = [
    ...checkCitizenIdNumber(idNumber, {
      ...(year > 0 && { birthYear: year }),
      ...(sex !== '' && { sex }),
    }),
  ]
  if (!isWholeDate(birthDate)) warnings.push('birthDatePartial')
  return {
    idNumber,
    name,
    birthDate,
    sex,
    address: address.slice(0, 500),
    issueDate: normaliseDate(issued),
    warnings,
  }
}

export function personFromCard(card: CardIdentity): Person {
  return {
    kind: 'person',
    name: card.name,
    idNumber: card.idNumber,
    idKind: 'citizenId',
    birthDate: card.birthDate,
    sex: card.sex === 'male' ? 'Nam' : card.sex === 'female' ? 'Nữ' : '',
    address: card.address,
    source: 'card',
  }
}

/** `01011990`, `01/01/1990`, `00001990` and `1990` all occur. */
function normaliseDate(field: string): string {
  const digits = field.replace(/[\s./-]/g, '')
  if (/^\d{8}$/.test(digits)) return digits
  return /^\d{4}$/.test(digits) ? `0000${digits}` : ''
}

function isWholeDate(date: string): boolean {
  const day = Number(date.slice(0, 2))
  const month = Number(date.slice(2, 4))
  return date.length === 8 && day >= 1 && day <= 31 && month >= 1 && month <= 12
}

function readSex(word: string): 'male' | 'female' | '' {
  const lower = word.toLowerCase()
  if (lower === 'nam') return 'male'
  return lower === 'nữ' || lower === 'nu' ? 'female' : ''
}
