import type { ReasonCode } from '../../../src/contract/faults.ts'
import type {
  CompartmentSensors,
  DeviceStatus,
  FrameTap,
  LockAddress,
  Locker,
  Outcome,
  Printer,
  Reader,
  Reading,
} from '../../../src/devices/contract.ts'
import type { FlowClock } from '../../../src/main/flows/clock.ts'
import type { Wall } from './wall.ts'

/**
 * Devices at the driver's contract, in this process and on a clock of the test's own: they tell what the wall
 * physically is, some time later, or do not. One set belongs to one core and ends with it; the wall goes on.
 */
export interface SimulatedDevices {
  readonly locker: Locker
  readonly printer: Printer
  readonly reader: Reader
  /** Holds a code to the reader; false when nobody was reading. */
  hold(text: string): boolean
}

interface Parts {
  readonly wall: Wall
  /** Stops with its core. */
  readonly clock: FlowClock
  /** Goes on whatever core does: paper that is moving comes out. */
  readonly worldClock: FlowClock
  readonly tap: FrameTap
  readonly isAlive: () => boolean
  readonly compartments: readonly {
    readonly number: number
    readonly board: number
    readonly lock: number
  }[]
}

const pollMs = 50
const connectMs = 150
const openTimeoutMs = 1_500
const paperMs = 400
const replyMs = 300
const printTimeoutMs = 5_000
const unseen: CompartmentSensors = { door: 'unknown', item: 'unknown' }

export function simulateDevices(parts: Parts): SimulatedDevices {
  const locker = simulateLocker(parts)
  const printer = simulatePrinter(parts)
  const { reader, hold } = simulateReader(parts)
  return { locker, printer, reader, hold }
}

/** A core that has died never hears an answer. */
const never = new Promise<never>(() => {})
const after = (clock: FlowClock, delayMs: number) =>
  new Promise<void>((resolve) => void clock.setTimer(delayMs, resolve))

function statusHolder(id: string) {
  let status: DeviceStatus = { state: 'starting', reasons: [] }
  const listeners = new Set<(status: DeviceStatus) => void>()
  return {
    set(state: DeviceStatus['state'], ...reasons: ReasonCode[]) {
      if (state === status.state && reasons.join() === status.reasons.join()) return
      status = { state, reasons }
      for (const listener of listeners) listener(status)
    },
    device: {
      id,
      status: () => status,
      identity: () => ({}),
      onStatus(listener: (status: DeviceStatus) => void) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
      lastExchanges: () => [],
      counters: () => ({}),
      stop: async () => {},
    },
  }
}

/** Notices what there is some time after the start, and every change some time after that. */
function watch({ wall, clock, isAlive }: Parts, look: () => void): void {
  clock.setTimer(connectMs, look)
  wall.onChange(() => {
    if (isAlive()) clock.setTimer(pollMs, look)
  })
}

