import type { DeliveryOutcome, ProblemCode } from './contract.ts'

export interface ExchangeRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** JSON text, or a form with files. */
  readonly body?: string | FormData
  readonly deadlineMs: number
}

/** What became of one call, seen from outside the vendor's own error codes. */
export type ExchangeAnswer =
  | { readonly outcome: 'json'; readonly status: number; readonly json: unknown }
  /** Refused as a whole, with HTTP's own words. */
  | { readonly outcome: 'http'; readonly status: number; readonly text: string }
  | Failed

export interface Failed {
  readonly outcome: 'failed'
  /** Whether the system may have acted upon it. */
  readonly effect: 'none' | 'unknown'
  readonly problem: ProblemCode
  readonly concerns: 'dossier' | 'system'
  readonly retryAfterMs?: number
}

const maxAnswerBytes = 1_000_000
const retryAfterCapMs = 10 * 60_000
/** Nothing had left this machine, or not as far as the system. */
const neverConnected =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|UND_ERR_CONNECT_TIMEOUT)/

/** One exchange. Never throws for what a network or a server does. */
export async function exchange(request: ExchangeRequest): Promise<ExchangeAnswer> {
  const { method, url, headers, body, deadlineMs } = request
  try {
    const response = await fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        'accept-encoding': 'identity',
        ...(typeof body === 'string' && { 'content-type': 'application/json; charset=utf-8' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(deadlineMs),
    })
    const text = await readCapped(response)
    const { status } = response
    if (status === 429 || status === 503) {
      const retryAfterMs = retryAfter(response.headers.get('retry-after'))
      // Who names a time has turned it away. A bare 503 is also what gateways say (Envoy does) when the system behind
      // them was lost in mid-request.
      const turnedAway = status === 429 || response.headers.has('retry-after')
      const effect = turnedAway ? 'none' : 'unknown'
      const busy = { outcome: 'failed', effect, problem: 'BUSY', concerns: 'system' } as const
      return retryAfterMs === undefined ? busy : { ...busy, retryAfterMs }
    }
    if (status === 404 || (status >= 300 && status < 400)) {
      return { outcome: 'failed', effect: 'none', problem: 'WRONG_ADDRESS', concerns: 'system' }
    }
    const json = text === undefined ? undefined : parse(text)
    if (status >= 400 && status < 500) {
      return json === undefined
        ? { outcome: 'http', status, text: '' }
        : { outcome: 'http', status, text: sayingOf(json) }
    }
    // A page of a proxy in between tells nothing about what the system behind it has done.
    if (json === undefined || status >= 500) return noAnswer
    return { outcome: 'json', status, json }
  } catch (error) {
    if (neverConnected.test(codeOf(error))) {
      return { outcome: 'failed', effect: 'none', problem: 'UNREACHABLE', concerns: 'system' }
    }
    return noAnswer
  }
}

const noAnswer: Failed = {
  outcome: 'failed',
  effect: 'unknown',
  problem: 'NO_ANSWER',
  // It may be this dossier that it chokes on.
  concerns: 'dossier',
}

/** What the queue is to do after an exchange that failed. */
export function laterAfter({ problem, concerns, retryAfterMs }: Failed): DeliveryOutcome {
  const later = { outcome: 'later', problem, concerns } as const
  return retryAfterMs === undefined ? later : { ...later, retryAfterMs }
}

/** The system's own words in an answer, wherever it puts them. */
export function sayingOf(json: unknown): string {
  if (typeof json !== 'object' || json === null) return ''
  for (const key of ['message', 'error_description', 'error', 'code', 'error_code']) {
    const value = (json as Record<string, unknown>)[key]
    if (typeof value === 'string' || typeof value === 'number') return String(value).slice(0, 500)
  }
  return ''
}

/** `undefined` when it is longer than any answer of such a system; the connection is given up then. */
async function readCapped(response: Response): Promise<string | undefined> {
  if (response.body === null) return ''
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body) {
    bytes += chunk.length
    if (bytes > maxAnswerBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function retryAfter(header: string | null): number | undefined {
  return header !== null && /^\d{1,9}$/.test(header.trim())
    ? Math.min(Number(header) * 1_000, retryAfterCapMs)
    : undefined
}

function codeOf(error: unknown): string {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    if ('code' in inner && typeof inner.code === 'string') return inner.code
  }
  return ''
}
