import { appendFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ManualClock, manualClock } from '../../manual-clock.ts'
import { connectControl } from './control-client.ts'
import { serveControl } from './control-server.ts'
import { openPhysicalLog, readPhysicalLog } from './physical-log.ts'
import { parseSimulatorArguments } from './process.ts'
import { faultArguments, faultyWire } from './wire-faults.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulator-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const frame = Uint8Array.of(1, 2, 3)

function wireOn(clock: ManualClock) {
  const written: { readonly atMs: number; readonly bytes: number[] }[] = []
  const wire = faultyWire({
    clock,
    write: (bytes) => written.push({ atMs: clock.monotonicMs(), bytes: [...bytes] }),
  })
  return { wire, written }
}

test('the physical log counts on over restarts, also after a torn line', () => {
  const path = join(folder, 'log.jsonl')
  const first = openPhysicalLog(path)
  first.append('pulse', { board: 0, lock: 3 })
  first.append('doorOpened')
  first.close()
  appendFileSync(path, '{"sequence":3,"ev')
  expect(readPhysicalLog(path)).toHaveLength(2)
  const second = openPhysicalLog(path)
  second.append('doorClosed')
  second.close()
  expect(readPhysicalLog(path).map(({ sequence, event }) => [sequence, event])).toEqual([
    [1, 'pulse'],
    [2, 'doorOpened'],
    [3, 'doorClosed'],
  ])
})

test('a log that does not exist is empty', () => {
  expect(readPhysicalLog(join(folder, 'none.jsonl'))).toEqual([])
})

test('the control channel answers, refuses in words, and tells when it is gone', async () => {
  const path = join(folder, 'control')
  const server = await serveControl(path, {
    double: ({ n }) => Number(n) * 2,
    stick: () => new Promise(() => undefined),
    refuse: () => {
      throw new Error('the door is closed')
    },
  })
  const control = await connectControl(path)
  expect(await control.send('double', { n: 21 })).toBe(42)
  await expect(control.send('refuse')).rejects.toThrow('the door is closed')
  await expect(control.send('toString')).rejects.toThrow('there are double, stick, refuse')
  const stuck = control.send('stick')
  const rejected = expect(stuck).rejects.toThrow('is gone')
  await server.close()
  await rejected
  await expect(control.send('double')).rejects.toThrow('is gone')
})

test('silent swallows, and a count ends by itself', () => {
  const { wire, written } = wireOn(manualClock())
  wire.set({ fault: 'silent', on: true, count: 2 })
  for (let n = 0; n < 3; n += 1) wire.send(frame)
  expect(written).toEqual([{ atMs: 0, bytes: [1, 2, 3] }])
  expect(wire.active()).toEqual([])
})

test('wrongChecksum and noise spoil what is sent', () => {
  const { wire, written } = wireOn(manualClock())
  wire.set({ fault: 'wrongChecksum', on: true, count: 1 })
  wire.send(frame)
  wire.set({ fault: 'noise', on: true, count: 1 })
  wire.send(frame)
  expect(written[0]?.bytes.slice(0, 2)).toEqual([1, 2])
  expect(written[0]?.bytes[2]).not.toBe(3)
  expect(written[1]?.bytes.slice(-3)).toEqual([1, 2, 3])
  expect(written[1]?.bytes.length).toBeGreaterThan(3)
})

test('byteByByte keeps the order of frames', async () => {
  const clock = manualClock()
  const { wire, written } = wireOn(clock)
  wire.set({ fault: 'byteByByte', on: true, delayMs: 10, count: 1 })
  wire.send(frame)
  wire.send(Uint8Array.of(9))
  await clock.advance(30)
  expect(written).toEqual([
    { atMs: 10, bytes: [1] },
    { atMs: 20, bytes: [2] },
    { atMs: 30, bytes: [3] },
    { atMs: 30, bytes: [9] },
  ])
})

test('lateReply waits, and a pulled cable forgets what was under way', async () => {
  const clock = manualClock()
  const { wire, written } = wireOn(clock)
  wire.set({ fault: 'lateReply', on: true, delayMs: 400 })
  wire.send(frame)
  await clock.advance(400)
  expect(written).toEqual([{ atMs: 400, bytes: [1, 2, 3] }])
  wire.send(frame)
  wire.clearPending()
  await clock.advance(400)
  expect(written).toHaveLength(1)
})

test('a fault is switched off again', () => {
  const { wire, written } = wireOn(manualClock())
  wire.set({ fault: 'silent', on: true })
  wire.send(frame)
  wire.set({ fault: 'silent', on: false })
  wire.send(frame)
  expect(written).toHaveLength(1)
})

test('unknown faults are refused', () => {
  expect(() => faultArguments({ fault: 'sleepy', on: true })).toThrow('one of silent')
  expect(() => faultArguments({ fault: 'silent', on: 'yes' })).toThrow('true or false')
})

test('arguments: paths lie beside the device unless told; the rest belongs to the simulator', () => {
  const argv = ['--protocol', 'kerong-cu16', '--on', '/tmp/port', '--boards', '2']
  expect(parseSimulatorArguments(argv)).toEqual({
    protocol: 'kerong-cu16',
    on: '/tmp/port',
    control: '/tmp/port.control',
    log: '/tmp/port.physical.jsonl',
    state: undefined,
    options: { boards: '2' },
  })
  expect(() => parseSimulatorArguments(['--protocol', 'kerong-cu16'])).toThrow('usage')
})
