import type { ReasonCode } from '../../contract/faults.ts'
import { type Channel, ChannelError, type ChannelFactory } from './channel.ts'
import {
  type HidBackend,
  type HidDeviceInfo,
  type HidHandle,
  nodeHidBackend,
} from './hid-backend.ts'

/** Whole reports out of what one read returned. */
export type ReportSplitter = (chunk: Uint8Array) => readonly Uint8Array[]

export interface HidChannelOptions {
  /** A hidraw node or a symlink to one. Without it the device is found by vendor and product. */
  readonly path?: string
  readonly vendorId?: number
  readonly productId?: number
  /**
   * Judges each device that matches, before it is opened: undefined when it is not in the mode that we need,
   * else what gives back whole reports. Of a device with several interfaces the first accepted one is opened.
   */
  readonly accept: (info: HidDeviceInfo, reportDescriptor: Uint8Array) => ReportSplitter | undefined
  readonly backend?: HidBackend
}

/** A factory of HID channels: each looks for the device anew, as it may have come back as another node. */
export function hidChannel(options: HidChannelOptions): ChannelFactory {
  return () => openableHidChannel(options, options.backend ?? nodeHidBackend)
}

function openableHidChannel(options: HidChannelOptions, backend: HidBackend): Channel {
  const dataListeners: ((bytes: Uint8Array) => void)[] = []
  const closeListeners: ((error: ChannelError | undefined) => void)[] = []
  let state: 'new' | 'opening' | 'open' | 'closed' = 'new'
  let handle: HidHandle | undefined

  const release = async (): Promise<void> => {
    const open = handle
    handle = undefined
    try {
      await open?.close()
    } catch {
      // A device that is gone cannot be closed properly; the object is dropped either way.
    }
  }

  const finish = (error: ChannelError | undefined): Promise<void> => {
    const wasOpen = state === 'open'
    state = 'closed'
    const released = release()
    if (wasOpen) for (const listener of closeListeners) listener(error)
    return released
  }

  return {
    async open() {
      if (state !== 'new') throw new Error('a channel is opened once')
      state = 'opening'
      try {
        const { path, split } = await findDevice(options, backend)
        const opened = await backend.open(path).catch((error: unknown) => {
          throw openError(error, path)
        })
        if ((state as string) === 'closed') {
          await opened.close().catch(() => undefined)
          throw new ChannelError('NOT_CONNECTED', `${path} was closed`)
        }
        handle = opened
        state = 'open'
        opened.onData((bytes) => {
          for (const report of split(bytes)) {
            if (state === 'open') for (const listener of dataListeners) listener(report)
          }
        })
        opened.onError((message) => {
          if (state === 'open') void finish(new ChannelError('DISCONNECTED', `${path}: ${message}`))
        })
      } catch (error) {
        state = 'closed'
        throw error
      }
    },
    async write(bytes) {
      if (state !== 'open' || handle === undefined) {
        throw new ChannelError('NOT_CONNECTED', 'the HID device is not open')
      }
      try {
        await handle.write(bytes)
      } catch (error) {
        throw new ChannelError('DISCONNECTED', textOf(error))
      }
    },
    onData: (listener) => void dataListeners.push(listener),
    onClose: (listener) => void closeListeners.push(listener),
    close: () => finish(undefined),
  }
}

/** The first matching device that is accepted. */
async function findDevice(
  options: HidChannelOptions,
  backend: HidBackend,
): Promise<{ readonly path: string; readonly split: ReportSplitter }> {
  const listed = await backend.list().catch((error: unknown) => {
    throw new ChannelError('PORT_MISSING', textOf(error))
  })
  const { path, vendorId, productId } = options
  const candidates =
    path === undefined
      ? listed.filter(
          (info) =>
            (vendorId === undefined || info.vendorId === vendorId) &&
            (productId === undefined || info.productId === productId),
        )
      : [listed.find((info) => info.path === path) ?? { path, vendorId: 0, productId: 0 }]

  let obstacle: ReasonCode = 'PORT_MISSING'
  for (const info of candidates) {
    const barred = await backend.obstacle(info.path)
    if (barred !== undefined) {
      obstacle = barred
      continue
    }
    const descriptor = await backend.reportDescriptor(info.path)
    const split = descriptor && options.accept(info, descriptor)
    if (split !== undefined) return { path: info.path, split }
    // A keyboard or a mouse is a wrong answer only if it was asked for.
    if (path !== undefined || vendorId !== undefined) obstacle = 'WRONG_MODE'
  }
  throw new ChannelError(obstacle, path ?? 'no such HID device')
}

function openError(error: unknown, path: string): ChannelError {
  const message = textOf(error)
  const code = /permission|denied/i.test(message) ? 'PERMISSION' : 'PORT_MISSING'
  return new ChannelError(code, `${path}: ${message}`)
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
