import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import type { IgateConfig } from '../adapter-config.ts'
import type { DeliveryOutcome } from '../contract.ts'
import {
  type ExchangeAnswer,
  type ExchangeRequest,
  exchange,
  type Failed,
  laterAfter,
  sayingOf,
} from '../exchange.ts'
import { readSecret } from '../read-secret.ts'

export type IgateAnswer =
  | { readonly outcome: 'ok'; readonly json: unknown }
  | { readonly outcome: 'exists' }
  | { readonly outcome: 'refused'; readonly message: string }
  | Failed
  | { readonly outcome: 'logIn'; readonly next: DeliveryOutcome }

export interface IgateCalls {
  get(path: string, query: Readonly<Record<string, string>>): Promise<IgateAnswer>
  post(path: string, body: object | FormData): Promise<IgateAnswer>
}

const tokenSchema = z.looseObject({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().catch(300),
})
const codeSchema = z.looseObject({ code: z.union([z.string(), z.number()]).transform(String) })

const success = new Set(['0', '00', '200', '201', 'success'])
/** A token that ends while a call is on its way is as good as none. */
const tokenMarginMs = 60_000

const logInRefused: DeliveryOutcome = {
  outcome: 'later',
  problem: 'LOG_IN_REFUSED',
  concerns: 'system',
}

/** One token until shortly before its end; a call that is told 401 gets another, once. */
export function igateCalls(config: IgateConfig, clock: Clock): IgateCalls {
  const secret = readSecret(config)
  const base = config.url.replace(/\/$/, '')
  const deadlineMs = config.deadlineSeconds * 1_000
  let token: { readonly text: string; readonly endsAt: number } | undefined

  const fetchToken = async (): Promise<{ text: string } | { next: DeliveryOutcome }> => {
    const answer = await exchange({
      method: 'POST',
      url: base + config.paths.token,
      body: JSON.stringify({ client_id: config.clientId, client_secret: secret }),
      deadlineMs,
    })
    if (answer.outcome === 'failed') {
      return { next: laterAfter({ ...answer, concerns: 'system' }) }
    }
    const parsed = answer.outcome === 'json' ? tokenSchema.safeParse(answer.json) : undefined
    if (!parsed?.success) return { next: logInRefused }
    const { access_token: text, expires_in: seconds } = parsed.data
    const endsAt = clock().getTime() + seconds * 1_000 - tokenMarginMs
    token = { text, endsAt }
    return { text }
  }

  const call = async (
    request: Omit<ExchangeRequest, 'headers' | 'deadlineMs'>,
  ): Promise<IgateAnswer> => {
    for (let isLast = false; ; isLast = true) {
      const held = token && clock().getTime() < token.endsAt ? token : await fetchToken()
      if ('next' in held) return { outcome: 'logIn', next: held.next }
      const headers = { authorization: `Bearer ${held.text}` }
      const answer = await exchange({ ...request, headers, deadlineMs })
      const isShut = answer.outcome === 'http' && [401, 403].includes(answer.status)
      if (!isShut) return read(answer)
      token = undefined
      if (isLast) return { outcome: 'logIn', next: logInRefused }
    }
  }

  return {
    get: (path, query) =>
      call({ method: 'GET', url: `${base}${path}?${new URLSearchParams(query)}` }),
    post: (path, body) =>
      call({
        method: 'POST',
        url: base + path,
        body: body instanceof FormData ? body : JSON.stringify(body),
      }),
  }
}

function read(answer: ExchangeAnswer): IgateAnswer {
  if (answer.outcome === 'failed') return answer
  const message =
    answer.outcome === 'http'
      ? `HTTP ${answer.status} ${answer.text}`.trim()
      : sayingOf(answer.json)
  if (/đã tồn tại/i.test(message.normalize('NFC'))) return { outcome: 'exists' }
  if (answer.outcome === 'http') return { outcome: 'refused', message }
  // Some of the calls answer with a code of their own, some with nothing but HTTP's.
  const code = codeSchema.safeParse(answer.json)
  if (code.success && !success.has(code.data.code.toLowerCase())) {
    return { outcome: 'refused', message }
  }
  return { outcome: 'ok', json: answer.json }
}
