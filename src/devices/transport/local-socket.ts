import { chmodSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'

/**
 * Tells whoever connects on this machine one text, and hangs up. The socket (a file) is its owner's alone; nothing
 * is ever read from it.
 */
export function tellLocally(path: string, text: () => string): Server {
  rmSync(path, { force: true })
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.end(text())
  })
  server.on('error', () => undefined)
  server.listen(path, () => chmodSync(path, 0o600))
  server.unref()
  return server
}

/** All that is told there; empty when nobody tells anything within `deadlineMs`. */
export function askLocally(path: string, deadlineMs: number): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    const socket = connect(path)
    socket.setTimeout(deadlineMs, () => socket.destroy())
    socket.setEncoding('utf8')
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(text))
  })
}
