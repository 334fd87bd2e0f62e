import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/** One short text that outlives the process. Not fsynced: after a reboot it means nothing. */
export interface TextMark {
  /** What the last core left; undefined when it left nothing. */
  readonly last: string | undefined
  note(text: string): void
  clear(): void
}

export function openTextMark(path: string): TextMark {
  let marked = read(path)
  const last = marked
  const write = (text: string | undefined) => {
    if (text === marked) return
    marked = text
    try {
      writeFileSync(`${path}.new`, text ?? '', { mode: 0o600 })
      // Core may be killed right now: the mark is the old one or the new one, never half of one.
      renameSync(`${path}.new`, path)
    } catch {
      // A full disk stops nobody; but what is marked must not come back to somebody else.
      removeIfPossible(path)
    }
  }
  return { last, note: write, clear: () => write(undefined) }
}

function removeIfPossible(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // A disk that refuses even that: to crash over it would only bring the old mark back.
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8') || undefined
  } catch {
    return undefined
  }
}