function simulateLocker(parts: Parts): Locker {
  const { wall, clock, tap, isAlive, compartments } = parts
  const { device, set: setStatus } = statusHolder('locker')
  type Listener = Parameters<Locker['onSensors']>[0]
  const listeners = new Set<Listener>()
  let sequence = 0
  let seen = new Map<number, CompartmentSensors>()

  const real = (compartment: number): CompartmentSensors => {
    const { open, item, blind } = wall.door(compartment)
    return {
      door: open ? 'open' : 'closed',
      item: item !== undefined && !blind ? 'present' : 'absent',
    }
  }
  function look(): void {
    if (wall.trouble.busSilent) {
      const lost = seen.size > 0
      seen = new Map()
      setStatus('offline', 'BUS_SILENT')
      if (!lost) return
      for (const address of compartments) {
        for (const listener of listeners) listener({ address, sensors: unseen, sequence: 0 })
      }
      return
    }
    const changed = compartments.filter(({ number }) => {
      const [now, before] = [real(number), seen.get(number)]
      return now.door !== before?.door || now.item !== before.item
    })
    if (changed.length === 0) return
    tap({ phase: 'before', direction: 'read', device: 'locker', message: 'status:change' })
    if (!isAlive()) return
    sequence += 1
    for (const { number } of changed) seen.set(number, real(number))
    setStatus('online')
    for (const address of changed) {
      const sensors = real(address.number)
      for (const listener of listeners) listener({ address, sensors, sequence })
      if (!isAlive()) return
    }
    tap({ phase: 'after', direction: 'read', device: 'locker', message: 'status:change' })
  }
  const numberOf = ({ board, lock }: LockAddress) =>
    compartments.find((one) => one.board === board && one.lock === lock)?.number ?? 0

  return {
    ...device,
    deviceClass: 'locker',
    start: () => watch(parts, look),
    sensors: (address) => seen.get(numberOf(address)) ?? unseen,
    onSensors(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async unlock(address): Promise<Outcome> {
      const number = numberOf(address)
      if (device.status().state !== 'online') return { outcome: 'refused', reason: 'BUS_SILENT' }
      tap({ phase: 'before', direction: 'write', device: 'locker', message: 'unlock' })
      if (!isAlive()) return never
      wall.pulse(number)
      tap({ phase: 'after', direction: 'write', device: 'locker', message: 'unlock' })
      for (let waitedMs = 0; waitedMs < openTimeoutMs; waitedMs += pollMs) {
        await after(clock, pollMs)
        look()
        if (!isAlive()) return never
        if (seen.size === 0) return { outcome: 'unknown', reason: 'BUS_SILENT' }
        if (seen.get(number)?.door === 'open') return { outcome: 'done', value: undefined }
      }
      return { outcome: 'failed', reason: 'DOOR_NOT_OPENED' }
    },
    async read(board) {
      await after(clock, pollMs)
      look()
      if (!isAlive()) return never
      if (seen.size === 0) return { outcome: 'unknown', reason: 'BUS_SILENT' }
      const locks: CompartmentSensors[] = []
      for (const one of compartments) {
        if (one.board === board) locks[one.lock] = seen.get(one.number) ?? unseen
      }
      return { outcome: 'done', value: { board, atMs: clock.monotonicMs(), sequence, locks } }
    },
  }
}

function simulatePrinter(parts: Parts): Printer {
  const { wall, clock, worldClock, tap, isAlive } = parts
  const { device, set: setStatus } = statusHolder('printer')
  const look = () => {
    const { printer } = wall.trouble
    if (printer === 'paperOut') setStatus('needsAttendant', 'PAPER_OUT')
    else if (printer === 'dead') setStatus('offline', 'SILENT')
    else setStatus('online')
  }
  return {
    ...device,
    deviceClass: 'printer',
    start: () => watch(parts, look),
    capabilities: () => ({ rasterWidthDots: 576, printedProof: 'processId' }),
    async print(raster) {
      const { trouble } = wall
      look()
      if (device.status().state !== 'online') return { outcome: 'refused', reason: 'PAPER_OUT' }
      tap({ phase: 'before', direction: 'write', device: 'printer', message: 'raster' })
      if (!isAlive()) return never
      // What has reached the printer comes out also when nobody is there any more to hear of it.
      const comesOut = { yet: false }
      worldClock.setTimer(paperMs, () => {
        if (trouble.printer === 'paperOut' || trouble.printer === 'dead') return
        comesOut.yet = true
        wall.print(Buffer.from(raster.data).toString('utf8'))
      })
      tap({ phase: 'after', direction: 'write', device: 'printer', message: 'raster' })
      await after(clock, paperMs + replyMs)
      if (!comesOut.yet && trouble.printer === 'paperOut') {
        return { outcome: 'failed', reason: 'PAPER_OUT' }
      }
      if (!comesOut.yet || trouble.printer !== 'good') {
        await after(clock, printTimeoutMs)
        return { outcome: 'unknown', reason: 'PRINT_NOT_CONFIRMED' }
      }
      tap({ phase: 'before', direction: 'read', device: 'printer', message: 'proof' })
      if (!isAlive()) return never
      return { outcome: 'done', value: { proof: 'processId' } }
    },
  }
}

function simulateReader(parts: Parts) {
  const { wall, clock, tap, isAlive } = parts
  const { device, set: setStatus } = statusHolder('reader')
  const listeners = new Set<(reading: Reading) => void>()
  const look = () =>
    wall.trouble.readerDead ? setStatus('absent', 'DISCONNECTED') : setStatus('online')
  const reader: Reader = {
    ...device,
    deviceClass: 'reader',
    start: () => watch(parts, look),
    onReading(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  return {
    reader,
    hold(text: string): boolean {
      if (!isAlive() || device.status().state !== 'online' || wall.trouble.readerDead) return false
      tap({ phase: 'before', direction: 'read', device: 'reader', message: 'code' })
      if (!isAlive()) return false
      const bytes = Buffer.from(text)
      const reading = { bytes, text, aimId: undefined, atMs: clock.monotonicMs() }
      for (const listener of listeners) listener(reading)
      tap({ phase: 'after', direction: 'read', device: 'reader', message: 'code' })
      return true
    },
  }
}
