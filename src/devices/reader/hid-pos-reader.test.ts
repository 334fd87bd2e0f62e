import { expect, test } from 'vitest'
import type { ReasonCode } from '../../contract/faults.ts'
import type { DeviceStatus, Reading } from '../contract.ts'
import { type ManualClock, manualClock } from '../manual-clock.ts'
import { readerDescriptor, wedgeDescriptor } from '../simulators/reader/reader-descriptor.ts'
import { splitPayload } from '../simulators/reader/split-payload.ts'
import type { HidBackend, HidDeviceInfo } from '../transport/hid-backend.ts'
import { type HidPosReaderOptions, hidPosReader } from './hid-pos-reader.ts'

interface FakeDevice {
  readonly info: HidDeviceInfo
  readonly descriptor: Uint8Array
  obstacle?: ReasonCode
  openError?: unknown
}

const scanner: HidDeviceInfo = {
  path: '/dev/hidraw1',
  vendorId: 0x0c2e,
  productId: 0x0b61,
  maker: 'Example',
  model: 'Reader',
  serial: 'S1',
}

/** The operating system's side of HID, where errors that need a cable to be pulled can be had. */
function fakeSystem(devices: FakeDevice[]) {
  const open: {
    path: string
    closed: boolean
    data(bytes: Uint8Array): void
    fail(text: string): void
  }[] = []
  const backend: HidBackend = {
    list: async () => devices.map(({ info }) => info),
    obstacle: async (path) => {
      const device = devices.find(({ info }) => info.path === path)
      return device === undefined ? 'PORT_MISSING' : device.obstacle
    },
    reportDescriptor: async (path) => devices.find(({ info }) => info.path === path)?.descriptor,
    async open(path) {
      const openError = devices.find(({ info }) => info.path === path)?.openError
      if (openError !== undefined) throw openError
      let onData: (bytes: Uint8Array) => void = () => undefined
      let onError: (message: string) => void = () => undefined
      const handle = {
        path,
        closed: false,
        data: (bytes: Uint8Array) => onData(bytes),
        fail: (text: string) => onError(text),
      }
      open.push(handle)
      return {
        onData: (listener) => {
          onData = listener
        },
        onError: (listener) => {
          onError = listener
        },
        write: async () => undefined,
        close: async () => {
          handle.closed = true
          // A device that is gone cannot even be closed.
          throw 'not open'
        },
      }
    },
  }
  return { backend, open, devices }
}

async function startReader(
  devices: FakeDevice[],
  options: Partial<HidPosReaderOptions> = {},
  clock: ManualClock = manualClock(),
) {
  const system = fakeSystem(devices)
  const reader = hidPosReader({ id: 'reader', clock, backend: system.backend, ...options })
  const readings: Reading[] = []
  const states: DeviceStatus[] = []
  reader.onReading((reading) => readings.push(reading))
  reader.onStatus((status) => states.push(status))
  reader.start()
  await clock.advance(60)
  const hold = (text: string) => {
    for (const report of splitPayload(Buffer.from(text))) system.open.at(-1)?.data(report)
  }
  return { reader, readings, states, clock, hold, ...system }
}
const ready = () => [{ info: scanner, descriptor: readerDescriptor }]

test('a reading is joined, decoded, stamped and announced to the tap', async () => {
  const log: string[] = []
  const { reader, readings, hold } = await startReader(ready(), {
    tap: ({ phase, direction, device, message }) =>
      log.push(`${phase} ${direction} ${device} ${message}`),
  })
  reader.onReading(() => log.push('delivered'))
  hold('Đường Số 1, '.repeat(10))
  expect(reader.status()).toEqual({ state: 'online', reasons: [] })
  expect(reader.identity()).toEqual({ maker: 'Example', model: 'Reader', serial: 'S1' })
  expect(readings).toEqual([
    {
      bytes: new Uint8Array(Buffer.from('Đường Số 1, '.repeat(10))),
      text: 'Đường Số 1, '.repeat(10),
      aimId: ']Q1',
      atMs: 60,
    },
  ])
  expect(log).toEqual(['before read reader reading', 'delivered', 'after read reader reading'])
})

test('the trace keeps header and length, nothing of the code', async () => {
  const { reader, hold } = await startReader(ready())
  hold('092000000001')
  expect(reader.lastExchanges()).toEqual([
    { atMs: 60, direction: 'in', hex: '02 0c 5d 51 31 +59 bytes' },
  ])
})

