import type { AnyRouter } from '@orpc/server'
import { type MinimalWebsocket, RPCHandler } from '@orpc/server/websocket'
import type { Port } from './port.ts'

/**
 * Speaks the contract on one port until it closes. The WebSocket handler is used on purpose, whatever carries
 * the port: it hands back the promise of each message, so that garbage closes the port instead of ending core
 * with an unhandled rejection, and it waits for `send`, so that a slow client is not written to without end.
 */
export function serveContract(router: AnyRouter, port: Port): void {
  const handler = new RPCHandler(router)
  const peer: MinimalWebsocket = {
    send: (data) => port.send(String(data)),
    addEventListener: () => {},
  }
  port.onMessage((text) => {
    handler.message(peer, text).catch(() => port.close())
  })
  port.onClose(() => handler.close(peer))
}
