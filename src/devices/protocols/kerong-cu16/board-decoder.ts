import { commandCode, endOfFrame, requestLength, startOfFrame, sumOf } from './frames.ts'

export type BoardRequest =
  | { readonly type: 'unlock'; readonly board: number; readonly lock: number }
  | { readonly type: 'unlockAll'; readonly board: number }
  | { readonly type: 'status'; readonly board: number }
  | { readonly type: 'statusAll' }

export interface BoardDecoder {
  /** Any bytes, cut anywhere; never throws, and drops what is no request. */
  push(bytes: Uint8Array): readonly BoardRequest[]
}

function read(frame: readonly number[]): BoardRequest | undefined {
  const [start, address = 0, command, end, sum] = frame
  if (start !== startOfFrame || end !== endOfFrame) return undefined
  if (sumOf(Uint8Array.from(frame.slice(0, -1))) !== sum) return undefined
  const board = address >> 4
  switch (command) {
    case commandCode.status:
      return { type: 'status', board }
    case commandCode.unlock:
      return { type: 'unlock', board, lock: address & 0x0f }
    case commandCode.statusAll:
      return { type: 'statusAll' }
    case commandCode.unlockAll:
      return { type: 'unlockAll', board }
    default:
      return undefined
  }
}

/** The board's ear: requests out of a stream, for the simulator and for echoes of our own frames. */
export function boardDecoder(): BoardDecoder {
  let buffer: number[] = []
  return {
    push(bytes) {
      const requests: BoardRequest[] = []
      for (const byte of bytes) {
        buffer.push(byte)
        if (buffer.length < requestLength) continue
        const request = read(buffer)
        if (request === undefined) buffer.shift()
        else {
          requests.push(request)
          buffer = []
        }
      }
      return requests
    },
  }
}
