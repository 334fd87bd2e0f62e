import { createServer, type Server } from 'node:http'

export interface LocalAnswer {
  readonly status: number
  readonly contentType: string
  readonly text: string
}

/**
 * Answers GET on this machine's own loopback. Nothing is ever read from a request but its path; who came by another
 * name than this machine's own (a page in some browser, by DNS) gets nothing.
 * @param answer undefined: there is no such path
 * @param onFault the port is taken, or may not be had
 */
export function answerLocally(
  port: number,
  answer: (path: string) => LocalAnswer | undefined,
  onFault: (code: string) => void,
): Server {
  const server = createServer((request, response) => {
    request.resume()
    response.on('error', () => undefined)
    const send = (status: number, contentType: string, text: string) => {
      response.writeHead(status, {
        'content-type': contentType,
        'content-length': Buffer.byteLength(text),
        'cache-control': 'no-store',
        connection: 'close',
      })
      response.end(request.method === 'HEAD' ? undefined : text)
    }
    const plain = 'text/plain; charset=utf-8'
    const host = request.headers.host ?? ''
    if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host)) return send(421, plain, '')
    if (request.method !== 'GET' && request.method !== 'HEAD') return send(405, plain, '')
    const found = answer((request.url ?? '/').split('?', 1)[0] ?? '/')
    if (found === undefined) return send(404, plain, '')
    send(found.status, found.contentType, found.text)
  })
  server.headersTimeout = 5_000
  server.requestTimeout = 5_000
  server.maxConnections = 16
  server.on('error', (error: NodeJS.ErrnoException) => onFault(error.code ?? 'ERROR'))
  server.listen(port, '127.0.0.1')
  server.unref()
  return server
}
