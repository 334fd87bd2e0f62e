import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boardDecoder } from './board-decoder.ts'
import { encodeStatusReply, type KerongReply, kerongDecoder } from './replies.ts'
import { encodeStatusAllRequest, encodeStatusRequest, encodeUnlock } from './requests.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const bytesOf = (text: string): Uint8Array => Buffer.from(text.replaceAll(' ', ''), 'hex')

const board = fc.integer({ min: 0, max: 14 })
const bits = fc.integer({ min: 0, max: 0xffff })
const statusReply = fc.record({ board, lockBits: bits, itemBits: bits })
const anyBytes = fc.uint8Array({ maxLength: 60 })

/** The same bytes in pieces, cut where the numbers say. */
function cut(bytes: Uint8Array, at: readonly number[]): Uint8Array[] {
  const places = [0, ...at.map((n) => n % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end))
}

function decodeAll(chunks: readonly Uint8Array[]): KerongReply[] {
  const decoder = kerongDecoder()
  return chunks.flatMap((chunk) => [...decoder.push(chunk)])
}

const statusesOf = (replies: readonly KerongReply[]) =>
  replies.filter((reply) => reply.type === 'status')

/** Every place at which nine bytes are a status reply, found the slow way and without the decoder. */
function trueFrames(bytes: Uint8Array): string[] {
  const found: string[] = []
  for (let start = 0; start + 9 <= bytes.length; ) {
    const frame = [...bytes.subarray(start, start + 9)]
    const [stx, address = 0, code] = frame
    const sum = frame.slice(0, 8).reduce((a, b) => a + b, 0) % 256
    const whole =
      stx === 2 &&
      code === 0x35 &&
      frame[7] === 3 &&
      frame[8] === sum &&
      address % 16 === 0 &&
      address < 0xf0
    if (whole) found.push(hex(Uint8Array.from(frame)))
    start += whole ? 9 : 1
  }
  return found
}

test('encodes the published frames', () => {
  expect(hex(encodeUnlock(0, 0))).toBe('0200310336')
  expect(hex(encodeUnlock(2, 5))).toBe('022531035b')
  expect(hex(encodeStatusRequest(0))).toBe('0200300335')
  expect(hex(encodeStatusAllRequest())).toBe('02f0320327')
  expect(hex(encodeStatusReply({ board: 0, lockBits: 0xfffe, itemBits: 0x0101 }))).toBe(
    '020035feff010103' + '39',
  )
})

test('refuses addresses that would reach another door', () => {
  expect(() => encodeUnlock(0, 16)).toThrow(RangeError)
  expect(() => encodeUnlock(15, 0)).toThrow(RangeError)
  expect(() => encodeUnlock(-1, 0)).toThrow(RangeError)
  expect(() => encodeUnlock(0, 1.5)).toThrow(RangeError)
  expect(() => encodeStatusRequest(15)).toThrow(RangeError)
})

test('reads back every status reply, however it is cut', () => {
  fc.assert(
    fc.property(fc.array(statusReply, { maxLength: 5 }), fc.array(fc.nat()), (replies, at) => {
      const stream = Uint8Array.from(replies.flatMap((reply) => [...encodeStatusReply(reply)]))
      const expected = replies.map((reply) => ({ type: 'status', ...reply }))
      expect(decodeAll(cut(stream, at))).toEqual(expected)
    }),
  )
})

test('any bytes, cut anywhere: never throws and finds exactly the frames that are there', () => {
  const pieces = fc.array(fc.oneof(anyBytes, statusReply.map(encodeStatusReply)), { maxLength: 6 })
  fc.assert(
    fc.property(pieces, fc.array(fc.nat()), (parts, at) => {
      const stream = Uint8Array.from(parts.flatMap((part) => [...part]))
      const found = statusesOf(decodeAll(cut(stream, at))).map((r) => hex(encodeStatusReply(r)))
      expect(found).toEqual(trueFrames(stream))
    }),
    { numRuns: 500 },
  )
})

test('a frame with any one byte changed is no status of that board', () => {
  const change = fc.integer({ min: 1, max: 255 })
  fc.assert(
    fc.property(statusReply, fc.integer({ min: 0, max: 8 }), change, (reply, index, flip) => {
      const spoiled = encodeStatusReply(reply).map((byte, at) =>
        at === index ? byte ^ flip : byte,
      )
      expect(statusesOf(decodeAll([spoiled]))).toEqual([])
    }),
  )
})

test('is in step again with the first whole frame after noise that holds no start byte', () => {
  const noise = anyBytes.map((bytes) => bytes.filter((byte) => byte !== 2))
  fc.assert(
    fc.property(noise, statusReply, (bytes, reply) => {
      const replies = decodeAll([bytes, encodeStatusReply(reply)])
      expect(replies).toEqual([{ type: 'status', ...reply }])
    }),
  )
})

test('is never out of step for longer than one frame', () => {
  fc.assert(
    fc.property(anyBytes, statusReply, statusReply, (noise, first, second) => {
      const stream = [noise, encodeStatusReply(first), encodeStatusReply(second)]
      expect(statusesOf(decodeAll(stream)).at(-1)).toEqual({ type: 'status', ...second })
    }),
  )
})

test('tells a spoiled answer from no answer', () => {
  const frame = encodeStatusReply({ board: 3, lockBits: 0x00ff, itemBits: 0 })
  const spoiled = frame.map((byte, at) => (at === 8 ? byte ^ 1 : byte))
  expect(decodeAll([spoiled])).toEqual([{ type: 'corrupt' }])
})

test('an echo of our own requests is no answer', () => {
  const echo = [encodeUnlock(1, 2), encodeStatusRequest(1)]
  expect(decodeAll(echo)).toEqual([])
})

test('a reset forgets a frame that has begun', () => {
  const decoder = kerongDecoder()
  const frame = encodeStatusReply({ board: 0, lockBits: 1, itemBits: 2 })
  decoder.push(frame.subarray(0, 5))
  decoder.reset()
  expect(decoder.push(frame.subarray(5))).toEqual([])
  expect(decoder.push(frame)).toHaveLength(1)
  expect(decoder.discardedBytes()).toBe(9)
})

test('the board hears every request between any bytes that are none', () => {
  const decoder = boardDecoder()
  const heard = [
    bytesOf('ff 02 00'),
    encodeUnlock(1, 7),
    bytesOf('02 00 31 03 37'),
    encodeStatusRequest(4),
    encodeStatusAllRequest(),
  ].flatMap((bytes) => [...decoder.push(bytes)])
  expect(heard).toEqual([
    { type: 'unlock', board: 1, lock: 7 },
    { type: 'status', board: 4 },
    { type: 'statusAll' },
  ])
})
