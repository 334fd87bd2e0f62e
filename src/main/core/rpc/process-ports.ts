import type { Frame } from './frame.ts'
import { readFrame } from './frame.ts'
import type { Port } from './port.ts'

/** The part of `process` (in a child with an IPC channel) that is used. */
export interface ParentChannel {
  send?: ((message: Frame, callback: (error: Error | null) => void) => boolean) | undefined
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'disconnect', listener: () => void): unknown
}

interface OpenPort {
  readonly receive: (text: string) => void
  readonly closed: () => void
}

/**
 * Turns the channel to the parent into one port a client and tells the parent that core is ready. Throws when
 * the process was started without a channel. What to do when the parent is gone is the caller's business.
 */
export function acceptProcessPorts(channel: ParentChannel, onPort: (port: Port) => void): void {
  const ports = new Map<number, OpenPort>()
  const post = (frame: Frame) =>
    new Promise<void>((resolve, reject) => {
      if (channel.send === undefined) throw new Error('Started without a channel to its parent')
      channel.send(frame, (error) => (error === null ? resolve() : reject(error)))
    })
  const drop = (number: number) => {
    const port = ports.get(number)
    ports.delete(number)
    port?.closed()
  }
  channel.on('message', (message) => {
    const frame = readFrame(message)
    if (frame === undefined) return
    switch (frame.rpc) {
      case 'ready':
        return
      case 'open': {
        drop(frame.port)
        onPort(openPort(frame.port))
        return
      }
      case 'data':
        ports.get(frame.port)?.receive(frame.text)
        return
      case 'close':
        drop(frame.port)
        return
    }
  })
  channel.on('disconnect', () => {
    for (const number of [...ports.keys()]) drop(number)
  })

  function openPort(number: number): Port {
    const messageListeners: ((text: string) => void)[] = []
    const closeListeners: (() => void)[] = []
    const own: OpenPort = {
      receive: (text) => {
        for (const listener of messageListeners) listener(text)
      },
      closed: () => {
        for (const listener of closeListeners) listener()
      },
    }
    ports.set(number, own)
    const isOpen = () => ports.get(number) === own
    return {
      send: (text) =>
        isOpen()
          ? post({ rpc: 'data', port: number, text })
          : Promise.reject(new Error(`Port ${number} is closed`)),
      onMessage: (listener) => messageListeners.push(listener),
      onClose: (listener) => closeListeners.push(listener),
      close: () => {
        if (!isOpen()) return
        drop(number)
        post({ rpc: 'close', port: number }).catch(() => {
          // The parent is gone: its port is closed already.
        })
      },
    }
  }

  post({ rpc: 'ready' }).catch(() => {
    // The parent is gone before we began; `disconnect` tells the caller.
  })
}