test('a code that stays in view is told once', async () => {
  const { readings, reader, clock, hold } = await startReader(ready())
  for (let scan = 0; scan < 10; scan++) {
    hold('KIOSK-1')
    await clock.advance(500)
  }
  expect(readings.length).toBe(1)
  hold('KIOSK-2')
  await clock.advance(1000)
  hold('KIOSK-1')
  await clock.advance(1500)
  hold('KIOSK-1')
  expect(readings.map(({ text }) => text)).toEqual(['KIOSK-1', 'KIOSK-2', 'KIOSK-1', 'KIOSK-1'])
  expect(reader.counters()).toMatchObject({ readings: 4, sameCode: 9 })
})

test('every sight is told when that is wanted', async () => {
  const { readings, hold } = await startReader(ready(), { sameCodeAfterMs: 0 })
  hold('KIOSK-1')
  hold('KIOSK-1')
  expect(readings.length).toBe(2)
})

test('the rest of a code that began before the reader was opened is no reading', async () => {
  const clock = manualClock()
  const { readings, reader, open } = await startReader(ready(), {}, clock)
  const [first, second, third] = splitPayload(Buffer.from('x'.repeat(150)))
  open[0]?.fail('could not read from HID device')
  await clock.advance(210)
  expect(open.length).toBe(2)
  expect(reader.status().state).toBe('offline')
  for (const report of [second, third]) open[1]?.data(report ?? new Uint8Array())
  open[1]?.data(first ?? new Uint8Array())
  await clock.advance(39) // still within one code, and meanwhile the reader is online
  await clock.advance(1)
  expect(reader.status().state).toBe('online')
  open[1]?.data(second ?? new Uint8Array())
  open[1]?.data(third ?? new Uint8Array())
  expect(readings).toEqual([])
})

test('unplugged: told by status, closed, found again as another node', async () => {
  const { reader, readings, states, clock, hold, open, devices } = await startReader(ready())
  const [plugged] = devices.splice(0)
  open[0]?.fail('could not read from HID device')
  expect(reader.status()).toEqual({ state: 'offline', reasons: ['DISCONNECTED'] })
  await clock.advance(1000)
  expect(open[0]?.closed).toBe(true)
  expect(reader.status()).toEqual({ state: 'absent', reasons: ['PORT_MISSING'] })
  open[0]?.data(splitPayload(Buffer.from('from the grave'))[0] ?? new Uint8Array())
  if (plugged) devices.push({ ...plugged, info: { ...plugged.info, path: '/dev/hidraw4' } })
  await clock.advance(5000)
  hold('again')
  expect(open.at(-1)?.path).toBe('/dev/hidraw4')
  expect(readings.map(({ text }) => text)).toEqual(['again'])
  expect(states.map(({ state }) => state)).toEqual(['online', 'offline', 'absent', 'online'])
})

test('a reader in keyboard mode is refused and never opened', async () => {
  const wedge = [{ info: scanner, descriptor: wedgeDescriptor }]
  for (const options of [{ path: scanner.path }, { vendorId: 0x0c2e, productId: 0x0b61 }]) {
    const { reader, open } = await startReader(wedge, options)
    expect(reader.status()).toEqual({ state: 'needsAttendant', reasons: ['WRONG_MODE'] })
    expect(open).toEqual([])
  }
})

test('of a reader with two interfaces the scanner is opened, and other devices are left alone', async () => {
  const keyboard = { ...scanner, path: '/dev/hidraw0' }
  const other = { ...scanner, path: '/dev/hidraw2', vendorId: 0x1111 }
  const { open } = await startReader(
    [
      { info: keyboard, descriptor: wedgeDescriptor },
      { info: other, descriptor: readerDescriptor },
      { info: scanner, descriptor: readerDescriptor },
    ],
    { vendorId: 0x0c2e },
  )
  expect(open.map(({ path }) => path)).toEqual(['/dev/hidraw1'])
})

test('a strange keyboard alone is no reader in the wrong mode', async () => {
  const { reader } = await startReader([{ info: scanner, descriptor: wedgeDescriptor }])
  expect(reader.status()).toEqual({ state: 'absent', reasons: ['PORT_MISSING'] })
})

test('no right to the node: told as such, whether found before opening or by opening', async () => {
  const device = { info: scanner, descriptor: readerDescriptor }
  const barred = await startReader([{ ...device, obstacle: 'PERMISSION' }])
  expect(barred.reader.status()).toEqual({ state: 'offline', reasons: ['PERMISSION'] })
  const refused = await startReader([{ ...device, openError: 'cannot open: Permission denied' }])
  expect(refused.reader.status()).toEqual({ state: 'offline', reasons: ['PERMISSION'] })
})

test('stopped: the device is closed, no timer is left, nothing more is told', async () => {
  const { reader, readings, clock, hold, open } = await startReader(ready())
  await reader.stop()
  hold('too late')
  expect(open[0]?.closed).toBe(true)
  expect(clock.pendingTimers()).toBe(0)
  expect(readings).toEqual([])
})
