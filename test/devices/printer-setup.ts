import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../src/devices/clock.ts'
import type { DeviceStatus, FrameTap, Printer, Raster } from '../../src/devices/contract.ts'
import type { EscposTimeouts } from '../../src/devices/printer/escpos-options.ts'
import { escposPrinter } from '../../src/devices/printer/escpos-printer.ts'
import { readPhysicalLog } from '../../src/devices/simulators/base/physical-log.ts'
import {
  type StartedSimulator,
  startSimulator,
} from '../../src/devices/simulators/start-simulator.ts'
import { serialChannel } from '../../src/devices/transport/serial.ts'

export interface PrinterSetup {
  readonly printer: Printer
  readonly simulator: StartedSimulator
  /** Names of what physically happened, oldest first. */
  events(): string[]
  /** PNG paths of complete slips, from the physical log. */
  slips(): string[]
  partialSlips(): string[]
  tell(command: string, args?: Readonly<Record<string, unknown>>): Promise<unknown>
  end(): Promise<void>
}

export interface PrinterSetupOptions {
  readonly timeouts?: Partial<EscposTimeouts>
  readonly tap?: FrameTap
  readonly printedProof?: 'processId' | 'queuedStatus'
  /** Done to the simulator before the driver connects. */
  prepare?(tell: PrinterSetup['tell']): Promise<void>
  readonly start?: boolean
}

/** Short where a test has to wait for a printer that says nothing. */
const testTimeouts: EscposTimeouts = {
  heartbeatMs: 150,
  replyTimeoutMs: 500,
  selfTestTimeoutMs: 2_000,
  proofTimeoutMs: 8_000,
  clearTimeoutMs: 1_500,
}

/** A simulator in its own process, and the real driver over a real serial port on it. */
export async function setUpPrinter(options: PrinterSetupOptions = {}): Promise<PrinterSetup> {
  const folder = mkdtempSync(join(tmpdir(), 'printer-'))
  const path = join(folder, 'printer')
  const simulator = await startSimulator({
    device: 'printer',
    protocol: 'escpos',
    on: path,
    options: { out: join(folder, 'slips') },
  })
  const tell: PrinterSetup['tell'] = (command, args) => simulator.control.send(command, args)
  await options.prepare?.(tell)
  const printer = escposPrinter({
    id: 'printer',
    channel: serialChannel({ path, baudRate: 115_200 }),
    clock: systemClock,
    profile: {
      rasterWidthDots: 576,
      printedProof: options.printedProof ?? 'processId',
      nearEnd: true,
    },
    ...testTimeouts,
    ...options.timeouts,
    ...(options.tap === undefined ? {} : { tap: options.tap }),
  })
  if (options.start !== false) printer.start()
  const logged = (event: string) =>
    readPhysicalLog(simulator.logPath)
      .filter((entry) => entry.event === event)
      .map((entry) => String(entry.png))
  return {
    printer,
    simulator,
    tell,
    events: () => readPhysicalLog(simulator.logPath).map((entry) => entry.event),
    slips: () => logged('printed'),
    partialSlips: () => logged('partialSlip'),
    async end() {
      await printer.stop()
      await simulator.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Resolves at the first status, from now on, that is meant. */
export function untilStatus(
  printer: Printer,
  isMeant: (status: DeviceStatus) => boolean,
  withinMs = 15_000,
): Promise<DeviceStatus> {
  return new Promise((resolve, reject) => {
    const look = (status: DeviceStatus): void => {
      if (!isMeant(status)) return
      clearTimeout(timer)
      forget()
      resolve(status)
    }
    const timer = setTimeout(() => {
      forget()
      reject(new Error(`status stayed ${JSON.stringify(printer.status())}`))
    }, withinMs)
    const forget = printer.onStatus(look)
    look(printer.status())
  })
}

export const isOnline = ({ state }: DeviceStatus): boolean => state === 'online'
export const hasReason =
  (reason: string) =>
  ({ reasons }: DeviceStatus): boolean =>
    reasons.some((one) => one === reason)

/** A raster whose every row differs from the next, so that a missing or doubled band shows. */
export function striped(heightDots: number): Raster {
  const data = new Uint8Array(72 * heightDots)
  for (let row = 0; row < heightDots; row += 1) {
    data[row * 72] = 0xff
    data[row * 72 + 1] = row & 0xff
    data[row * 72 + 2] = row >> 8
    data[row * 72 + 71] = 0x01
  }
  return { widthDots: 576, heightDots, data }
}

/** Payloads of the QR codes in a picture, read by zbar. Throws when the tool is missing or finds none. */
export function readQrCodes(png: string): string {
  return execFileSync('zbarimg', ['-q', '--raw', png], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trimEnd()
}
