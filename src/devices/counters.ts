export interface Counters<Name extends string> {
  add(name: Name, by?: number): void
  all(): Readonly<Record<string, number>>
}

/** Counters of one device since it was started; every name is there from the beginning. */
export function counters<Name extends string>(names: readonly Name[]): Counters<Name> {
  const counts = new Map<Name, number>(names.map((name) => [name, 0]))
  return {
    add: (name, by = 1) => counts.set(name, (counts.get(name) ?? 0) + by),
    all: () => Object.fromEntries(counts),
  }
}
