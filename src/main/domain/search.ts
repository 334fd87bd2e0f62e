import { foldedWords, foldText } from './fold-text.ts'

/** One thing that can be found. */
export interface SearchEntry {
  /** `1.001193` */
  readonly code: string
  /** As a citizen would say it. */
  readonly plainName: string
  /** As the catalogue has it. */
  readonly officialName: string
  readonly keywords?: readonly string[]
}

export interface ProcedureSearch<Entry extends SearchEntry> {
  /** Best first. Every word typed must occur; with nothing typed, all in the catalogue's order. */
  find(query: string, limit?: number): readonly Entry[]
}

interface Field {
  readonly weight: number
  readonly words: readonly string[]
  readonly folded: string
  /** With its marks, lower case: "mã" must rank above "ma" when somebody typed the marks. */
  readonly marked: string
}

/** Search by words without diacritics, built once for a catalogue. */
export function procedureSearch<Entry extends SearchEntry>(
  entries: readonly Entry[],
): ProcedureSearch<Entry> {
  const indexed = entries.map((entry) => ({ entry, fields: fieldsOf(entry) }))
  return {
    find(query, limit = 50) {
      const typed = query.slice(0, 200)
      const words = foldedWords(typed)
      if (words.length === 0) return entries.slice(0, limit)
      return indexed
        .map(({ entry, fields }, order) => ({ entry, order, score: score(fields, words, typed) }))
        .filter((found) => found.score > 0)
        .sort((a, b) => b.score - a.score || a.order - b.order)
        .slice(0, limit)
        .map((found) => found.entry)
    },
  }
}

function fieldsOf(entry: SearchEntry): readonly Field[] {
  const field = (weight: number, text: string): Field => {
    const words = foldedWords(text)
    return { weight, words, folded: words.join(' '), marked: lower(text) }
  }
  return [
    field(4, entry.plainName),
    ...(entry.keywords ?? []).map((keyword) => field(3, keyword)),
    field(2, entry.officialName),
    field(2, entry.code),
  ]
}

/** 0 when some word occurs nowhere. */
function score(fields: readonly Field[], words: readonly string[], typed: string): number {
  let total = 0
  for (const word of words) {
    const best = Math.max(...fields.map((field) => field.weight * wordScore(field.words, word)))
    if (best === 0) return 0
    total += best
  }
  const phrase = words.join(' ')
  const marked = lower(typed).trim()
  const hasMarks = foldText(marked) !== marked
  for (const field of fields) {
    if (field.folded.startsWith(phrase)) total += field.weight * 4
    else if (` ${field.folded}`.includes(` ${phrase}`)) total += field.weight * 2
    if (hasMarks && field.marked.includes(marked)) total += field.weight
  }
  return total
}

/** Whole word 4, beginning of a word 2, inside a long word 1. */
function wordScore(words: readonly string[], word: string): number {
  if (words.includes(word)) return 4
  if (words.some((other) => other.startsWith(word))) return 2
  return word.length >= 3 && words.some((other) => other.includes(word)) ? 1 : 0
}

function lower(text: string): string {
  return text.normalize('NFC').toLowerCase()
}
