import type { WebSocket } from 'ws'
import type { Frame } from '../core/rpc/frame.ts'

/** A client that lets this many bytes pile up is cut off; it comes back and reads the newest snapshot. */
const mostBufferedBytes = 1_000_000
/** Bytes of one client that core has not taken yet; more is not read from its socket until it has. */
const mostUnsentBytes = 256_000
/** "Service restart": the renderer connects again at once. */
const serviceRestart = 1012

export interface ClientPipe {
  /** Takes over a socket that was let in. It is not read from before core is up. */
  accept(socket: WebSocket): void
  coreReady(): void
  coreDown(): void
  fromCore(frame: Frame): void
  closeAll(): void
}

/** Each WebSocket becomes a numbered port of core. Text goes through unread. */
export function createClientPipe(sendToCore: (frame: Frame) => Promise<void>): ClientPipe {
  const sockets = new Map<number, WebSocket>()
  const waiting = new Set<WebSocket>()
  let lastPort = 0
  let isReady = false

  const open = (socket: WebSocket) => {
    const port = ++lastPort
    sockets.set(port, socket)
    sendToCore({ rpc: 'open', port })
    let unsentBytes = 0
    socket.on('message', (data, isBinary) => {
      if (isBinary) return socket.close(1003)
      const text = data.toString()
      unsentBytes += text.length
      if (unsentBytes > mostUnsentBytes) socket.pause()
      void sendToCore({ rpc: 'data', port, text }).then(() => {
        unsentBytes -= text.length
        if (socket.isPaused && unsentBytes <= mostUnsentBytes) socket.resume()
      })
    })
    socket.on('close', () => {
      if (sockets.delete(port)) sendToCore({ rpc: 'close', port })
    })
    socket.resume()
  }
  const closeAll = (code: number) => {
    const open = [...sockets.values()]
    sockets.clear()
    for (const socket of open) socket.close(code)
  }

  return {
    accept: (socket) => {
      socket.on('error', () => socket.terminate())
      if (isReady) return open(socket)
      socket.pause()
      waiting.add(socket)
      socket.on('close', () => waiting.delete(socket))
    },
    coreReady: () => {
      isReady = true
      const ready = [...waiting]
      waiting.clear()
      for (const socket of ready) open(socket)
    },
    coreDown: () => {
      isReady = false
      closeAll(serviceRestart)
    },
    fromCore: (frame) => {
      switch (frame.rpc) {
        case 'data': {
          const socket = sockets.get(frame.port)
          if (socket === undefined) return
          if (socket.bufferedAmount > mostBufferedBytes) socket.terminate()
          else socket.send(frame.text)
          return
        }
        case 'close':
          sockets.get(frame.port)?.close(1008)
          sockets.delete(frame.port)
          return
        case 'open':
        case 'ready':
          return
      }
    },
    closeAll: () => {
      for (const socket of waiting) socket.terminate()
      waiting.clear()
      closeAll(1001)
    },
  }
}
