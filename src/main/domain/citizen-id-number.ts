/**
 * Số định danh cá nhân: 12 digits `PPP G YY NNNNNN` — place of birth registration, century and sex, year of
 * birth, random. It has no check digit, so everything here warns and refuses nothing but the shape.
 */
export type CitizenIdWarning = 'provinceCodeUnknown' | 'birthYearDiffers' | 'sexDiffers'

/**
 * Codes that the numbering scheme gave out. Merged provinces live on in the numbers of those born there;
 * people born abroad have country codes, which are not listed: they are warned about and taken.
 */
const birthCodes = new Set(
  (
    '001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 ' +
    '037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 ' +
    '077 079 080 082 083 084 086 087 089 091 092 093 094 095 096'
  ).split(' '),
)

/** The 12 digits, spaces and dots removed; `undefined` when it is not 12 digits. */
export function parseCitizenIdNumber(typed: string): string | undefined {
  const digits = typed.normalize('NFKC').replace(/[\s.-]+/g, '')
  return /^\d{12}$/.test(digits) ? digits : undefined
}

/**
 * @param idNumber 12 digits
 * @param card what stands beside it on the card; a typed number comes without
 */
export function checkCitizenIdNumber(
  idNumber: string,
  card: { readonly birthYear?: number; readonly sex?: 'male' | 'female' } = {},
): readonly CitizenIdWarning[] {
  const warnings: CitizenIdWarning[] = []
  if (!birthCodes.has(idNumber.slice(0, 3))) warnings.push('provinceCodeUnknown')
  const { birthYear, sex } = bornInto(idNumber)
  if (card.birthYear !== undefined && card.birthYear !== birthYear) {
    warnings.push('birthYearDiffers')
  }
  if (card.sex !== undefined && card.sex !== sex) warnings.push('sexDiffers')
  return warnings
}

/** Fourth digit: 0 man, 1 woman of 1900–1999; 2, 3 of 2000–2099; and so on. */
function bornInto(idNumber: string): { birthYear: number; sex: 'male' | 'female' } {
  const centuryAndSex = Number(idNumber.charAt(3))
  return {
    birthYear: 1900 + Math.floor(centuryAndSex / 2) * 100 + Number(idNumber.slice(4, 6)),
    sex: centuryAndSex % 2 === 0 ? 'male' : 'female',
  }
}
