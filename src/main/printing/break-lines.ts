const khmer = /[\u1780-\u17ff]/

/** Khmer writes no spaces between words: break between the words that the dictionary finds. */
const khmerWords = new Intl.Segmenter('km', { granularity: 'word' })
const graphemes = new Intl.Segmenter('vi', { granularity: 'grapheme' })

export const isKhmer = (text: string): boolean => khmer.test(text)

/** Closing signs stay with the word before them. */
const closing = /^[\s.,:;!?)\]”។៕៖ៗ]+$/u

/** Written between two Khmer words by who knows them better than a dictionary; takes no room on paper. */
const zeroWidthSpace = '\u200b'

function wordsOf(text: string): string[] {
  if (text.includes(zeroWidthSpace)) return text.split(zeroWidthSpace).filter((part) => part !== '')
  if (!isKhmer(text)) return [text]
  return Array.from(khmerWords.segment(text), ({ segment }) => segment)
}

/**
 * Smallest pieces between which a line may end, never at a no-break space; together they are the text without
 * its zero-width spaces. A run of letters in which somebody wrote those breaks there and nowhere else.
 */
export function breakablePieces(text: string): string[] {
  const pieces: string[] = []
  const bySpace = text.match(/(?:\S|\u00a0)+[^\S\u00a0]*|\s+/gu) ?? []
  for (const word of bySpace) {
    const parts = wordsOf(word)
    const isWritten = word.includes(zeroWidthSpace)
    for (const [index, part] of parts.entries()) {
      const last = pieces.length - 1
      // Figures and Latin inside a Khmer sentence (a date, a time) stay whole.
      const inOneWord =
        index > 0 && !isWritten && !isKhmer(part) && !isKhmer(parts[index - 1] ?? '')
      if (inOneWord || (index > 0 && closing.test(part))) pieces[last] = (pieces[last] ?? '') + part
      else pieces.push(part)
    }
  }
  return pieces
}

/** A piece wider than a whole line is cut between graphemes. */
function* fitting(piece: string, measure: (text: string) => number, widthDots: number) {
  if (measure(piece.trimEnd()) <= widthDots) {
    yield piece
    return
  }
  let part = ''
  for (const { segment } of graphemes.segment(piece)) {
    if (part !== '' && measure(part + segment) > widthDots) {
      yield part
      part = ''
    }
    part += segment
  }
  if (part !== '') yield part
}

/** Lines of at most `widthDots`, greedy, without spaces at their ends; never fewer than one. */
export function breakLines(
  text: string,
  measure: (text: string) => number,
  widthDots: number,
): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of breakablePieces(text)) {
    for (const part of fitting(piece, measure, widthDots)) {
      if (line !== '' && measure((line + part).trimEnd()) > widthDots) {
        lines.push(line.trimEnd())
        line = part.trimStart()
      } else {
        line += part
      }
    }
  }
  lines.push(line.trimEnd())
  return lines
}

/** The same number of lines, but of even length: for text that stands in the middle. */
export function balancedLines(
  text: string,
  measure: (text: string) => number,
  widthDots: number,
): string[] {
  const lines = breakLines(text, measure, widthDots)
  if (lines.length === 1) return lines
  for (
    let narrower = Math.ceil(measure(text) / lines.length);
    narrower < widthDots;
    narrower += 8
  ) {
    const candidate = breakLines(text, measure, narrower)
    if (candidate.length === lines.length) return candidate
  }
  return lines
}
