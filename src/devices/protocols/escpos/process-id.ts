/**
 * Letters that begin no other message of the printer, so that an echo whose head was lost on the line
 * cannot be read as a status.
 */
const alphabet = 'ABCDEFGHIJKLMNOabcdefghijklmno'

/** Process ids that count up from a starting number and differ from each other for 810,000 prints. */
export function createProcessIds(start: number): () => string {
  let next = Math.abs(Math.trunc(start))
  return () => {
    let rest = next
    next += 1
    let id = ''
    for (let position = 0; position < 4; position += 1) {
      id = (alphabet[rest % alphabet.length] ?? 'A') + id
      rest = Math.floor(rest / alphabet.length)
    }
    return id
  }
}
