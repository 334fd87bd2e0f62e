import { type Clock, systemClock } from '../../devices/clock.ts'
import type { Device, FrameTap, Locker, Printer, Reader, Scanner } from '../../devices/contract.ts'
import { kerongCu16Locker } from '../../devices/locker/kerong-cu16.ts'
import { escposPrinter } from '../../devices/printer/escpos-printer.ts'
import { hidPosReader } from '../../devices/reader/hid-pos-reader.ts'
import { saneScanner } from '../../devices/scanner/sane-scanner.ts'
import { serialChannel } from '../../devices/transport/serial.ts'
import type { CompartmentConfig } from './config/compartment-config.ts'
import type { DevicesConfig, ScannerConfig } from './config/device-config.ts'

export interface Devices {
  readonly printer: Printer | undefined
  readonly locker: Locker | undefined
  readonly reader: Reader | undefined
  readonly scanner: Scanner | undefined
}

/**
 * The drivers that the configuration names; none is connected yet.
 * @param without a device that core is suspected to crash over: left out until somebody has looked.
 */
export function createDevices(
  config: DevicesConfig,
  compartments: readonly CompartmentConfig[],
  tap: FrameTap | undefined,
  without?: string,
): Devices {
  const clock = systemClock
  const taps = tap === undefined ? {} : { tap }
  const { printer, locker, reader, scanner } = config
  return {
    printer:
      printer && without !== 'printer'
        ? escposPrinter({
            id: 'printer',
            channel: serialChannel(printer.channel),
            clock,
            profile: printer.options,
            proofTimeoutMs: printer.options.proofTimeoutMs,
            ...taps,
          })
        : undefined,
    locker:
      locker && without !== 'locker'
        ? kerongCu16Locker({
            id: 'locker',
            channel: serialChannel(locker.channel),
            clock,
            ...locker.options,
            wired: compartments.map(({ board, lock }) => ({ board, lock })),
            ...taps,
          })
        : undefined,
    reader:
      reader && without !== 'reader'
        ? hidPosReader({
            id: 'reader',
            clock,
            ...definedOnly(reader.channel),
            sameCodeAfterMs: reader.options.repeatSuppressionMs,
            ...taps,
          })
        : undefined,
    scanner: scanner && without !== 'scanner' ? scannerOf(scanner, clock) : undefined,
  }
}

function scannerOf({ channel, options }: ScannerConfig, clock: Clock): Scanner {
  const { device, source, mode, pageWidthMm, pageHeightMm, saneOptions, ...timings } = options
  return saneScanner({
    id: 'scanner',
    clock,
    command: channel.command,
    environment: channel.environment,
    profile: {
      device,
      options: saneOptions,
      ...(source === undefined ? {} : { source }),
      ...(mode === null ? {} : { mode }),
      ...(pageWidthMm === undefined ? {} : { pageWidthMm }),
      ...(pageHeightMm === undefined ? {} : { pageHeightMm }),
    },
    ...timings,
  })
}

function definedOnly({
  path,
  vendorId,
  productId,
}: NonNullable<DevicesConfig['reader']>['channel']) {
  return {
    ...(path === undefined ? {} : { path }),
    ...(vendorId === undefined ? {} : { vendorId }),
    ...(productId === undefined ? {} : { productId }),
  }
}

export function eachDevice(devices: Devices): readonly Device[] {
  const { printer, locker, reader, scanner } = devices
  return [printer, locker, reader, scanner].filter((device) => device !== undefined)
}
