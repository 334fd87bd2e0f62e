import {
  longestPageTextCharacters,
  type PortMessage,
  portMessageSchema,
} from '../../../contract/port-message.ts'
import type { Port } from './port.ts'

/** The part of Electron's `MessagePortMain` that is used; core itself knows no Electron. */
export interface MessagePortLike {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  postMessage(message: PortMessage): void
  start(): void
  close(): void
}

/**
 * A MessagePort as core's port. `send` resolves when the page says that it took the text; whatever else than
 * the declared messages arrives closes the port.
 */
export function messagePort(carrier: MessagePortLike): Port {
  const messageListeners: ((text: string) => void)[] = []
  const closeListeners: (() => void)[] = []
  const untaken: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = []
  let isOpen = true

  const closed = () => {
    if (!isOpen) return
    isOpen = false
    for (const { reject } of untaken.splice(0)) reject(new Error('The port is closed'))
    for (const listener of closeListeners) listener()
  }
  const close = () => {
    if (!isOpen) return
    carrier.close()
    closed()
  }
  carrier.on('close', closed)
  carrier.on('message', ({ data }) => {
    if (!isOpen) return
    const { data: message } = portMessageSchema.safeParse(data)
    if (message === undefined) return close()
    if ('taken' in message) {
      untaken.shift()?.resolve()
      return
    }
    if (message.text.length > longestPageTextCharacters) return close()
    for (const listener of messageListeners) listener(message.text)
  })
  // Not before the caller has set its listeners.
  queueMicrotask(() => carrier.start())

  return {
    send: (text) =>
      isOpen
        ? new Promise((resolve, reject) => {
            untaken.push({ resolve, reject })
            carrier.postMessage({ text })
          })
        : Promise.reject(new Error('The port is closed')),
    onMessage: (listener) => messageListeners.push(listener),
    onClose: (listener) => closeListeners.push(listener),
    close,
  }
}
