/** What the official code (mã hồ sơ) is made of; the pattern is the province's configuration. */
export interface OfficialCodeParts {
  readonly unitCode: string
  /** Local calendar day, `yyyy-MM-dd`. */
  readonly day: string
  /** Counts from 1 per unit and day. */
  readonly sequence: number
}

/** Fills `{unitCode}`, `{yyMMdd}`, `{yyyyMMdd}` and `{seqN}` (at least N digits, more when it overflows). */
export function officialCode(pattern: string, parts: OfficialCodeParts): string {
  const compactDay = parts.day.replaceAll('-', '')
  return pattern.replaceAll(/\{(unitCode|yyMMdd|yyyyMMdd|seq([1-9]))\}/g, (_, name, digits) => {
    if (name === 'unitCode') return parts.unitCode
    if (name === 'yyMMdd') return compactDay.slice(2)
    if (name === 'yyyyMMdd') return compactDay
    return String(parts.sequence).padStart(Number(digits), '0')
  })
}
