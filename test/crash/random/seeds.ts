/** Which seeds this run of the suite takes: one that is to be replayed, or so many from a first one on. */
export function seedsOf(
  environment: Readonly<Record<string, string | undefined>>,
  standard: { readonly first: number; readonly runs: number },
): readonly number[] {
  const { CRASH_SEED: seed, CRASH_RUNS: runs } = environment
  const first = wholeNumber('CRASH_SEED', seed) ?? standard.first
  const count = wholeNumber('CRASH_RUNS', runs) ?? (seed === undefined ? standard.runs : 1)
  return Array.from({ length: count }, (_, index) => first + index)
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${name} is no whole number: ${text}`)
  return Number(text)
}
