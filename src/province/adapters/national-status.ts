/** For each national code the system's own; one that is missing is the same there. */
export type StatusMap = Readonly<Record<string, string>>

export function statusFor(map: StatusMap, national: number): string {
  return map[String(national)] ?? String(national)
}

/** `undefined` for a code that nobody has mapped: it is logged, and the dossier counts as being dealt with. */
export function nationalStatus(map: StatusMap, theirs: string): number | undefined {
  for (let national = 1; national <= 10; national += 1) {
    if (statusFor(map, national) === theirs.trim()) return national
  }
  return undefined
}
