import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/**
 * Which matter (a dossier or a right, by its number) is on the screen. After a crash only this one may come
 * back to it: an older one, whose person has gone, is settled behind it. Not fsynced: it has to survive the
 * process only.
 */
export interface ScreenMark {
  /** What was on the screen when the last core ended; undefined when nothing was. */
  readonly last: string | undefined
  /** Call before the matter's first effect. */
  note(matter: string): void
  clear(): void
}

export function openScreenMark(path: string): ScreenMark {
  let marked = read(path)
  const last = marked
  const write = (matter: string | undefined) => {
    if (matter === marked) return
    marked = matter
    try {
      writeFileSync(`${path}.new`, matter ?? '', { mode: 0o600 })
      // Core may be killed right now: the mark is the old one or the new one, never half of one.
      renameSync(`${path}.new`, path)
    } catch {
      // A full disk stops nobody; but nobody's screen may come back to somebody else.
      rmSync(path, { force: true })
    }
  }
  return { last, note: write, clear: () => write(undefined) }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8') || undefined
  } catch {
    return undefined
  }
}
