/** A code that a log may hold: short, and no name or number of a person. Anything else is `?`. */
export function plainCode(code: string): string {
  return /^[A-Za-z0-9_.-]{1,20}$/.test(code) && !/\d{7}/.test(code) ? code : '?'
}
