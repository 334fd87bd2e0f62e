/** Read-only switches of a scanner among its options; undefined where the backend has none of them. */
export interface SaneSensors {
  readonly paperLoaded: boolean | undefined
  readonly coverOpen: boolean | undefined
  readonly doubleFeed: boolean | undefined
}

/** The names that backends give the same switch: fujitsu and canon_dr, then others. */
const optionNames = {
  paperLoaded: ['page-loaded', 'adf-loaded'],
  coverOpen: ['cover-open', 'adf-open'],
  doubleFeed: ['omr-df', 'double-feed-detected'],
} as const satisfies Readonly<Record<keyof SaneSensors, readonly string[]>>

/** `    --page-loaded[=(yes|no)] [no] [read-only]` */
const switchLine = /^\s*--([a-z][a-z0-9-]*)\[=\([a-z|]*yes\|no\)\] \[(yes|no)\]/

/** The switches in the output of `scanimage --all-options`. */
export function readSensors(lines: readonly string[]): SaneSensors {
  const values = new Map<string, boolean>()
  for (const line of lines) {
    const [, name, value] = switchLine.exec(line) ?? []
    if (name !== undefined) values.set(name, value === 'yes')
  }
  const first = (names: readonly string[]): boolean | undefined =>
    names.map((name) => values.get(name)).find((value) => value !== undefined)
  return {
    paperLoaded: first(optionNames.paperLoaded),
    coverOpen: first(optionNames.coverOpen),
    doubleFeed: first(optionNames.doubleFeed),
  }
}
