/** Mã nhận kết quả: secret digits for one result, 8 unless configured otherwise. */
const standardDigits = 8

/** @param randomDigit an evenly spread 0–9 from the system's generator */
export function makeCollectionCode(randomDigit: () => number, digits = standardDigits): string {
  return Array.from({ length: digits }, () => {
    const digit = randomDigit()
    if (!Number.isInteger(digit) || digit < 0 || digit > 9) {
      throw new RangeError('makeCollectionCode: not a digit')
    }
    return String(digit)
  }).join('')
}

/** `12345678` → `1234 5678`, for SMS and screen. */
export function formatCollectionCode(code: string): string {
  return code.replace(/(\d{4})(?=\d)/g, '$1 ')
}

/** Digits only, as the SMS writes them or not; `undefined` when the count is wrong. */
export function parseCollectionCode(typed: string, digits = standardDigits): string | undefined {
  const code = typed.normalize('NFKC').replace(/[\s.-]/g, '')
  return /^\d+$/.test(code) && code.length === digits ? code : undefined
}
