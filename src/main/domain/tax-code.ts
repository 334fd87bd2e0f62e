/** Mã số thuế of an organisation: 10 digits, a branch has three more (`0123456789-001`). */
export interface TaxCode {
  readonly taxCode: string
  /** A warning when false, never a wall. */
  readonly checkDigitHolds: boolean
}

const weights = [31, 29, 23, 19, 17, 13, 7, 5, 3]

export function parseTaxCode(typed: string): TaxCode | undefined {
  const digits = typed.normalize('NFKC').replace(/[\s.-]/g, '')
  if (!/^\d{10}(\d{3})?$/.test(digits)) return undefined
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  // The tenth digit is 10 − (sum mod 11); a sum that leaves 0 was never given out.
  const checkDigitHolds = 10 - (sum % 11) === Number(digits[9])
  const branch = digits.slice(10)
  return { taxCode: digits.slice(0, 10) + (branch && `-${branch}`), checkDigitHolds }
}
