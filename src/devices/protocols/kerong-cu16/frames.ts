/**
 * KERONG CU16, 5-byte dialect: `02 ADDR CMD 03 SUM`, status reply `02 ADDR 35 L L IR IR 03 SUM`.
 * ADDR = board << 4 | lock, each 0..15. SUM = low byte of the sum of all bytes before it.
 */
export const startOfFrame = 0x02
export const endOfFrame = 0x03
export const locksPerBoard = 16

/** The highest board that can be addressed: 15 means every board at once. */
export const highestBoard = 14
export const everyBoard = 15

export const commandCode = { status: 0x30, unlock: 0x31, statusAll: 0x32, unlockAll: 0x33 } as const
export const statusReplyCode = 0x35

export const requestLength = 5
export const statusReplyLength = 9

export function addressByte(board: number, lock: number): number {
  return (board << 4) | lock
}

export function sumOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum + byte, 0) & 0xff
}

/** Appends SUM. */
export function withSum(bytes: readonly number[]): Uint8Array {
  return Uint8Array.of(...bytes, sumOf(Uint8Array.from(bytes)))
}
