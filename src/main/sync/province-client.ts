import { z } from 'zod'
import {
  type FeedKind,
  type FeedPage,
  type FeedRefusal,
  feedPageSchema,
} from '../../contract/province/feed.ts'
import {
  type AuditPoint,
  type Heartbeat,
  heartbeatAnswerSchema,
} from '../../contract/province/heartbeat.ts'
import { type HeldInEpoch, missingAnswerSchema } from '../../contract/province/held.ts'
import type { PageReceipt } from '../../contract/province/page.ts'
import type { EpochRegistration, Receipt } from '../../contract/province/receipt.ts'
import type { Failure } from './answer.ts'
import type { Bandwidth } from './bandwidth.ts'
import { type HttpAnswer, type HttpRequest, httpExchange } from './http-exchange.ts'
import { createProvinceAgent } from './province-agent.ts'
import type { TlsIdentity } from './tls-identity.ts'
import { createVerifier, type VerificationKey } from './verifier.ts'
import { verifyPageReceipt } from './verify-page-receipt.ts'
import { verifyReceipt } from './verify-receipt.ts'

export interface ProvinceClientOptions {
  /** https, or plain http to this very machine. */
  readonly url: string
  readonly kioskId: string
  readonly token: string
  readonly provinceId: string
  readonly receiptKeys: readonly VerificationKey[]
  /** Shown to an https province, and by what it is known. */
  readonly tls?: TlsIdentity | undefined
  /** What messages and pages may have of the line; without: all of it. */
  readonly bandwidth?: Bandwidth | undefined
  /** For each exchange as a whole; 15 s. */
  readonly deadlineMs?: number
  /** Told after every exchange. */
  readonly onExchange?: (answer: HttpAnswer) => void
}

export type MessageAnswer =
  /** The province durably holds these bytes: the receipt verified. */
  { readonly outcome: 'accepted'; readonly receipt: Receipt } | Failure

export type PageAnswer =
  /** The province durably holds this page: the receipt verified. */
  { readonly outcome: 'accepted'; readonly receipt: PageReceipt } | Failure

export type DoneAnswer = { readonly outcome: 'done' } | Failure
export type HeartbeatHeard =
  | {
      readonly outcome: 'heard'
      readonly auditSeen: AuditPoint | null
      readonly held: readonly HeldInEpoch[] | undefined
    }
  | Failure
export type MissingKeys =
  | { readonly outcome: 'missing'; readonly keys: readonly string[] }
  | Failure
export type FeedAnswer = { readonly outcome: 'page'; readonly items: FeedPage['items'] } | Failure

/** The province as the kiosk reaches it. No method throws for what a network or a server does. */
export interface ProvinceClient {
  /** Idempotent: the same key always goes with the same bytes. */
  sendMessage(
    message: { readonly key: string; readonly payload: string; readonly bodyHash: string },
    signal?: AbortSignal,
  ): Promise<MessageAnswer>
  /** Idempotent. `contentHash`: SHA-256 hex of the ciphertext. */
  putPage(
    contentHash: string,
    ciphertext: Uint8Array<ArrayBuffer>,
    signal?: AbortSignal,
  ): Promise<PageAnswer>
  registerEpoch(registration: EpochRegistration, signal?: AbortSignal): Promise<DoneAnswer>
  feedPage(kind: FeedKind, after: number, limit: number, signal?: AbortSignal): Promise<FeedAnswer>
  refuseFeedItem(kind: FeedKind, refusal: FeedRefusal, signal?: AbortSignal): Promise<DoneAnswer>
  beat(heartbeat: Heartbeat, signal?: AbortSignal): Promise<HeartbeatHeard>
  /** Which of these, for which there are receipts, the province does not hold. */
  missingKeys(keys: readonly string[], signal?: AbortSignal): Promise<MissingKeys>
  /** `done` only when the SMS was handed over (202). Not idempotent: never repeated by itself. */
  requestPhoneCode(sealed: string, deadlineMs: number): Promise<DoneAnswer>
}

const nothingSchema = z.strictObject({})
const receiptCapBytes = 16 * 1024
const missingAnswerCapBytes = 64 * 1024
const feedPageCapBytes = 4 * 1024 * 1024

