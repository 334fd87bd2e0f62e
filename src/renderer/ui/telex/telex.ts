import {
  isVowel,
  parseSyllable,
  type Syllable,
  type ToneKey,
  tones,
  vowelRange,
  writeSyllable,
} from './syllable.ts'

/** What a doubled letter or a `w` turns a letter into; typing it once more takes it back. */
const marks: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  a: { a: 'â', ă: 'â' },
  e: { e: 'ê' },
  o: { o: 'ô', ơ: 'ô' },
  d: { d: 'đ' },
  w: { a: 'ă', â: 'ă', o: 'ơ', ô: 'ơ', u: 'ư' },
}
const plainOf: Readonly<Record<string, string>> = {
  â: 'a',
  ă: 'a',
  ê: 'e',
  ô: 'o',
  ơ: 'o',
  ư: 'u',
  đ: 'd',
}

/**
 * The whole new value after one key in Telex. Only the last word changes, and only when it can be a Vietnamese
 * syllable: other words take each letter as it is.
 */
export function typeTelex(value: string, key: string): string {
  const { before, word } = splitLastWord(value)
  const syllable = parseSyllable(word)
  const lower = key.toLowerCase()
  const changed = isSyllable(syllable.letters)
    ? (withTone(syllable, lower) ?? withMark(syllable, lower))
    : undefined
  if (changed === undefined) return before + append(syllable, key)
  return changed.takenBack
    ? before + append(changed.syllable, key)
    : before + writeSyllable(changed.syllable)
}

/** A key that is a tone mark itself: sets it, or takes it away when it is there. */
export function typeTone(value: string, key: ToneKey): string {
  const { before, word } = splitLastWord(value)
  const { letters, tone } = parseSyllable(word)
  if (!letters.some(isVowel)) return value
  return before + writeSyllable({ letters, tone: tone === tones[key] ? '' : tones[key] })
}

/** A key that is a letter of the alphabet with its mark (`ă â đ ê ô ơ ư`), a digit or a sign. */
export function typeLetter(value: string, letter: string): string {
  const { before, word } = splitLastWord(value)
  return before + append(parseSyllable(word), letter)
}

export function eraseLast(value: string): string {
  const { before, word } = splitLastWord(value)
  if (word === '') return [...before].slice(0, -1).join('')
  const { letters, tone } = parseSyllable(word)
  const left = letters.slice(0, -1)
  return before + writeSyllable({ letters: left, tone: left.some(isVowel) ? tone : '' })
}

interface Change {
  readonly syllable: Syllable
  /** The same key came twice: the mark is gone, the key stands for itself. */
  readonly takenBack: boolean
}

function withTone({ letters, tone }: Syllable, key: string): Change | undefined {
  if (!letters.some(isVowel)) return undefined
  if (key === 'z')
    return tone === '' ? undefined : { syllable: { letters, tone: '' }, takenBack: false }
  if (!isToneKey(key)) return undefined
  const takenBack = tone === tones[key]
  return { syllable: { letters, tone: takenBack ? '' : tones[key] }, takenBack }
}

function withMark({ letters, tone }: Syllable, key: string): Change | undefined {
  const map = marks[key]
  if (map === undefined) return undefined
  const [start, end] = key === 'd' ? [0, letters.length] : vowelRange(letters)
  const produced = new Set(Object.values(map))
  let changed = false
  let takenBack = false
  const next = [...letters]
  for (let index = end - 1; index >= start; index--) {
    const letter = letters[index] ?? ''
    const small = letter.toLowerCase()
    const marked = map[small]
    if (marked !== undefined && !takenBack) {
      next[index] = sameCase(marked, letter)
      changed = true
      // `uo` takes the horn on both: `người`.
      if (!(key === 'w' && small === 'o' && (letters[index - 1] ?? '').toLowerCase() === 'u')) break
    } else if (produced.has(small) && !changed) {
      next[index] = sameCase(plainOf[small] ?? small, letter)
      takenBack = true
      if (!(key === 'w' && small === 'ơ')) break
    } else if (changed || takenBack) break
  }
  return changed || takenBack ? { syllable: { letters: next, tone }, takenBack } : undefined
}

function append({ letters, tone }: Syllable, key: string): string {
  return writeSyllable({ letters: [...letters, key], tone })
}

function isSyllable(letters: readonly string[]): boolean {
  const shape = letters.map((letter) => (isVowel(letter) ? 'v' : /\p{L}/u.test(letter) ? 'c' : '-'))
  return /^c*v*c*$/.test(shape.join(''))
}

function isToneKey(key: string): key is ToneKey {
  return key in tones
}

function sameCase(letter: string, like: string): string {
  return like === like.toUpperCase() ? letter.toUpperCase() : letter
}

function splitLastWord(value: string): { before: string; word: string } {
  const word = value.match(/[^\s]*$/u)?.[0] ?? ''
  return { before: value.slice(0, value.length - word.length), word }
}
