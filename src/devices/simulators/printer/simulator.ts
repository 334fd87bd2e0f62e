import type { RunningSimulator, SimulatorArguments } from '../base/process.ts'
import {
  type SerialWorld,
  type SimulatedDevice,
  startSerialSimulator,
} from '../base/serial-simulator.ts'
import { commandParser } from './command-parser.ts'
import { normalBandMs, printerCommands } from './commands.ts'
import { exitTray } from './exit-tray.ts'
import { type Mechanism, mechanism } from './mechanism.ts'

function numberOption(args: SimulatorArguments, name: string, fallback: number): number {
  const text = args.options[name]
  const value = text === undefined ? fallback : Number(text)
  if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} must be a whole number`)
  return value
}

function printerDevice(world: SerialWorld): SimulatedDevice {
  const { args, clock, log } = world
  const widthDots = numberOption(args, 'width-dots', 576)
  if (widthDots % 8 !== 0) throw new Error('--width-dots must be a multiple of 8')
  const tray = exitTray({ folder: args.options.out ?? `${args.on}.slips`, widthDots, log })
  // ESC/POS answers carry no checksum; a flipped last byte is what damage on the line looks like.
  const wire = world.wire()
  const parser = commandParser({
    queued: (command) => printer.queue(command),
    realTime: (command) => printer.obey(command),
  })
  const printer: Mechanism = mechanism({
    clock,
    log,
    tray,
    send: wire.send,
    forgetHalfCommands: parser.reset,
  })
  printer.bandMs = numberOption(args, 'band-ms', normalBandMs)
  return { receive: parser.hear, commands: printerCommands(printer, tray, log) }
}

/**
 * An ESC/POS printer: `--out DIR` (PNG of every piece of paper), `--width-dots 576`, `--band-ms 2` (time to
 * print one band).
 */
export function startPrinterSimulator(args: SimulatorArguments): Promise<RunningSimulator> {
  if (args.protocol !== 'escpos') {
    throw new Error(`the printer simulator speaks escpos, not ${args.protocol}`)
  }
  return startSerialSimulator(args, printerDevice)
}
