import {
  type Agent,
  type ClientRequest,
  type IncomingMessage,
  request as requestHttp,
} from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Failure } from './answer.ts'
import type { Pace } from './bandwidth.ts'
import { createDeadline, type Deadline } from './deadline.ts'
import { foldErrorResponse } from './fold-response.ts'
import { readCapped } from './read-capped.ts'

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: string
  readonly token: string
  /** Whose certificates count, and which is shown. */
  readonly agent: Agent
  /** The exact bytes: a JSON text, or a sealed page. */
  readonly body?: string | Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
  /** How fast the body may go; without: as fast as it can. */
  readonly pace?: Pace | undefined
  /** For the whole exchange, from the name look-up to the last byte; waiting for the pace does not count. */
  readonly deadlineMs: number
  readonly maxResponseBytes: number
  /** Ends the exchange early; what became of it is then not known. */
  readonly signal?: AbortSignal
}

export type HttpAnswer =
  | { readonly outcome: 'ok'; readonly status: number; readonly json: unknown }
  | Failure

/** Longest head of an answer, bytes. */
const maxHeaderSize = 16 * 1024

/**
 * One exchange. Never throws for what a network or a server does. Node's plain client follows no redirect and
 * unpacks nothing, so there is neither a stranger who gets the token nor a bomb to unpack.
 */
export async function httpExchange(request: HttpRequest): Promise<HttpAnswer> {
  const deadline = createDeadline(request.deadlineMs, request.signal)
  try {
    const response = await send(request, deadline)
    const text = await readCapped(response, request.maxResponseBytes)
    const json = text === undefined ? undefined : parseJson(response, text)
    const status = response.statusCode ?? 0
    if (status < 200 || status > 299) {
      const retryAfter = response.headers['retry-after'] ?? null
      return foldErrorResponse({ status, retryAfter, json }, Date.now())
    }
    if (text === undefined) return { outcome: 'garbled', code: 'ANSWER_TOO_LARGE' }
    if (json === undefined) return { outcome: 'garbled', code: 'ANSWER_NOT_JSON' }
    return { outcome: 'ok', status, json }
  } catch (error) {
    if (request.signal?.aborted) return later('ABORTED', 'everyone')
    // A stalled exchange may be this message's size (a path that drops large packets), not the network.
    if (deadline.isOver()) return later('DEADLINE', 'thisMessage')
    return later(networkCode(error), 'everyone')
  } finally {
    deadline.clear()
  }
}

/** Resolves when the head of the answer is there. */
function send(request: HttpRequest, deadline: Deadline): Promise<IncomingMessage> {
  const { method, url, token, agent, body, pace } = request
  const { signal } = deadline
  const bytes = body === undefined ? undefined : Buffer.from(body)
  return new Promise((resolve, reject) => {
    const sent = (url.startsWith('https:') ? requestHttps : requestHttp)(url, {
      method,
      agent,
      signal,
      maxHeaderSize,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        'accept-encoding': 'identity',
        ...(body !== undefined && { 'content-type': contentType(body) }),
        ...(bytes && { 'content-length': bytes.length }),
        ...request.headers,
      },
    })
    sent.on('response', resolve)
    sent.on('error', reject)
    // A connection that is taken over (101) or given up has neither answer nor error.
    sent.on('close', () => reject(new Error('closed without an answer')))
    if (bytes && pace) void writePaced(sent, bytes, pace, deadline)
    else sent.end(bytes)
  })
}

/** Ends early when there is an answer already, or no connection any more. */
async function writePaced(
  sent: ClientRequest,
  bytes: Buffer,
  pace: Pace,
  deadline: Deadline,
): Promise<void> {
  let answered = false
  sent.on('response', () => {
    answered = true
  })
  for (let from = 0; from < bytes.length; from += pace.sliceBytes) {
    const slice = bytes.subarray(from, from + pace.sliceBytes)
    await deadline.except(pace.take(slice.length, deadline.signal))
    if (answered || sent.destroyed) return
    sent.write(slice)
  }
  sent.end()
}

function contentType(body: string | Uint8Array): string {
  return typeof body === 'string' ? 'application/json' : 'application/octet-stream'
}

function later(code: string, concerns: 'everyone' | 'thisMessage'): Failure {
  return { outcome: 'later', code, concerns }
}

function parseJson(response: IncomingMessage, text: string): unknown {
  if (!/^application\/json\s*(;|$)/i.test(response.headers['content-type'] ?? '')) return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** `ECONNREFUSED`, `ENOTFOUND`, `CERT_HAS_EXPIRED` … */
function networkCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : 'NETWORK'
}
