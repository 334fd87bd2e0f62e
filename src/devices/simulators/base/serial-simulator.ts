import { type Clock, systemClock } from '../../clock.ts'
import { flag } from './control-arguments.ts'
import { type ControlCommands, serveControl } from './control-server.ts'
import { openPhysicalLog, type PhysicalLog, readPhysicalLog } from './physical-log.ts'
import type { RunningSimulator, SimulatorArguments } from './process.ts'
import { pty } from './pty.ts'
import { type FaultyWire, faultArguments, faultyWire } from './wire-faults.ts'

/** What a simulated device gets from the world around it. */
export interface SerialWorld {
  readonly args: SimulatorArguments
  readonly clock: Clock
  readonly log: PhysicalLog
  /** A wire to the driver with faults of its own. One is enough unless several boards share a bus. */
  wire(options?: {
    readonly corrupt?: (frame: Uint8Array) => Uint8Array
    /** The `fault` command reaches this wire only when its arguments match; all of them unless told. */
    readonly matches?: (args: Readonly<Record<string, unknown>>) => boolean
  }): FaultyWire
}

export interface SimulatedDevice {
  /** Bytes from the driver, cut anywhere. */
  receive(bytes: Uint8Array): void
  /** Besides `plug`, `fault` and `history`, which every serial simulator has. */
  readonly commands: ControlCommands
  /** The cable was pulled or put in again; the power may have gone with it. */
  plugChanged?(plugged: boolean): void
  stop?(): void
}

/** Puts a simulated device behind a PTY, with control channel, physical log and wire faults. */
export async function startSerialSimulator(
  args: SimulatorArguments,
  create: (world: SerialWorld) => SimulatedDevice,
): Promise<RunningSimulator> {
  const clock = systemClock
  const log = openPhysicalLog(args.log)
  const port = pty(args.on)
  const wires: {
    readonly wire: FaultyWire
    readonly matches: (args: Readonly<Record<string, unknown>>) => boolean
  }[] = []

  const device = create({
    args,
    clock,
    log,
    wire({ corrupt, matches = () => true } = {}) {
      const wire = faultyWire({
        clock,
        write: port.write,
        seed: wires.length + 1,
        ...(corrupt === undefined ? {} : { corrupt }),
      })
      wires.push({ wire, matches })
      return wire
    },
  })
  port.onData((bytes) => device.receive(bytes))

  const plug = async (on: boolean): Promise<void> => {
    if (on === port.plugged()) return
    if (on) await port.plug()
    else {
      await port.unplug()
      for (const { wire } of wires) wire.clearPending()
    }
    log.append(on ? 'plugged' : 'unplugged')
    device.plugChanged?.(on)
  }

  const control = await serveControl(args.control, {
    ...device.commands,
    plug: (commandArgs) => plug(flag(commandArgs, 'on')),
    async fault(commandArgs) {
      const { fault, ...setting } = faultArguments(commandArgs)
      if (fault === 'unplugged') {
        await plug(!setting.on)
        return
      }
      for (const { wire, matches } of wires) {
        if (matches(commandArgs)) wire.set({ fault, ...setting })
      }
    },
    history: () => readPhysicalLog(args.log),
  })
  await plug(true)

  return {
    async stop() {
      await control.close()
      device.stop?.()
      await port.unplug()
      log.close()
    },
  }
}
