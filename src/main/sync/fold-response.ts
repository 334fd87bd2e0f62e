import { problemSchema } from '../../contract/province/receipt.ts'
import type { Failure } from './answer.ts'
import { parseRetryAfter } from './retry-policy.ts'

/** What of an HTTP answer decides. */
export interface ErrorResponse {
  readonly status: number
  readonly retryAfter: string | null
  /** The JSON body, `undefined` when it is none. */
  readonly json: unknown
}

/** Every answer that is not 2xx. */
export function foldErrorResponse(
  { status, retryAfter, json }: ErrorResponse,
  nowMs: number,
): Failure {
  const problem = problemSchema.safeParse(json).data?.code
  const waitMs = parseRetryAfter(retryAfter, nowMs)
  const later = (concerns: 'everyone' | 'thisMessage'): Failure => ({
    outcome: 'later',
    code: problem ?? `HTTP_${status}`,
    concerns,
    ...(waitMs !== undefined && { retryAfterMs: waitMs }),
  })
  if (status === 401) return { outcome: 'stop', code: 'UNAUTHENTICATED' }
  if (status === 403) return { outcome: 'stop', code: 'FORBIDDEN' }
  if (status === 429 || status === 503) return later('everyone')
  if (status >= 500 || status === 408 || status === 425) return later('thisMessage')
  if (status === 413) return { outcome: 'rejected', code: problem ?? 'HTTP_413' }
  // A redirect, or an error page that is not the province's: a portal, a proxy, a wrong address.
  if (status < 400 || problem === undefined) return { outcome: 'garbled', code: `HTTP_${status}` }
  switch (problem) {
    case 'INVALID_MESSAGE':
    case 'KEY_REUSED':
    case 'DOSSIER_EXISTS':
    case 'TOO_LARGE':
      return { outcome: 'rejected', code: problem }
    case 'UNAUTHENTICATED':
    case 'FORBIDDEN':
    case 'NOT_FOUND':
    case 'EPOCH_REPEATED':
      return { outcome: 'stop', code: problem }
    case 'EPOCH_UNKNOWN':
      return { outcome: 'epochUnknown' }
    case 'BUSY':
      return later('everyone')
    case 'INTERNAL':
      return later('thisMessage')
  }
}
