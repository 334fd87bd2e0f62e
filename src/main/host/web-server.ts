import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { PageFile } from '../page/page-files.ts'
import { securityHeaders } from '../page/security-headers.ts'
import { hasScreenCookie } from './session-cookie.ts'
import { isSameToken } from './token.ts'

/** The protocol that the server chooses; the token travels beside it, never in a URL that reaches a log. */
export const rpcProtocol = 'motcua.v1'
const tokenPrefix = 'token.'
/** The longest intention is far below this. */
const maxMessageBytes = 64 * 1024

export interface WebServerOptions {
  /** 0: any free port. */
  readonly port: number
  readonly token: string
  readonly files: ReadonlyMap<string, PageFile>
  readonly onClient: (socket: WebSocket) => void
}

export interface WebServer {
  readonly port: number
  close(): Promise<void>
}

/**
 * Serves the page and lets WebSockets in on loopback only. Every request must name exactly this host (a foreign
 * name that resolves to loopback is refused) and every WebSocket must come from this page and know the token: in the cookie of the
 * browser that the host has started, or beside the protocol.
 */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  let host = ''
  let headers: Readonly<Record<string, string>> = {}
  const server = createServer((request, response) => {
    const answer = (status: number, body: string | Buffer, type = 'text/plain; charset=utf-8') => {
      response.writeHead(status, { ...headers, 'Content-Type': type })
      response.end(request.method === 'HEAD' ? undefined : body)
    }
    if (request.headers.host !== host) return answer(403, 'Wrong host\n')
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, 'Not allowed\n')
    const file = options.files.get((request.url ?? '/').split('?')[0] ?? '/')
    if (file === undefined) return answer(404, 'Not found\n')
    answer(200, file.body, file.type)
  })
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    handleProtocols: () => rpcProtocol,
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const status = refusal(request, host, options.token)
    if (status === undefined) {
      sockets.handleUpgrade(request, socket, head, options.onClient)
    } else {
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  host = `127.0.0.1:${port}`
  headers = securityHeaders(`ws://${host}`)
  return {
    port,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function refusal(request: IncomingMessage, host: string, token: string): string | undefined {
  if (request.headers.host !== host) return '403 Forbidden'
  if (request.headers.origin !== `http://${host}`) return '403 Forbidden'
  if (request.url !== '/rpc') return '404 Not Found'
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(/\s*,\s*/)
  const given = offered.find((protocol) => protocol.startsWith(tokenPrefix)) ?? ''
  if (!offered.includes(rpcProtocol)) return '401 Unauthorized'
  if (hasScreenCookie(request.headers.cookie, token)) return undefined
  if (!isSameToken(given.slice(tokenPrefix.length), token)) return '401 Unauthorized'
  return undefined
}
