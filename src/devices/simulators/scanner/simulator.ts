import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../../clock.ts'
import { flag, oneOf, wholeNumber } from '../base/control-arguments.ts'
import {
  type CommandArguments,
  type ControlCommands,
  serveControl,
} from '../base/control-server.ts'
import { openPhysicalLog, readPhysicalLog } from '../base/physical-log.ts'
import type { RunningSimulator, SimulatorArguments } from '../base/process.ts'
import { faultArguments } from '../base/wire-faults.ts'
import { feeder } from './feeder.ts'
import { netDeviceName, netScanner } from './net-scanner.ts'
import { type SheetDescription, sheetKinds } from './sheet-description.ts'

/** The device name that every simulated scanner has in its own SANE configuration. */
export const simulatedScanner = 'simulated-feeder'

/**
 * A sheet feeder on the network of this machine. `--on` is a folder that it owns: point `SANE_CONFIG_DIR` at it,
 * and `scanimage --device-name=simulated-feeder` scans what lies in the feeder.
 */
export async function startScannerSimulator(args: SimulatorArguments): Promise<RunningSimulator> {
  if (args.protocol !== 'sane') throw new Error(`no protocol ${args.protocol}; there is sane`)
  const log = openPhysicalLog(args.log)
  const mechanics = feeder(log)
  const scanner = await netScanner(systemClock, mechanics)
  writeSaneConfig(args.on, scanner.address)

  const plug = async (on: boolean): Promise<void> => {
    if (on === scanner.plugged()) return
    if (on) await scanner.plug()
    else await scanner.unplug()
    log.append(on ? 'plugged' : 'unplugged')
  }

  const commands: ControlCommands = {
    /** `{ sheets: [{ kind, skewDegrees?, blurPx?, paper?, foldedCornerMm?, shiftLeftMm?, number? }] }` */
    insert: (given) => mechanics.insert(sheetsOf(given)),
    takeOut: () => ({ sheets: mechanics.takeOut() }),
    openCover: (given) => mechanics.openCover(flag(given, 'on', true)),
    clearJam: () => mechanics.clearJam(),
    /** `{ afterSheets? }`: so many go well from now on, the next one stops half way. */
    jam: (given) => mechanics.trouble('jam', wholeNumber(given, 'afterSheets', 0)),
    doubleFeed: (given) => mechanics.trouble('doubleFeed', wholeNumber(given, 'afterSheets', 0)),
    /** `{ pageMs }`: how long a page takes; 0 is as fast as it goes. */
    slow(given) {
      scanner.behaviour.pageMs = wholeNumber(given, 'pageMs', 4_000)
    },
    plug: (given) => plug(flag(given, 'on')),
    fault(given) {
      const { fault, on } = faultArguments(given)
      switch (fault) {
        case 'unplugged':
          return plug(!on)
        case 'silent':
          scanner.behaviour.silent = on
          return
        case 'byteByByte':
        case 'lateReply':
        case 'noise':
        case 'wrongChecksum':
          throw new Error(`${fault}: no fault of a network; try silent, unplugged, slow`)
      }
    },
    state: () => ({ ...mechanics.state(), plugged: scanner.plugged() }),
    history: () => readPhysicalLog(args.log),
  }
  const control = await serveControl(args.control, commands)
  return {
    async stop() {
      await control.close()
      await scanner.unplug()
      log.close()
    },
  }
}

/** dll.conf names the one backend, dll.aliases the one device: no other scanner is looked for. */
function writeSaneConfig(folder: string, address: string): void {
  mkdirSync(folder, { recursive: true })
  const write = (name: string, text: string): void => {
    const path = join(folder, name)
    rmSync(`${path}.new`, { force: true })
    writeFileSync(`${path}.new`, text)
    renameSync(`${path}.new`, path)
  }
  write('dll.conf', 'net\n')
  write('net.conf', 'connect_timeout = 10\n')
  write('dll.aliases', `alias ${simulatedScanner} net:${address}:${netDeviceName}\n`)
}

function sheetsOf({ sheets }: CommandArguments): SheetDescription[] {
  if (!Array.isArray(sheets) || sheets.length === 0) throw new Error('sheets must be a list')
  return sheets.map((sheet: unknown) => {
    const given: CommandArguments = typeof sheet === 'object' && sheet !== null ? { ...sheet } : {}
    const numbers = ['skewDegrees', 'blurPx', 'foldedCornerMm', 'shiftLeftMm', 'number'] as const
    for (const name of numbers) {
      if (given[name] !== undefined && typeof given[name] !== 'number') {
        throw new Error(`${name} must be a number`)
      }
    }
    if (given.paper !== undefined && !/^#[0-9a-f]{6}$/i.test(String(given.paper))) {
      throw new Error('paper must be a colour like #ffe9a8')
    }
    return { ...given, kind: oneOf(given, 'kind', sheetKinds, 'form') }
  })
}
