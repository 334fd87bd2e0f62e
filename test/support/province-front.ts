import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
  request as send,
} from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'

export interface ProvinceFront {
  /** To be given to a kiosk as its province. */
  readonly url: string
  /** Answers in the province's place; nothing: passes everything on. */
  answerWith(answer: ((response: ServerResponse) => void) | undefined): void
  /** A proxy that knows better: these headers go through neither way. */
  strip(...names: readonly string[]): void
  /** How many requests it has answered in the province's place. */
  misled(): number
  stop(): Promise<void>
}

/** Stands between a kiosk and the province and lets through what it likes. */
export async function startProvinceFront(
  target: string,
  /** Over https, and only for whom this authority knows. */
  tls?: { readonly cert: string; readonly key: string; readonly ca: string },
): Promise<ProvinceFront> {
  let answer: ((response: ServerResponse) => void) | undefined
  let misled = 0
  let stripped: readonly string[] = []
  const without = <Headers extends object>(headers: Headers): Headers =>
    Object.fromEntries(
      Object.entries(headers).filter(([name]) => !stripped.includes(name)),
    ) as Headers
  const handle: RequestListener = (request, response) => {
    response.on('error', () => {})
    request.on('error', () => {})
    if (answer === undefined) return passOn(request, response)
    misled += 1
    request.resume()
    answer(response)
  }
  const server = tls
    ? createSecureServer({ ...tls, requestCert: true, rejectUnauthorized: true }, handle)
    : createServer(handle)
  function passOn(request: IncomingMessage, response: ServerResponse): void {
    const { method = 'GET', url = '/', headers } = request
    const far = send(new URL(url, target), { method, headers: without(headers) }, (answered) => {
      response.writeHead(answered.statusCode ?? 502, without(answered.headers))
      answered.pipe(response)
    })
    far.on('error', () => response.destroy())
    request.pipe(far)
  }
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    answerWith(next) {
      answer = next
      // Nobody goes on with a connection from before.
      server.closeAllConnections()
    },
    strip(...names) {
      stripped = names
    },
    misled: () => misled,
    async stop() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
