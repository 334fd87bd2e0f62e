import type { Failure } from './answer.ts'
import { foldErrorResponse } from './fold-response.ts'

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: string
  readonly token: string
  /** The exact bytes: a JSON text, or a sealed page. */
  readonly body?: string | Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
  /** For the whole exchange, from the name look-up to the last byte. */
  readonly deadlineMs: number
  readonly maxResponseBytes: number
  /** Ends the exchange early; what became of it is then not known. */
  readonly signal?: AbortSignal
}

export type HttpAnswer =
  | { readonly outcome: 'ok'; readonly status: number; readonly json: unknown }
  | Failure

/** One exchange. Never throws for what a network or a server does. */
export async function httpExchange(request: HttpRequest): Promise<HttpAnswer> {
  const deadline = AbortSignal.timeout(request.deadlineMs)
  const signal = request.signal ? AbortSignal.any([request.signal, deadline]) : deadline
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: {
        authorization: `Bearer ${request.token}`,
        accept: 'application/json',
        // Nothing to unpack, so no bomb to unpack.
        'accept-encoding': 'identity',
        ...(request.body !== undefined && { 'content-type': contentType(request.body) }),
        ...request.headers,
      },
      ...(request.body !== undefined && { body: request.body }),
      redirect: 'manual',
      signal,
    })
    const text = await readCapped(response, request.maxResponseBytes)
    const json = text === undefined ? undefined : parseJson(response, text)
    if (!response.ok) {
      const retryAfter = response.headers.get('retry-after')
      return foldErrorResponse({ status: response.status, retryAfter, json }, Date.now())
    }
    if (text === undefined) return { outcome: 'garbled', code: 'ANSWER_TOO_LARGE' }
    if (json === undefined) return { outcome: 'garbled', code: 'ANSWER_NOT_JSON' }
    return { outcome: 'ok', status: response.status, json }
  } catch (error) {
    if (request.signal?.aborted) return later('ABORTED', 'everyone')
    // A stalled exchange may be this message's size (a path that drops large packets), not the network.
    if (deadline.aborted) return later('DEADLINE', 'thisMessage')
    return later(networkCode(error), 'everyone')
  }
}

function contentType(body: string | Uint8Array): string {
  return typeof body === 'string' ? 'application/json' : 'application/octet-stream'
}

function later(code: string, concerns: 'everyone' | 'thisMessage'): Failure {
  return { outcome: 'later', code, concerns }
}

/** `undefined` when the body is longer than the cap; the connection is given up then. */
async function readCapped(response: Response, maxBytes: number): Promise<string | undefined> {
  if (response.body === null) return ''
  const chunks: Uint8Array[] = []
  let bytes = 0
  // Leaving the loop cancels the stream.
  for await (const chunk of response.body) {
    bytes += chunk.length
    if (bytes > maxBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parseJson(response: Response, text: string): unknown {
  if (!/^application\/json\s*(;|$)/i.test(response.headers.get('content-type') ?? '')) {
    return undefined
  }
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** `ECONNREFUSED`, `ENOTFOUND`, `CERT_HAS_EXPIRED` …: fetch hides it in the cause. */
function networkCode(error: unknown): string {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    if ('code' in inner && typeof inner.code === 'string') return inner.code
  }
  return 'NETWORK'
}
