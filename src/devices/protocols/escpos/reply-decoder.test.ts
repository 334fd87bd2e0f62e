import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createProcessIds } from './process-id.ts'
import { createReplyDecoder, type EscposReply } from './reply-decoder.ts'

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))
const decode = (text: string) => createReplyDecoder().push(hex(text))

const statusByte = (fixed: number, free: number) => fc.nat(255).map((n) => fixed | (n & free))
const automaticStatus = fc
  .tuple(statusByte(0x10, 0x6c), statusByte(0, 0x6f), statusByte(0, 0x6f), statusByte(0, 0x6f))
  .map((bytes): EscposReply => ({ kind: 'automaticStatus', bytes }))
const realTime = statusByte(0x12, 0x6c).map(
  (value): EscposReply => ({ kind: 'realTimeStatus', value }),
)
const queued = fc.nat(15).map((value): EscposReply => ({ kind: 'queuedStatus', value }))
const processId = fc
  .nat()
  .map((n): EscposReply => ({ kind: 'processId', id: createProcessIds(n)() }))
const text = fc
  .string({ maxLength: 30, unit: 'grapheme-ascii' })
  .map((value): EscposReply => ({ kind: 'text', text: value }))
const reply = fc.oneof(
  automaticStatus,
  realTime,
  queued,
  processId,
  text,
  fc.constant<EscposReply>({ kind: 'cleared' }),
)

function encode(message: EscposReply): number[] {
  switch (message.kind) {
    case 'automaticStatus':
      return [...message.bytes]
    case 'realTimeStatus':
    case 'queuedStatus':
      return [message.value]
    case 'processId':
      return [0x37, 0x22, ...Buffer.from(message.id, 'latin1'), 0]
    case 'cleared':
      return [0x37, 0x25, 0]
    case 'text':
      return [0x5f, ...Buffer.from(message.text, 'latin1'), 0]
  }
}

function pushCut(bytes: readonly number[], cuts: readonly number[]): EscposReply[] {
  const decoder = createReplyDecoder()
  const positions = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort(
    (a, b) => a - b,
  )
  let from = 0
  return positions.flatMap((to) => {
    const replies = decoder.push(Uint8Array.from(bytes.slice(from, to)))
    from = to
    return replies
  })
}

describe('reply decoder', () => {
  test('reads the documented answers', () => {
    expect(decode('14 00 00 00')).toEqual([{ kind: 'automaticStatus', bytes: [0x14, 0, 0, 0] }])
    expect(decode('12')).toEqual([{ kind: 'realTimeStatus', value: 0x12 }])
    expect(decode('7e')).toEqual([{ kind: 'realTimeStatus', value: 0x7e }])
    expect(decode('37 22 41 42 43 44 00')).toEqual([{ kind: 'processId', id: 'ABCD' }])
    expect(decode('37 25 00')).toEqual([{ kind: 'cleared' }])
    expect(decode('5f 54 4d 00')).toEqual([{ kind: 'text', text: 'TM' }])
    expect(decode('0c')).toEqual([{ kind: 'queuedStatus', value: 0x0c }])
  })

  test('any sequence of answers, cut anywhere, comes out whole and in order', () => {
    fc.assert(
      fc.property(fc.array(reply), fc.array(fc.nat()), (messages, cuts) => {
        expect(pushCut(messages.flatMap(encode), cuts)).toEqual(messages)
      }),
    )
  })

  test('any bytes: never throws, and cutting changes nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(255), { maxLength: 400 }), fc.array(fc.nat()), (bytes, cuts) => {
        expect(pushCut(bytes, cuts)).toEqual(createReplyDecoder().push(Uint8Array.from(bytes)))
      }),
    )
  })

  test('after any bytes and a silence an answer is read again', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), reply, (noise, message) => {
        const decoder = createReplyDecoder()
        decoder.push(noise)
        decoder.discardPartial()
        expect(decoder.push(Uint8Array.from(encode(message)))).toEqual([message])
      }),
    )
  })

  test('without any silence it is in step again after at most two identical answers', () => {
    const echo = encode({ kind: 'processId', id: 'GhIj' })
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        const decoder = createReplyDecoder()
        decoder.push(noise)
        decoder.push(Uint8Array.from(echo))
        decoder.push(Uint8Array.from(echo))
        expect(decoder.push(Uint8Array.from(echo))).toEqual([{ kind: 'processId', id: 'GhIj' }])
      }),
    )
  })

  test('an echo that lost bytes becomes no event', () => {
    const idBytes = encode({ kind: 'processId', id: createProcessIds(4711)() })
    fc.assert(
      fc.property(fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1, maxLength: 6 }), (lost) => {
        const decoder = createReplyDecoder()
        const left = idBytes.filter((_, index) => !lost.includes(index))
        // A closing 00 that stands all alone is the one thing no receiver can tell from a queued status.
        fc.pre(left.length > 1 || left[0] !== 0)
        expect(decoder.push(Uint8Array.from(left))).toEqual([])
      }),
    )
  })

  test('flow control between the bytes of a stream is no message', () => {
    expect(decode('13 12 11')).toEqual([{ kind: 'realTimeStatus', value: 0x12 }])
  })

  test('counts what belonged to nothing', () => {
    const decoder = createReplyDecoder()
    decoder.push(hex('ff fe 10 00 12'))
    expect(decoder.droppedBytes()).toBe(4)
  })
})
