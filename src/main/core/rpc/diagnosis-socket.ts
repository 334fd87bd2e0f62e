import { chmodSync, rmSync } from 'node:fs'
// biome-ignore lint/style/noRestrictedImports: a socket in the file system of this machine, not the network
import { connect, createServer, type Server } from 'node:net'
import type { Diagnosis } from '../../../contract/diagnosis.ts'

/**
 * A running core tells who asks on this machine how it is: connect, read one JSON document to its end. Read-only;
 * the socket is its owner's alone.
 */
export function serveDiagnosis(path: string, diagnose: () => Diagnosis): Server {
  rmSync(path, { force: true })
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.end(JSON.stringify(diagnose()))
  })
  server.on('error', () => undefined)
  server.listen(path, () => chmodSync(path, 0o600))
  server.unref()
  return server
}

/** Undefined when no core answers there. */
export function askDiagnosis(path: string, deadlineMs: number): Promise<unknown> {
  return new Promise((resolve) => {
    let text = ''
    const socket = connect(path)
    socket.setTimeout(deadlineMs, () => socket.destroy())
    socket.setEncoding('utf8')
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      try {
        resolve(JSON.parse(text))
      } catch {
        resolve(undefined)
      }
    })
  })
}
