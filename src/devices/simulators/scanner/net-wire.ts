/** Raised while a request is not complete yet; the rest comes with the next bytes. */
export class TooShort extends Error {}

export interface WireReader {
  word(): number
  /** Without its NUL; undefined for a null string. */
  string(): string | undefined
  /** An array of words, or of characters. */
  words(): readonly number[]
  bytes(): Buffer
  readonly usedBytes: number
}

/** SANE API standard 1.06, §5.2.2: words of four bytes, most significant first; arrays with their length. */
export function wireReader(buffer: Buffer): WireReader {
  let at = 0
  const take = (length: number): Buffer => {
    if (at + length > buffer.length) throw new TooShort()
    at += length
    return buffer.subarray(at - length, at)
  }
  const word = (): number => take(4).readInt32BE()
  const bytes = (): Buffer => {
    const length = word()
    if (length < 0 || length > 1_000_000) throw new Error(`an array of ${length}`)
    return take(length)
  }
  return {
    word,
    bytes,
    string() {
      const text = bytes()
      return text.length === 0 ? undefined : text.toString('latin1').replace(/\0.*$/s, '')
    },
    words() {
      const length = word()
      if (length < 0 || length > 100_000) throw new Error(`an array of ${length}`)
      return Array.from({ length }, word)
    },
    get usedBytes() {
      return at
    },
  }
}

export function word(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value | 0)
  return bytes
}

/** With its NUL. */
export function string(text: string): Buffer {
  return Buffer.concat([word(text.length + 1), Buffer.from(`${text}\0`, 'latin1')])
}

export function array(elements: readonly Buffer[]): Buffer {
  return Buffer.concat([word(elements.length), ...elements])
}

/** A pointer is a word that says whether it is null (1), then what it points to. */
export function pointer(target: Buffer): Buffer {
  return Buffer.concat([word(0), target])
}

export const nullString = word(0)
export const nullPointer = word(1)
