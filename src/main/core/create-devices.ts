import { systemClock } from '../../devices/clock.ts'
import type { Device, FrameTap, Locker, Printer, Reader } from '../../devices/contract.ts'
import { kerongCu16Locker } from '../../devices/locker/kerong-cu16.ts'
import { escposPrinter } from '../../devices/printer/escpos-printer.ts'
import { hidPosReader } from '../../devices/reader/hid-pos-reader.ts'
import { serialChannel } from '../../devices/transport/serial.ts'
import type { CompartmentConfig } from './config/compartment-config.ts'
import type { DevicesConfig } from './config/device-config.ts'

export interface Devices {
  readonly printer: Printer | undefined
  readonly locker: Locker | undefined
  readonly reader: Reader | undefined
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
  const { printer, locker, reader } = config
  return {
    printer:
      printer && without !== 'printer'
        ? escposPrinter({
            id: 'printer',
            channel: serialChannel(printer.channel),
            clock,
            profile: printer.options,
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
  }
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
  return [devices.printer, devices.locker, devices.reader].filter((device) => device !== undefined)
}
