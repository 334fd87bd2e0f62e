import {
  addressByte,
  endOfFrame,
  highestBoard,
  startOfFrame,
  statusReplyCode,
  statusReplyLength,
  sumOf,
  withSum,
} from './frames.ts'

export interface StatusReply {
  readonly board: number
  /** Bit n is lock n. What 1 means is wired differently from bank to bank. */
  readonly lockBits: number
  /** Bit n is the item sensor of lock n; as delivered 1 = something is there. */
  readonly itemBits: number
}

export type KerongReply =
  | ({ readonly type: 'status' } & StatusReply)
  /** The shape of a status reply whose SUM does not match: something answered, and it was spoiled. */
  | { readonly type: 'corrupt' }

export interface KerongDecoder {
  /** Any bytes, cut anywhere; never throws. A message appears only for a whole frame with a matching SUM. */
  push(bytes: Uint8Array): readonly KerongReply[]
  /** Bytes that belonged to no frame, since the decoder was made. */
  discardedBytes(): number
  /** Forgets a frame that has begun. */
  reset(): void
}

export function encodeStatusReply(reply: StatusReply): Uint8Array {
  const { board, lockBits, itemBits } = reply
  return withSum([
    startOfFrame,
    addressByte(board, 0),
    statusReplyCode,
    lockBits & 0xff,
    (lockBits >> 8) & 0xff,
    itemBits & 0xff,
    (itemBits >> 8) & 0xff,
    endOfFrame,
  ])
}

/** False as soon as the bytes there are cannot be the beginning of a status reply. */
function mayBeStatus(bytes: readonly number[]): boolean {
  const [start, address, code, , , , , end] = bytes
  return (
    start === startOfFrame &&
    (address === undefined || ((address & 0x0f) === 0 && address >> 4 <= highestBoard)) &&
    (code === undefined || code === statusReplyCode) &&
    (end === undefined || end === endOfFrame)
  )
}

function read(frame: Uint8Array): KerongReply {
  const [, address = 0, , low = 0, high = 0, itemLow = 0, itemHigh = 0, , sum] = frame
  if (sumOf(frame.subarray(0, -1)) !== sum) return { type: 'corrupt' }
  return {
    type: 'status',
    board: address >> 4,
    lockBits: low | (high << 8),
    itemBits: itemLow | (itemHigh << 8),
  }
}

/**
 * Finds status replies in a stream. After a mismatch exactly one byte is dropped and the rest is looked at
 * again: a true frame that begins inside a false one is not lost.
 */
export function kerongDecoder(): KerongDecoder {
  let buffer: number[] = []
  let discarded = 0
  return {
    push(bytes) {
      const replies: KerongReply[] = []
      for (const byte of bytes) {
        buffer.push(byte)
        while (buffer.length > 0 && !mayBeStatus(buffer)) {
          buffer.shift()
          discarded += 1
        }
        if (buffer.length < statusReplyLength) continue
        const reply = read(Uint8Array.from(buffer))
        replies.push(reply)
        if (reply.type === 'status') {
          buffer = []
          continue
        }
        do {
          buffer.shift()
          discarded += 1
        } while (buffer.length > 0 && !mayBeStatus(buffer))
      }
      return replies
    },
    discardedBytes: () => discarded,
    reset() {
      discarded += buffer.length
      buffer = []
    },
  }
}
