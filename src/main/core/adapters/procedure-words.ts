import type { Language } from '../../../contract/roles.ts'
import words from './procedure-words.json' with { type: 'json' }

const numbers = {
  vi: new Intl.NumberFormat('vi-VN', { numberingSystem: 'latn' }),
  en: new Intl.NumberFormat('en-GB', { numberingSystem: 'latn' }),
  km: new Intl.NumberFormat('km-KH', { numberingSystem: 'latn' }),
} as const

type Word = Readonly<Record<Language, { readonly one?: string; readonly other: string }>>
const catalogue: Readonly<Record<string, Word>> = words

/**
 * `15.000 đồng`, `3 working days`: an amount of the national catalogue, whose numbers and units are strings
 * that people typed. What is not known is shown as it came.
 */
export function amountText(amount: string, unit: string, language: Language): string {
  const number = /^\d+$/.test(amount) ? Number(amount) : undefined
  const shown = number === undefined ? amount : numbers[language].format(number)
  return `${shown} ${wordFor(unit, number, language)}`.trim()
}

/** The sum of what is to be paid, or that nothing is; empty when the catalogue says nothing. */
export function feeText(
  fees: readonly { readonly SOTIEN: string; readonly DONVI: string }[],
  language: Language,
): string {
  const due = fees.filter(({ SOTIEN }) => SOTIEN.trim() !== '0')
  if (fees.length > 0 && due.length === 0) return wordFor('free', undefined, language)
  return due.map(({ SOTIEN, DONVI }) => amountText(SOTIEN, DONVI, language)).join(' + ')
}

function wordFor(unit: string, number: number | undefined, language: Language): string {
  const word = catalogue[unit]?.[language]
  if (word === undefined) return unit
  return number === 1 ? (word.one ?? word.other) : word.other
}
