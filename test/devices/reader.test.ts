import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import {
  type StartedSimulator,
  startSimulator,
} from '../../src/devices/simulators/start-simulator.ts'
import { type ReaderProcess, startReaderProcess } from './reader-process.ts'

const cleanUp: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean()
})

async function simulator(options: Readonly<Record<string, string>> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'reader-'))
  cleanUp.push(() => rm(folder, { recursive: true }))
  const on = join(folder, 'cable')
  const started = await startSimulator({ device: 'reader', protocol: 'hid-pos', on, options })
  cleanUp.push(() => started.stop())
  return { ...started, on }
}

function driver(on: string, options: object = { path: '/dev/hidraw7' }): ReaderProcess {
  const started = startReaderProcess(on, options)
  cleanUp.push(() => started.kill())
  return started
}

async function pair(options?: object) {
  const simulated = await simulator()
  const reader = driver(simulated.on, options)
  await reader.online()
  return { simulated, reader, ...holder(simulated, reader) }
}

function holder({ control }: StartedSimulator, reader: ReaderProcess) {
  return {
    /** Holds a code and waits for what the driver makes of it. */
    async read(args: { text: string } | { base64: string }) {
      const from = reader.events.length
      await control.send('hold', args)
      return reader.until(({ kind }) => kind === 'reading', from)
    },
  }
}

const utf8 = (text: string) => Buffer.from(text, 'utf8')
const isInsideLetter = (bytes: Uint8Array, at: number) => ((bytes[at] ?? 0) & 0xc0) === 0x80

test('both cards of a citizen, with a letter cut at the border of two reports', async () => {
  const { reader, read } = await pair()
  const name = 'Nguyễn Thị Thử Nghiệm Đặng Hoàng Mẫu'
  const sevenFields = `000000000017|000000002|${name}|01011990|Nữ|Ấp Một, Xã Ví Dụ, Tỉnh Thử|15042021`
  const elevenFields = `000000000028|000000001|${name} Tý|29021992|Nam|Phường Giả Định|01072024||||`
  for (const text of [sevenFields, elevenFields]) {
    expect(isInsideLetter(utf8(text), 56)).toBe(true)
    expect(await read({ text })).toMatchObject({ text, aimId: ']Q1' })
  }
  const { exchanges } = await reader.facts()
  expect(exchanges?.length).toBeGreaterThan(3)
  for (const { hex } of exchanges ?? [])
    expect(hex).toMatch(/^02 [0-3][0-9a-f] 5d 51 31 \+59 bytes$/)
})

test('every length around the borders of reports, and a card in windows-1258', async () => {
  const { read } = await pair()
  for (const length of [1, 55, 56, 57, 111, 112, 113, 2953]) {
    const text = `${length}`.padEnd(length, 'x').slice(0, length)
    expect((await read({ text })).text).toBe(text)
  }
  const oldEncoding = Buffer.from([0x56, 0x69, 0xea, 0xf2, 0x74])
  expect((await read({ base64: oldEncoding.toString('base64') })).text).toBe('Việt')
})

test('hostile codes are data: delivered as they are, byte by byte', async () => {
  const { reader, read } = await pair()
  const hostile = [
    '\u000f\u0012\u001b\u0000\u0004', // A1: Ctrl+O, Ctrl+R, Esc
    '\u001d01\u001dFNC', // A2
    '     ', // A5
    '-----',
    "' OR 1=1--", // A6
    '"; DROP TABLE dossier; --',
    '<img src=x onerror=alert(1)>', // A7
    'javascript:alert(1)',
    'file:///etc/passwd',
    '../../etc/passwd\u0000.pdf', // A9
    '{"__proto__":{"admin":true}}',
  ]
  for (const text of hostile) {
    expect(await read({ text })).toMatchObject({ base64: utf8(text).toString('base64'), text })
  }
  const binary = Buffer.from([0xff, 0x00, 0xfe, 0x81])
  const reading = await read({ base64: binary.toString('base64') })
  expect(reading).toMatchObject({ base64: binary.toString('base64') })
  expect(reading.text).toBeUndefined()
  expect(reader.readings().length).toBe(hostile.length + 1)
})

test('a code of 8 KB, an empty one, half codes and noise are no readings and stop nothing', async () => {
  const { simulated, reader, read } = await pair()
  await simulated.control.send('hold', { text: 'x'.repeat(8192) })
  await simulated.control.send('hold', { base64: '' })
  await simulated.control.send('noise', { count: 50 })
  await simulated.control.send('holdHalf', { text: 'h'.repeat(300), repeat: 5, everyMs: 60 })
  // The first code after half a one might be its rest: it may be lost, and the same code held longer is not.
  const from = reader.events.length
  await simulated.control.send('hold', { text: 'BAG-0001', repeat: 2, everyMs: 60 })
  await reader.until(({ kind }) => kind === 'reading', from)
  expect((await read({ text: 'BAG-0002' })).text).toBe('BAG-0002')
  expect(reader.readings().map(({ text }) => text)).toEqual(['BAG-0001', 'BAG-0002'])
  const { counters } = await reader.facts()
  expect(counters).toMatchObject({ foreignReports: 50, readings: 2 })
})

