/** A Vietnamese mobile number as ten digits with leading 0; `undefined` when it is none. */
export function parsePhone(typed: string): string | undefined {
  const digits = typed
    .normalize('NFKC')
    .replace(/[\s().-]/g, '')
    .replace(/^\+/, '')
    .replace(/^00/, '')
    .replace(/^84(?=\d{9,10}$)/, '')
    .replace(/^(?=[35789]\d{8}$)/, '0')
  return /^0[35789]\d{8}$/.test(digits) ? digits : undefined
}
