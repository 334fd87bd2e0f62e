/**
 * The province's mã hồ sơ. Forms differ between systems and years (`000.00.53.H48-220921-0099`,
 * `G09.20-20260609-0092637`) and a province may have a pattern of its own: what does not look like one may
 * still be one, so a code that somebody typed is looked up whatever this says.
 */
const usualShape = /^[A-Z0-9]{1,3}(\.[A-Z0-9]{1,5}){1,6}-(\d{6}|\d{8})-\d{4,7}$/

/** Longest code that any known system makes. */
const maxLength = 64

/** Upper case, NFC, ASCII dashes, no spaces; `undefined` when it is empty, too long or holds anything odd. */
export function normaliseDossierCode(text: string): string | undefined {
  const code = text
    .normalize('NFC')
    .trim()
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/ +/g, '')
    .toUpperCase()
  return code.length <= maxLength && /^[A-Z0-9][A-Z0-9./-]*$/.test(code) ? code : undefined
}

/** The normalised code when it has the usual shape, or the province's `pattern`; else `undefined`. */
export function recogniseDossierCode(text: string, pattern?: RegExp): string | undefined {
  const code = normaliseDossierCode(text)
  if (code === undefined) return undefined
  return usualShape.test(code) || pattern?.test(code) ? code : undefined
}
