import { z } from 'zod'
import type { DvcqgConfig } from '../adapter-config.ts'
import type { DeliveryOutcome } from '../contract.ts'
import { type ExchangeAnswer, exchange, type Failed, laterAfter, sayingOf } from '../exchange.ts'
import { readSecret } from '../read-secret.ts'

/**
 * What a service answered. `error_code` 0 or "00" is success, but a dossier that is there already comes back
 * with success too, and says so only in its message.
 */
export type ServiceAnswer =
  | { readonly outcome: 'ok'; readonly result: unknown; readonly message: string }
  | { readonly outcome: 'exists' }
  | { readonly outcome: 'refused'; readonly message: string }
  | Failed
  | { readonly outcome: 'logIn'; readonly next: DeliveryOutcome }

export interface DvcqgCalls {
  call(service: string, extra: Readonly<Record<string, unknown>>): Promise<ServiceAnswer>
}

const codeSchema = z.union([z.string(), z.int()]).transform(String)
const answerSchema = z.looseObject({
  error_code: codeSchema,
  message: z.string().nullish(),
  result: z.unknown().optional(),
})
const sessionSchema = z.looseObject({
  session: z.string().min(1),
  error_code: codeSchema.optional(),
})

const logInRefused: DeliveryOutcome = {
  outcome: 'later',
  problem: 'LOG_IN_REFUSED',
  concerns: 'system',
}

const success = new Set(['0', '00'])
const existsCodes = new Set(['0', '00', '3', '-3'])

/** One session for all dossiers; a refusal under an old one is asked again under a new one. */
export function dvcqgCalls(config: DvcqgConfig): DvcqgCalls {
  const password = readSecret(config)
  const { username, unitId, destination } = config
  const deadlineMs = config.deadlineSeconds * 1_000
  const base = config.url.replace(/\/$/, '')
  const headers = {
    charset: 'utf-8',
    ...(destination === undefined ? {} : { dstcode: destination }),
  }
  let session: string | undefined

  const post = (path: string, body: object): Promise<ExchangeAnswer> =>
    exchange({ method: 'POST', url: base + path, headers, body: JSON.stringify(body), deadlineMs })

  const logIn = async (): Promise<{ session: string } | { next: DeliveryOutcome }> => {
    const answer = await post(config.authPath, { username, password })
    if (answer.outcome === 'failed') {
      // Whatever became of it: no dossier was in it, and no other would fare better.
      return { next: laterAfter({ ...answer, concerns: 'system' }) }
    }
    const parsed = answer.outcome === 'json' ? sessionSchema.safeParse(answer.json) : undefined
    if (!parsed?.success || !success.has(parsed.data.error_code ?? '0')) {
      return { next: logInRefused }
    }
    return { session: parsed.data.session }
  }

  return {
    async call(service, extra) {
      // The system tells an expired session in no certain way, so any refusal under an old one may be that.
      for (let isFresh = session === undefined; ; isFresh = true) {
        if (session === undefined) {
          const begun = await logIn()
          if ('next' in begun) return { outcome: 'logIn', next: begun.next }
          session = begun.session
        }
        const body = { session, madonvi: unitId, service, ...extra }
        const exchanged = await post(config.servicePath, body)
        const isShut = exchanged.outcome === 'http' && [401, 403].includes(exchanged.status)
        if (isShut && isFresh) return { outcome: 'logIn', next: logInRefused }
        const answer = read(exchanged)
        if (answer.outcome !== 'refused' || isFresh) return answer
        session = undefined
      }
    },
  }
}

function read(answer: ExchangeAnswer): ServiceAnswer {
  if (answer.outcome === 'failed') return answer
  if (answer.outcome === 'http') return { outcome: 'refused', message: `HTTP ${answer.status}` }
  const parsed = answerSchema.safeParse(answer.json)
  if (!parsed.success) {
    return { outcome: 'failed', effect: 'unknown', problem: 'NO_ANSWER', concerns: 'dossier' }
  }
  const { error_code: code, result } = parsed.data
  const message = (parsed.data.message ?? '').normalize('NFC')
  if (existsCodes.has(code) && /đã tồn tại/i.test(message)) return { outcome: 'exists' }
  if (success.has(code)) return { outcome: 'ok', result, message }
  return { outcome: 'refused', message: sayingOf(answer.json) }
}
