import {
  addressByte,
  commandCode,
  endOfFrame,
  everyBoard,
  highestBoard,
  locksPerBoard,
  startOfFrame,
  withSum,
} from './frames.ts'

function request(board: number, lock: number, command: number): Uint8Array {
  return withSum([startOfFrame, addressByte(board, lock), command, endOfFrame])
}

/** Throws `RangeError` for an address that no board can have: a wrong number must not reach another door. */
function checked(value: number, highest: number, name: string): number {
  if (!Number.isInteger(value) || value < 0 || value > highest) {
    throw new RangeError(`${name} ${value} is not in 0..${highest}`)
  }
  return value
}

/** One pulse on one lock, e.g. `02 00 31 03 36`. The board often answers nothing. */
export function encodeUnlock(board: number, lock: number): Uint8Array {
  checked(board, highestBoard, 'board')
  checked(lock, locksPerBoard - 1, 'lock')
  return request(board, lock, commandCode.unlock)
}

/** Asks one board, e.g. `02 00 30 03 35`. */
export function encodeStatusRequest(board: number): Uint8Array {
  return request(checked(board, highestBoard, 'board'), 0, commandCode.status)
}

/** Asks every board: `02 F0 32 03 27`; each answers with a frame of its own. */
export function encodeStatusAllRequest(): Uint8Array {
  return request(everyBoard, 0, commandCode.statusAll)
}
