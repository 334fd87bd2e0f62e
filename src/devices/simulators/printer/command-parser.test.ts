import fc from 'fast-check'
import { expect, test } from 'vitest'
import { commandParser, type PrinterCommand, type RealTimeCommand } from './command-parser.ts'

function listen() {
  const queued: PrinterCommand[] = []
  const realTime: RealTimeCommand[] = []
  const parser = commandParser({
    queued: (command) => queued.push(command),
    realTime: (command) => realTime.push(command),
  })
  const hear = (hex: string) => parser.hear(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
  return { parser, queued, realTime, hear }
}

test('understands what a slip is made of', () => {
  const { queued, hear } = listen()
  hear('1b40 1d763000 0200 0200 aabbccdd 1d564200 1d284806003030 41424344 1d7201 1d4943 1d610e')
  expect(queued).toEqual([
    { name: 'reset' },
    { name: 'rows', rowBytes: 2, data: Uint8Array.of(0xaa, 0xbb, 0xcc, 0xdd) },
    { name: 'cut' },
    { name: 'tellProcessId', id: Uint8Array.of(0x41, 0x42, 0x43, 0x44) },
    { name: 'tellPaper' },
    { name: 'tellText', which: 67 },
    { name: 'autoStatus', mask: 14 },
  ])
})

test('obeys real-time commands even inside an image', () => {
  const { queued, realTime, hear } = listen()
  hear('100404 1d763000 0400 0100 10 05 02 ff')
  expect(realTime).toEqual([
    { name: 'tellStatus', which: 4 },
    { name: 'recover', clearing: true },
  ])
  expect(queued.length).toBe(1)
})

test('hears the order to clear although it waits for the rest of an image', () => {
  const { parser, queued, realTime, hear } = listen()
  hear('1d763000 4800 0001 ffff 10140801031401060208')
  expect(realTime).toEqual([{ name: 'clear' }])
  parser.reset()
  hear('1b40')
  expect(queued).toEqual([{ name: 'reset' }])
})

test('any bytes, cut anywhere, are heard alike', () => {
  const byte = fc.oneof(
    fc.nat(255),
    fc.constantFrom(0x10, 0x1b, 0x1d, 0x28, 0x76, 0x30, 0x00, 0x04),
  )
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 200 }), fc.nat(200), (bytes, cut) => {
      const whole = listen()
      const halves = listen()
      whole.parser.hear(Uint8Array.from(bytes))
      halves.parser.hear(Uint8Array.from(bytes.slice(0, cut)))
      halves.parser.hear(Uint8Array.from(bytes.slice(cut)))
      expect(halves.queued).toEqual(whole.queued)
      expect(halves.realTime).toEqual(whole.realTime)
    }),
  )
})
