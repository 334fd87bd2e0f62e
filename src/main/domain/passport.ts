/**
 * A passport number, upper case. Vietnamese ones are a letter and 7 or 8 digits; other countries print
 * up to 9 letters and digits, some a little more.
 */
export function parsePassport(typed: string): string | undefined {
  const text = typed
    .normalize('NFKC')
    .replace(/[\s.-]/g, '')
    .toUpperCase()
  return /^(?=.*\d)[A-Z0-9]{5,12}$/.test(text) ? text : undefined
}
