import { access, constants, stat } from 'node:fs/promises'
import { SerialPort } from 'serialport'
import { type Clock, systemClock } from '../clock.ts'
import { type Channel, ChannelError, type ChannelFactory } from './channel.ts'

export interface SerialChannelOptions {
  /** Any path: a stable `/dev/serial/by-id/…`, a symlink, a PTY. Never looked up in a list of ports. */
  readonly path: string
  readonly baudRate: number
  readonly dataBits?: 5 | 6 | 7 | 8
  readonly parity?: 'none' | 'even' | 'odd'
  readonly stopBits?: 1 | 2
  /** How long a write may take on top of the time its bits need on the wire; 2,000 unless told. */
  readonly writeTimeoutMs?: number
  /** 3,000 unless told. */
  readonly openTimeoutMs?: number
  /** Lines to set after opening. A port without modem lines (a PTY) is used as it is. */
  readonly modemLines?: { readonly dtr?: boolean; readonly rts?: boolean }
  readonly clock?: Clock
}

const bitsPerCharacter = 10

/**
 * Why a path cannot be opened is asked of the file system before the port is touched, because the library
 * only gives sentences. Resolves to undefined when nothing speaks against opening.
 */
async function obstacle(path: string): Promise<ChannelError | undefined> {
  try {
    await stat(path)
  } catch (error) {
    const denied = (error as NodeJS.ErrnoException).code === 'EACCES'
    return new ChannelError(denied ? 'PERMISSION' : 'PORT_MISSING', `no port at ${path}`)
  }
  try {
    await access(path, constants.R_OK | constants.W_OK)
  } catch {
    return new ChannelError('PERMISSION', `no right to read and write ${path}`)
  }
  return undefined
}

function openError(error: Error, path: string): ChannelError {
  // A lock held by another process is told as EAGAIN's text; TIOCEXCL as EBUSY's.
  if (/lock|busy|temporarily unavailable/i.test(error.message)) {
    return new ChannelError('PORT_BUSY', `${path}: ${error.message}`)
  }
  if (/permission|denied/i.test(error.message)) {
    return new ChannelError('PERMISSION', `${path}: ${error.message}`)
  }
  return new ChannelError('PORT_MISSING', `${path}: ${error.message}`)
}

/** A factory of serial channels; every channel has a port object of its own, which is never re-opened. */
export function serialChannel(options: SerialChannelOptions): ChannelFactory {
  return () => openableSerialChannel(options)
}

function openableSerialChannel(options: SerialChannelOptions): Channel {
  const clock = options.clock ?? systemClock
  const port = new SerialPort({
    path: options.path,
    baudRate: options.baudRate,
    dataBits: options.dataBits ?? 8,
    parity: options.parity ?? 'none',
    stopBits: options.stopBits ?? 1,
    autoOpen: false,
    // Boards that reset on DTR would restart at every close.
    hupcl: false,
  })
  const dataListeners: ((bytes: Uint8Array) => void)[] = []
  const closeListeners: ((error: ChannelError | undefined) => void)[] = []
  const openWrites = new Set<(error: ChannelError) => void>()
  let state: 'new' | 'opening' | 'open' | 'closed' = 'new'
  let portClosed: Promise<void> | undefined

  const releasePort = (): Promise<void> => {
    portClosed ??= new Promise((resolve) => {
      if (!port.isOpen) {
        resolve()
        return
      }
      // `close` is told by event and by callback, once, twice or with an error: any of them will do.
      port.once('close', () => resolve())
      port.close(() => resolve())
    })
    return portClosed
  }

  const finish = (error: ChannelError | undefined): Promise<void> => {
    const wasOpen = state === 'open'
    if (state === 'closed') return releasePort()
    state = 'closed'
    for (const fail of [...openWrites]) {
      fail(error ?? new ChannelError('DISCONNECTED', `${options.path} was closed`))
    }
    const released = releasePort()
    if (wasOpen) for (const listener of closeListeners) listener(error)
    return released
  }

  const lost = (message: string): void => {
    void finish(new ChannelError('DISCONNECTED', `${options.path}: ${message}`))
  }

  // Attached before opening: without a data listener an unplugged port is never noticed, and without an
  // error listener a cancelled write ends the process.
  port.on('data', (chunk: Buffer) => {
    if (state !== 'open') return
    for (const listener of dataListeners) listener(chunk)
  })
  port.on('error', (error: Error) => {
    if (state === 'open') lost(error.message)
  })
  port.on('close', (error: Error | null | undefined) => lost(error?.message ?? 'closed'))
  port.on('end', () => lost('end of input'))

  return {
    async open() {
      if (state !== 'new') throw new Error('a channel is opened once')
      state = 'opening'
      const found = await obstacle(options.path)
      if (found !== undefined) {
        state = 'closed'
        throw found
      }
      const failure = await new Promise<ChannelError | undefined>((resolve) => {
        const cancel = clock.setTimer(options.openTimeoutMs ?? 3_000, () =>
          resolve(new ChannelError('NOT_CONNECTED', `${options.path} did not open in time`)),
        )
        port.open((error) => {
          cancel()
          resolve(error ? openError(error, options.path) : undefined)
          // Too late, or closed meanwhile: nobody waits for this port any more.
          if (!error && state === 'closed') port.close(() => undefined)
        })
      })
      // `close()` may have been called while the port was opening.
      if (failure !== undefined || (state as string) === 'closed') {
        state = 'closed'
        throw failure ?? new ChannelError('NOT_CONNECTED', `${options.path} was closed`)
      }
      state = 'open'
      const lines = options.modemLines
      if (lines !== undefined) {
        // A PTY answers ENOTTY; a cable without these lines works as well.
        await new Promise<void>((resolve) => port.set(lines, () => resolve()))
      }
    },

    write(bytes) {
      // A port that is not open would keep the bytes and send them when it opens, hours later perhaps.
      if (state !== 'open' || !port.isOpen) {
        return Promise.reject(new ChannelError('NOT_CONNECTED', `${options.path} is not open`))
      }
      return new Promise((resolve, reject) => {
        const settle = (error: ChannelError | undefined): void => {
          cancel()
          if (!openWrites.delete(fail)) return
          if (error === undefined) resolve()
          else reject(error)
        }
        const fail = (error: ChannelError): void => settle(error)
        openWrites.add(fail)
        const wireMs = (bytes.length * bitsPerCharacter * 1_000) / options.baudRate
        const cancel = clock.setTimer((options.writeTimeoutMs ?? 2_000) + wireMs, () => {
          const timeout = new ChannelError('WRITE_TIMEOUT', `${options.path} takes no bytes`)
          settle(timeout)
          // What is still queued must not go out later.
          void finish(timeout)
        })
        port.write(Buffer.from(bytes), (error) => {
          settle(error ? new ChannelError('DISCONNECTED', error.message) : undefined)
        })
      })
    },

    onData(listener) {
      dataListeners.push(listener)
    },
    onClose(listener) {
      closeListeners.push(listener)
    },
    close() {
      return finish(undefined)
    },
  }
}
