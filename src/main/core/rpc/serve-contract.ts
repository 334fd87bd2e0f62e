import type { AnyRouter } from '@orpc/server'
import { type MinimalWebsocket, RPCHandler } from '@orpc/server/websocket'
import type { Port } from './port.ts'

/** Calls of one client that are answered at the same time; a renderer has a handful, its snapshots among them. */
const mostOpenCalls = 100

/**
 * Speaks the contract on one port until it closes. The WebSocket handler is used on purpose, whatever carries
 * the port: it hands back the promise of each message, so that garbage closes the port instead of ending core
 * with an unhandled rejection, and it waits for `send`, so that a slow client is not written to without end. A
 * client that asks faster than it is answered is cut off: the others want to be served.
 */
export function serveContract(router: AnyRouter, port: Port): void {
  const handler = new RPCHandler(router)
  const peer: MinimalWebsocket = {
    send: (data) => port.send(String(data)),
    addEventListener: () => {},
  }
  let openCalls = 0
  port.onMessage((text) => {
    openCalls += 1
    if (openCalls > mostOpenCalls) return port.close()
    handler
      .message(peer, text)
      .catch(() => port.close())
      .finally(() => {
        openCalls -= 1
      })
  })
  port.onClose(() => handler.close(peer))
}