test('a report that comes late: no half of the code becomes a reading', async () => {
  const { simulated, reader, read } = await pair()
  await simulated.control.send('fault', { fault: 'lateReply', on: true, delayMs: 200 })
  await simulated.control.send('hold', { text: `first half ${'y'.repeat(60)} second half` })
  await simulated.control.send('fault', { fault: 'lateReply', on: false })
  expect((await read({ text: 'BAG-0003' })).text).toBe('BAG-0003')
  expect(reader.readings().length).toBe(1)
})

test('20 codes a second: each of them, in order', async () => {
  const { simulated, reader } = await pair()
  await simulated.control.send('flood', { perSecond: 20, count: 60 })
  await reader.until(({ text }) => text === 'FLOOD-000059')
  expect(reader.readings().map(({ text }) => text)).toEqual(
    Array.from({ length: 60 }, (_, index) => `FLOOD-${String(index).padStart(6, '0')}`),
  )
})

test('one code held in view for a while is one reading', async () => {
  const { simulated, reader, read } = await pair()
  await simulated.control.send('hold', { text: 'BAG-0004', repeat: 10, everyMs: 50 })
  await read({ text: 'BAG-0005' })
  expect(reader.readings().map(({ text }) => text)).toEqual(['BAG-0004', 'BAG-0005'])
})

test('killed and started again in the same testbed, the driver reads; what nobody heard is lost', async () => {
  const { simulated, reader, read } = await pair()
  await read({ text: 'BAG-0006' })
  await reader.kill()
  expect(await simulated.control.send('hold', { text: 'BAG-0007' })).toMatchObject({ heard: false })
  const next = driver(simulated.on)
  await next.online()
  expect((await holder(simulated, next).read({ text: 'BAG-0008' })).text).toBe('BAG-0008')
  expect(next.readings().length).toBe(1)
})

test('what a killed process left unread is no reading of the next one', async () => {
  const { simulated, reader } = await pair()
  reader.child.kill('SIGSTOP')
  const unread = await simulated.control.send('hold', { text: 'z'.repeat(150) })
  expect(unread).toMatchObject({ heard: true })
  await reader.kill()
  const next = driver(simulated.on)
  await next.online()
  await holder(simulated, next).read({ text: 'BAG-0009' })
  expect(next.readings().map(({ text }) => text)).toEqual(['BAG-0009'])
})

test('two processes may listen at once, and each reads on when the other is gone', async () => {
  const { simulated, reader, read } = await pair()
  expect((await read({ text: 'BAG-0013' })).text).toBe('BAG-0013')
  await reader.stop()
  const [first, second] = [driver(simulated.on), driver(simulated.on)]
  await Promise.all([first.online(), second.online()])
  await first.kill()
  expect((await holder(simulated, second).read({ text: 'BAG-0014' })).text).toBe('BAG-0014')
})

test('pulled out and put in again: told by status, and read again', async () => {
  const { simulated, reader, read } = await pair()
  await read({ text: 'BAG-0010' })
  const from = reader.events.length
  await simulated.control.send('plug', { on: false })
  await reader.until(({ state }) => state === 'absent', from)
  expect(reader.events.slice(from)).toEqual([
    { kind: 'status', state: 'offline', reasons: ['DISCONNECTED'] },
    { kind: 'status', state: 'absent', reasons: ['PORT_MISSING'] },
  ])
  await simulated.control.send('plug', { on: true })
  await reader.online(from)
  expect((await read({ text: 'BAG-0011' })).text).toBe('BAG-0011')
  expect((await reader.facts()).counters).toMatchObject({ connects: 2, disconnects: 1 })
})

test('not there at start is a status; the reader is found by vendor and product when it comes', async () => {
  const simulated = await simulator()
  await simulated.control.send('plug', { on: false })
  const reader = driver(simulated.on, { vendorId: 0x0c2e, productId: 0x0b61 })
  await reader.until(({ state }) => state === 'absent')
  await simulated.control.send('plug', { on: true })
  await reader.online()
  expect((await holder(simulated, reader).read({ text: 'BAG-0012' })).text).toBe('BAG-0012')
})

test('a reader in keyboard mode is refused', async () => {
  const simulated = await simulator({ mode: 'keyboard' })
  const reader = driver(simulated.on)
  expect(await reader.until(({ kind }) => kind === 'status')).toEqual({
    kind: 'status',
    state: 'needsAttendant',
    reasons: ['WRONG_MODE'],
  })
})

test('stopped, the process ends by itself with the device closed', async () => {
  const { reader } = await pair()
  expect(await reader.stop()).toBe(0)
  expect(reader.events.at(-1)).toEqual({ kind: 'stopped' })
})

test('the physical log knows that a code was held and nothing of what it said', async () => {
  const { simulated, read } = await pair()
  const text = '000000000039||Họ Tên Bịa Đặt|01011990|Nam|Nơi Không Có|15042021'
  await read({ text })
  const log = await readFile(simulated.logPath, 'utf8')
  expect(JSON.parse(log)).toMatchObject({ event: 'held', length: utf8(text).length, heard: true })
  for (const field of text.split('|').filter((word) => word !== ''))
    expect(log).not.toContain(field)
})
