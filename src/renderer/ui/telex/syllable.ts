/** A word as letters without tone, and its one tone mark (a combining character, or empty). */
export interface Syllable {
  readonly letters: readonly string[]
  readonly tone: string
}

/** Tone marks by their Telex key: sắc, huyền, hỏi, ngã, nặng. */
export const tones = {
  s: '\u0301',
  f: '\u0300',
  r: '\u0309',
  x: '\u0303',
  j: '\u0323',
} as const
export type ToneKey = keyof typeof tones
const toneMarks: ReadonlySet<string> = new Set(Object.values(tones))

const vowels = 'aăâeêioôơuưy'
const markedVowels = 'ăâêôơư'

export function isVowel(letter: string): boolean {
  return vowels.includes(letter.toLowerCase())
}

export function parseSyllable(word: string): Syllable {
  let tone = ''
  const letters = [...word.normalize('NFC')].map((letter) => {
    const parts = [...letter.normalize('NFD')]
    tone = parts.find((part) => toneMarks.has(part)) ?? tone
    return parts
      .filter((part) => !toneMarks.has(part))
      .join('')
      .normalize('NFC')
  })
  return { letters, tone }
}

/** Writes the tone where official texts write it: `hòa`, `ủy`, `hoàn`, `quý`, `già`. */
export function writeSyllable({ letters, tone }: Syllable): string {
  const at = tone === '' ? -1 : tonePosition(letters)
  return letters
    .map((letter, index) => (index === at ? letter + tone : letter))
    .join('')
    .normalize('NFC')
}

/** First and one past the last of the vowels that can carry the tone; empty when the word has none. */
export function vowelRange(letters: readonly string[]): readonly [number, number] {
  const lower = letters.map((letter) => letter.toLowerCase())
  let start = lower.findIndex(isVowel)
  if (start < 0) return [0, 0]
  // The u of `qu` and the i of `gi` belong to the initial when another vowel follows.
  const initial = (lower[start - 1] ?? '') + (lower[start] ?? '')
  if (start > 0 && (initial === 'qu' || initial === 'gi') && isVowel(lower[start + 1] ?? '-')) {
    start++
  }
  let end = start
  while (end < lower.length && isVowel(lower[end] ?? '')) end++
  return [start, end]
}

function tonePosition(letters: readonly string[]): number {
  const [start, end] = vowelRange(letters)
  if (start === end) return -1
  for (let index = end - 1; index >= start; index--) {
    if (markedVowels.includes((letters[index] ?? '').toLowerCase())) return index
  }
  const count = end - start
  if (end < letters.length) return end - 1
  return count === 3 ? start + 1 : start
}
