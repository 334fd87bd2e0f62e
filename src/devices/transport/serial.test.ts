import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Pty, pty } from '../simulators/base/pty.ts'
import type { Channel } from './channel.ts'
import { serialChannel } from './serial.ts'

let folder = ''
let device: Pty
const channels: Channel[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'serial-'))
  device = pty(join(folder, 'port'))
  await device.plug()
})
afterEach(async () => {
  await Promise.all(channels.splice(0).map((channel) => channel.close()))
  await device.unplug()
  await rm(folder, { recursive: true, force: true })
})

type More = { readonly writeTimeoutMs?: number; readonly baudRate?: number }

function channelTo(path: string, more: More = {}): Channel {
  const channel = serialChannel({
    path,
    baudRate: 115_200,
    modemLines: { dtr: true, rts: true },
    ...more,
  })()
  channels.push(channel)
  return channel
}

async function openChannel(more: More = {}): Promise<Channel> {
  const channel = channelTo(device.path, more)
  await channel.open()
  return channel
}

const closeOf = (channel: Channel): Promise<string> =>
  new Promise((resolve) => channel.onClose((error) => resolve(error?.code ?? 'by us')))

test('carries bytes both ways', async () => {
  const channel = await openChannel()
  const heard = new Promise<number[]>((resolve) => channel.onData((bytes) => resolve([...bytes])))
  const received = new Promise<number[]>((resolve) => device.onData((bytes) => resolve([...bytes])))
  await channel.write(Uint8Array.of(0x02, 0x00, 0x0d, 0x0a, 0xff))
  expect(await received).toEqual([0x02, 0x00, 0x0d, 0x0a, 0xff])
  device.write(Uint8Array.of(0x03, 0x11, 0x13, 0x7f))
  expect(await heard).toEqual([0x03, 0x11, 0x13, 0x7f])
})

test('tells a missing port', async () => {
  const channel = channelTo(join(folder, 'none'))
  await expect(channel.open()).rejects.toMatchObject({ code: 'PORT_MISSING' })
})

test('tells a port that somebody else holds', async () => {
  await openChannel()
  const second = channelTo(device.path)
  await expect(second.open()).rejects.toMatchObject({ code: 'PORT_BUSY' })
})

test('writes nothing before it is open and nothing after it was closed', async () => {
  const received: number[] = []
  device.onData((bytes) => received.push(...bytes))
  const heard = (byte: number) =>
    new Promise<void>((resolve) => device.onData((bytes) => bytes.includes(byte) && resolve()))
  const early = channelTo(device.path)
  await expect(early.write(Uint8Array.of(1))).rejects.toMatchObject({ code: 'NOT_CONNECTED' })
  await early.open()
  // What is still on its way when a port is opened again may be flushed away.
  const two = heard(2)
  await early.write(Uint8Array.of(2))
  await two
  await early.close()
  await expect(early.write(Uint8Array.of(3))).rejects.toMatchObject({ code: 'NOT_CONNECTED' })
  const next = await openChannel()
  const last = heard(4)
  await next.write(Uint8Array.of(4))
  await last
  expect(received).toEqual([2, 4])
})

test('notices a pulled cable, once, without writing', async () => {
  const channel = await openChannel()
  let closes = 0
  channel.onClose(() => {
    closes += 1
  })
  const closed = closeOf(channel)
  await device.unplug()
  expect(await closed).toBe('DISCONNECTED')
  await channel.close()
  expect(closes).toBe(1)
  await expect(channel.write(Uint8Array.of(1))).rejects.toMatchObject({ code: 'NOT_CONNECTED' })
})

test('closing twice is closing once', async () => {
  const channel = await openChannel()
  const closed = closeOf(channel)
  await Promise.all([channel.close(), channel.close()])
  expect(await closed).toBe('by us')
})

test('a write that nobody takes ends at its deadline and closes the port', async () => {
  const channel = await openChannel({ writeTimeoutMs: 50, baudRate: 4_000_000 })
  const closed = closeOf(channel)
  // More than terminal, pipe and socat can hold while the far end does not read.
  device.holdInput(true)
  const flood = new Uint8Array(400_000)
  await expect(channel.write(flood)).rejects.toMatchObject({ code: 'WRITE_TIMEOUT' })
  expect(await closed).toBe('WRITE_TIMEOUT')

  // The remedy of WRITE_TIMEOUT: the device is switched off and on.
  await device.unplug()
  device.holdInput(false)
  await device.plug()
  const again = await openChannel()
  const received = new Promise<number[]>((resolve) => device.onData((bytes) => resolve([...bytes])))
  await again.write(Uint8Array.of(7))
  expect(await received).toEqual([7])
})

test('the same path works again after it was plugged in anew', async () => {
  const first = await openChannel()
  const closed = closeOf(first)
  await device.unplug()
  await closed
  await device.plug()
  const second = await openChannel()
  const received = new Promise<number[]>((resolve) => device.onData((bytes) => resolve([...bytes])))
  await second.write(Uint8Array.of(7))
  expect(await received).toEqual([7])
})

test('tells a missing right', async () => {
  await chmod(device.path, 0)
  const channel = channelTo(device.path)
  // The superuser may open everything: be nobody for a moment.
  const isRoot = process.getuid?.() === 0
  if (isRoot) process.seteuid?.(65_534)
  try {
    await expect(channel.open()).rejects.toMatchObject({ code: 'PERMISSION' })
  } finally {
    if (isRoot) process.seteuid?.(0)
  }
})
