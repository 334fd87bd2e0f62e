import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Writes an answer of any kind, or none. */
export type HostileAnswer = (response: ServerResponse) => void

export interface HostileServer {
  readonly url: string
  /** The token of every request that came, in order. */
  readonly tokens: string[]
  /** All that the other side, or the buffers between, have taken. */
  bytesWritten(): number
  openConnections(): Promise<number>
  close(): Promise<void>
}

/** A real server on loopback that answers whatever is asked of it in one and the same way. */
export async function startHostileServer(answer: HostileAnswer): Promise<HostileServer> {
  const tokens: string[] = []
  const sockets = new Set<NonNullable<ServerResponse['socket']>>()
  const server = createServer((request, response) => {
    tokens.push(request.headers.authorization ?? '')
    request.resume()
    response.on('error', () => {})
    answer(response)
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    tokens,
    bytesWritten: () => [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, 0),
    openConnections: () =>
      new Promise((done, fail) =>
        server.getConnections((error, count) => (error ? fail(error) : done(count))),
      ),
    async close() {
      server.closeAllConnections()
      for (const socket of sockets) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}
