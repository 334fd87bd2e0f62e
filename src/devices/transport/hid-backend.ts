import { access, constants, readFile, realpath } from 'node:fs/promises'
import { basename } from 'node:path'
import { devicesAsync, HIDAsync } from 'node-hid'
import type { ReasonCode } from '../../contract/faults.ts'

export interface HidDeviceInfo {
  readonly path: string
  readonly vendorId: number
  readonly productId: number
  readonly maker?: string
  readonly model?: string
  readonly serial?: string
}

/** One open device. It is closed once and never opened again. */
export interface HidHandle {
  /** To be set at once: what arrives without a listener is lost. */
  onData(listener: (bytes: Uint8Array) => void): void
  /** The device went away or cannot be read. No other event tells it. */
  onError(listener: (message: string) => void): void
  write(bytes: Uint8Array): Promise<void>
  close(): Promise<void>
}

/** What the HID channel needs of the operating system; rejections may be anything, strings included. */
export interface HidBackend {
  list(): Promise<readonly HidDeviceInfo[]>
  /** Why the path cannot be opened; undefined when nothing speaks against it. */
  obstacle(path: string): Promise<ReasonCode | undefined>
  /** Undefined when there is none to read. */
  reportDescriptor(path: string): Promise<Uint8Array | undefined>
  open(path: string): Promise<HidHandle>
}

/**
 * node-hid over Linux hidraw. Only its asynchronous class: the synchronous one keeps a thread of the pool
 * that files and cryptography need.
 */
export const nodeHidBackend: HidBackend = {
  async list() {
    const devices = await devicesAsync()
    return devices.flatMap((device) =>
      device.path === undefined
        ? []
        : [
            {
              path: device.path,
              vendorId: device.vendorId,
              productId: device.productId,
              ...(device.manufacturer ? { maker: device.manufacturer } : {}),
              ...(device.product ? { model: device.product } : {}),
              ...(device.serialNumber ? { serial: device.serialNumber } : {}),
            },
          ],
    )
  },

  async obstacle(path) {
    try {
      await access(path, constants.R_OK | constants.W_OK)
      return undefined
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EACCES' ? 'PERMISSION' : 'PORT_MISSING'
    }
  },

  async reportDescriptor(path) {
    try {
      // A udev symlink (/dev/reader) leads to the node by which sysfs knows the device.
      const isNode = /^hidraw\d+$/.test(basename(path))
      const node = basename(isNode ? path : await realpath(path))
      return await readFile(`/sys/class/hidraw/${node}/device/report_descriptor`)
    } catch {
      return undefined
    }
  },

  async open(path) {
    const device = await HIDAsync.open(path)
    return {
      onData: (listener) =>
        void device.on('data', (bytes: Uint8Array) => {
          try {
            listener(bytes)
          } catch (error) {
            // node-hid would tell a bug of ours as an error of the device; it must end the process instead.
            queueMicrotask(() => {
              throw error
            })
          }
        }),
      onError: (listener) =>
        void device.on('error', (error: unknown) =>
          listener(error instanceof Error ? error.message : String(error)),
        ),
      write: async (bytes) => void (await device.write(Buffer.from(bytes))),
      async close() {
        // It begins to read a tick after it got its listener, and would throw, uncaught, when closed by then.
        await new Promise<void>((resolve) => process.nextTick(resolve))
        await device.close()
      },
    }
  },
}
