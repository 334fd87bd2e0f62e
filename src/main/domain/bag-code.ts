/**
 * The single-use barcode of a bag: prefix of the province, serial number, check digit (`TUI00001234`).
 * Prefix and length are configuration (`bags.codePattern`); the last digit is the check digit of the digits
 * before it.
 */
export interface BagFormat {
  /** Regular expression over the whole barcode. */
  readonly codePattern: string
  /** `none` for a stock of bags that was printed without one. */
  readonly checkDigit?: 'damm' | 'none'
}

export type BagReading =
  | { readonly kind: 'own'; readonly bagCode: string }
  /** Looks like ours and its check digit is wrong: hold it to the reader again. */
  | { readonly kind: 'misread' }
  | { readonly kind: 'foreign' }

/** A printer of bags uses this too. @throws RangeError when the serial does not fit. */
export function makeBagCode(prefix: string, serial: number, serialDigits = 7): string {
  const digits = String(serial).padStart(serialDigits, '0')
  if (!/^\d+$/.test(digits) || digits.length !== serialDigits) {
    throw new RangeError('makeBagCode: the serial does not fit')
  }
  return `${prefix}${digits}${dammDigit(digits)}`
}

export function readBagCode(text: string, format: BagFormat): BagReading {
  const bagCode = text.trim().toUpperCase()
  if (bagCode.length > 64 || !new RegExp(format.codePattern, 'u').test(bagCode)) {
    return { kind: 'foreign' }
  }
  if (format.checkDigit === 'none') return { kind: 'own', bagCode }
  const digits = /\d+$/.exec(bagCode)?.[0] ?? ''
  const holds = digits.length > 1 && dammDigit(digits.slice(0, -1)) === digits.slice(-1)
  return holds ? { kind: 'own', bagCode } : { kind: 'misread' }
}

/** Damm's quasigroup of order 10: catches every wrong digit and every swap of neighbours. */
const damm = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
]

export function dammDigit(digits: string): string {
  let state = 0
  for (const digit of digits) state = Number(damm[state]?.[Number(digit)])
  return String(state)
}
