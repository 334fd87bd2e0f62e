/**
 * What a printer says, as far as its bytes tell. A `realTimeStatus` does not say which `DLE EOT n` it
 * answers, and a `queuedStatus` not which `GS r`: only who asked can know, by asking one at a time.
 */
export type EscposReply =
  | { readonly kind: 'automaticStatus'; readonly bytes: readonly [number, number, number, number] }
  | { readonly kind: 'realTimeStatus'; readonly value: number }
  | { readonly kind: 'queuedStatus'; readonly value: number }
  | { readonly kind: 'processId'; readonly id: string }
  | { readonly kind: 'cleared' }
  | { readonly kind: 'text'; readonly text: string }

export interface ReplyDecoder {
  push(bytes: Uint8Array): EscposReply[]
  /** Forgets a half message: for a line that has gone quiet in the middle of one. */
  discardPartial(): void
  /** Bytes that belonged to no message, since the start. */
  droppedBytes(): number
}

/** Epson names no bound; its longest identity text is far shorter. */
const maximumTextLength = 80
const longestMessage = maximumTextLength + 2

type Attempt =
  | { readonly result: 'reply'; readonly reply: EscposReply; readonly length: number }
  | { readonly result: 'incomplete' }
  | { readonly result: 'skip' } // flow control, not a message
  | { readonly result: 'garbage'; readonly length: number }

const garbage = (length: number): Attempt => ({ result: 'garbage', length })
const isPrintable = (value: number) => value >= 0x20 && value <= 0x7e
const ascii = (values: readonly number[]) => String.fromCharCode(...values)

/** First byte 0xx1xx00, the other three with bits 4 and 7 clear. */
function automaticStatus(input: readonly number[]): Attempt {
  const rest = input.slice(1, 4)
  if (rest.some((value) => (value & 0x90) !== 0)) return garbage(1)
  const [first, second, third, fourth] = input
  if (first === undefined || second === undefined || third === undefined || fourth === undefined) {
    return { result: 'incomplete' }
  }
  const reply: EscposReply = { kind: 'automaticStatus', bytes: [first, second, third, fourth] }
  return { result: 'reply', reply, length: 4 }
}

/** `37 22 d1 d2 d3 d4 00` (process id) or `37 25 00` (buffers cleared). */
function block(input: readonly number[]): Attempt {
  const identifier = input[1]
  if (identifier === undefined) return { result: 'incomplete' }
  if (identifier === 0x25) {
    if (input[2] === undefined) return { result: 'incomplete' }
    if (input[2] !== 0) return garbage(2)
    return { result: 'reply', reply: { kind: 'cleared' }, length: 3 }
  }
  if (identifier !== 0x22) return garbage(1)
  const digits = input.slice(2, 6)
  const wrong = digits.findIndex((value) => !isPrintable(value))
  if (wrong >= 0) return garbage(2 + wrong)
  if (input[6] === undefined) return { result: 'incomplete' }
  if (input[6] !== 0) return garbage(6)
  return { result: 'reply', reply: { kind: 'processId', id: ascii(digits) }, length: 7 }
}

/** `5F text 00`. */
function text(input: readonly number[]): Attempt {
  for (let index = 1; index < input.length; index += 1) {
    const value = input[index] ?? 0
    if (value === 0) {
      const reply: EscposReply = { kind: 'text', text: ascii(input.slice(1, index)) }
      return { result: 'reply', reply, length: index + 1 }
    }
    if (!isPrintable(value)) return garbage(index)
    if (index > maximumTextLength) return garbage(index)
  }
  return { result: 'incomplete' }
}

function attempt(input: readonly number[], aligned: boolean): Attempt {
  const first = input[0] ?? 0
  if (first === 0x11 || first === 0x13) return { result: 'skip' }
  if (first === 0x37) return block(input)
  if (first === 0x5f) return text(input)
  if ((first & 0x93) === 0x10) return automaticStatus(input)
  if ((first & 0x93) === 0x12) {
    return { result: 'reply', reply: { kind: 'realTimeStatus', value: first }, length: 1 }
  }
  // One bare byte with no redundancy at all. The tail of a damaged block looks just like it (its closing
  // 00, the zeros of an automatic status), so it counts only where the stream is known to be in step.
  if (first <= 0x0f && aligned) {
    return { result: 'reply', reply: { kind: 'queuedStatus', value: first }, length: 1 }
  }
  return garbage(1)
}

/**
 * Splits the printer's answers. Takes any bytes, cut anywhere; never throws; after damage it drops what
 * cannot begin a message and goes on. A byte lost on the line can still make a block swallow its
 * successor, or noise look like a status of its own: the format has no checksum.
 */
export function createReplyDecoder(): ReplyDecoder {
  let pending: number[] = []
  let aligned = true
  let dropped = 0

  return {
    push(bytes) {
      const replies: EscposReply[] = []
      const input = [...pending, ...bytes]
      let position = 0
      while (position < input.length) {
        const step = attempt(input.slice(position, position + longestMessage), aligned)
        if (step.result === 'incomplete') break
        if (step.result === 'skip') {
          position += 1
          continue
        }
        if (step.result === 'garbage') dropped += step.length
        else replies.push(step.reply)
        aligned = step.result === 'reply'
        position += step.length
      }
      pending = input.slice(position)
      return replies
    },
    discardPartial() {
      dropped += pending.length
      pending = []
      aligned = true
    },
    droppedBytes: () => dropped,
  }
}
