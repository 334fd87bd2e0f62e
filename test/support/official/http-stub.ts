import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface StubRequest {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

export interface StubReply {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** An object goes out as JSON. */
  readonly body: unknown
}

/** `cut`: the connection ends without an answer. `hang`: nothing comes, as long as the caller waits. */
export type StubAnswer = StubReply | 'cut' | 'hang'

export interface HttpStub {
  readonly url: string
  stop(): Promise<void>
}

/** A vendor's server on loopback, ended with the test. */
export async function httpStub(
  answer: (request: StubRequest) => StubAnswer | Promise<StubAnswer>,
): Promise<HttpStub> {
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method = '', url = '', headers } = request
    const reply = await answer({ method, path: url, headers, body: Buffer.concat(chunks) })
    if (reply === 'hang') return
    if (reply === 'cut') return void request.socket.destroy()
    const isText = typeof reply.body === 'string'
    response.writeHead(reply.status ?? 200, {
      'content-type': isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
      ...reply.headers,
    })
    response.end(isText ? reply.body : JSON.stringify(reply.body))
  }
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.writeHead(599).end(String(error))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    })
  onTestFinished(stop)
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop }
}
