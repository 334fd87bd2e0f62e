import { type PortMessage, portMessageSchema } from '../../contract/port-message.ts'
import { type KioskShell, lostAnnouncement, portAnnouncement } from '../../contract/shell.ts'
import type { Dial, Socket } from './socket.ts'

/** What the page hears of its preload: a message to the page's own window. */
export type Announcements = Pick<Window, 'addEventListener' | 'removeEventListener'>

const connecting = 0
const open = 1
const closed = 3

/**
 * To core through Electron's shell: asks for a port, which comes as soon as core is up. Each text is answered
 * with `taken`, so that core never writes ahead of this page.
 */
export function dialShell(shell: KioskShell, page: Announcements): Dial {
  return () => {
    const listeners = { open: new Set<() => void>(), close: new Set<() => void>() }
    const messageListeners = new Set<(event: { data: string }) => void>()
    let state = connecting
    let port: MessagePort | undefined

    const post = (message: PortMessage) => port?.postMessage(message)
    const close = () => {
      if (state === closed) return
      state = closed
      page.removeEventListener('message', onAnnouncement)
      port?.close()
      for (const listener of [...listeners.close]) listener()
    }
    const onAnnouncement = (event: MessageEvent) => {
      // Not from this window itself: a frame or another page, of which there is none.
      if (event.source !== page) return
      const [arrived] = event.ports
      if (event.data === lostAnnouncement && state === open) return close()
      if (event.data !== portAnnouncement || arrived === undefined || state !== connecting) return
      port = arrived
      port.addEventListener('message', ({ data }) => {
        const { data: message } = portMessageSchema.safeParse(data)
        if (message === undefined || !('text' in message)) return close()
        for (const listener of messageListeners) listener({ data: message.text })
        post({ taken: true })
      })
      port.addEventListener('close', close)
      port.start()
      state = open
      for (const listener of [...listeners.open]) listener()
    }
    page.addEventListener('message', onAnnouncement)
    shell.connect()

    const socket: Socket = {
      get readyState() {
        return state
      },
      send: (text) => post({ text }),
      close,
      addEventListener: (type: string, listener: (event: { data: string }) => void) => {
        if (type === 'message') messageListeners.add(listener)
        else listeners[type as 'open' | 'close'].add(listener as () => void)
      },
      removeEventListener: (type, listener) => listeners[type].delete(listener),
    }
    return socket
  }
}