/** @throws when the address is not allowed or a key is none: a bad configuration */
export function createProvinceClient(options: ProvinceClientOptions): ProvinceClient {
  const { provinceId, token, deadlineMs = 15_000 } = options
  const root = kioskRoot(options.url, options.kioskId)
  const agent = createProvinceAgent(root, options.tls)
  const verifier = createVerifier(options.receiptKeys)

  async function exchange(
    request: Pick<HttpRequest, 'method' | 'body' | 'headers' | 'pace'> & {
      readonly path: string
      readonly signal: AbortSignal | undefined
      readonly deadlineMs?: number
      readonly maxResponseBytes?: number
    },
  ): Promise<HttpAnswer> {
    const { path, signal, ...rest } = request
    const answer = await httpExchange({
      deadlineMs,
      maxResponseBytes: receiptCapBytes,
      ...rest,
      token,
      agent,
      url: `${root}/${path}`,
      ...(signal && { signal }),
    })
    options.onExchange?.(answer)
    return answer
  }
  /** Within the kiosk's share of the line. */
  const upload = (request: Parameters<typeof exchange>[0]): Promise<HttpAnswer> =>
    options.bandwidth
      ? options.bandwidth.upload((pace) => exchange({ ...request, pace }))
      : exchange(request)
  const post = async (path: string, body: unknown, signal?: AbortSignal): Promise<HttpAnswer> =>
    exchange({ method: 'POST', path, body: JSON.stringify(body), signal })

  return {
    async sendMessage({ key, payload, bodyHash }, signal) {
      const headers = { 'idempotency-key': key }
      const answer = await upload({
        method: 'POST',
        path: 'messages',
        body: payload,
        headers,
        signal,
      })
      if (answer.outcome !== 'ok') return answer
      const verdict = verifyReceipt(answer.json, { key, bodyHash, provinceId }, verifier)
      return verdict.ok
        ? { outcome: 'accepted', receipt: verdict.receipt }
        : { outcome: 'garbled', code: verdict.code }
    },
    async putPage(contentHash, ciphertext, signal) {
      const path = `pages/${contentHash}`
      const answer = await upload({ method: 'PUT', path, body: ciphertext, signal })
      if (answer.outcome !== 'ok') return answer
      const verdict = verifyPageReceipt(answer.json, { contentHash, provinceId }, verifier)
      return verdict.ok
        ? { outcome: 'accepted', receipt: verdict.receipt }
        : { outcome: 'garbled', code: verdict.code }
    },
    async registerEpoch(registration, signal) {
      const answer = await post('epochs', registration, signal)
      return done(answer, z.strictObject({ epoch: z.literal(registration.epoch) }))
    },
    async feedPage(kind, after, limit, signal) {
      const path = `feed/${kind}?after=${after}&limit=${limit}`
      const answer = await exchange({
        method: 'GET',
        path,
        signal,
        maxResponseBytes: feedPageCapBytes,
      })
      if (answer.outcome !== 'ok') return answer
      const page = feedPageSchema.safeParse(answer.json)
      return page.success && page.data.items.length <= limit
        ? { outcome: 'page', items: page.data.items }
        : { outcome: 'garbled', code: 'PAGE_MALFORMED' }
    },
    async refuseFeedItem(kind, refusal, signal) {
      return done(await post(`feed/${kind}/refusals`, refusal, signal), nothingSchema)
    },
    async beat(heartbeat, signal) {
      const answer = await post('heartbeat', heartbeat, signal)
      if (answer.outcome !== 'ok') return answer
      const heard = heartbeatAnswerSchema.safeParse(answer.json)
      return heard.success
        ? { outcome: 'heard', auditSeen: heard.data.auditSeen, held: heard.data.held }
        : { outcome: 'garbled', code: 'ANSWER_MALFORMED' }
    },
    async missingKeys(keys, signal) {
      const body = JSON.stringify({ keys })
      const path = 'messages/missing'
      const maxResponseBytes = missingAnswerCapBytes
      const answer = await exchange({ method: 'POST', path, body, signal, maxResponseBytes })
      if (answer.outcome !== 'ok') return answer
      const told = missingAnswerSchema.safeParse(answer.json)
      const asked = new Set(keys)
      return told.success && told.data.missing.every((key) => asked.has(key))
        ? { outcome: 'missing', keys: told.data.missing }
        : { outcome: 'garbled', code: 'ANSWER_MALFORMED' }
    },
    async requestPhoneCode(sealed, codeDeadlineMs) {
      const answer = await exchange({
        method: 'POST',
        path: 'phone-codes',
        body: JSON.stringify({ sealed }),
        signal: undefined,
        deadlineMs: codeDeadlineMs,
      })
      if (answer.outcome === 'ok' && answer.status !== 202) {
        return { outcome: 'garbled', code: `HTTP_${answer.status}` }
      }
      return done(answer, nothingSchema)
    },
  }
}

/** The answer of a portal may be JSON too: only the province's own shape is one. */
function done(answer: HttpAnswer, schema: z.ZodType): DoneAnswer {
  if (answer.outcome !== 'ok') return answer
  return schema.safeParse(answer.json).success
    ? { outcome: 'done' }
    : { outcome: 'garbled', code: 'ANSWER_MALFORMED' }
}

function kioskRoot(address: string, kioskId: string): URL {
  const url = new URL(address)
  const loopback = /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/.test(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
    throw new Error('province: only https, or http to this machine itself')
  }
  const path = `${url.pathname.replace(/\/+$/, '')}/v1/kiosks/${encodeURIComponent(kioskId)}`
  return new URL(url.origin + path)
}
