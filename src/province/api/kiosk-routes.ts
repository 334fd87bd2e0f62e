import type { TLSSocket } from 'node:tls'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type FeedKind, feedKinds, feedRefusalSchema } from '../../contract/province/feed.ts'
import { type HeartbeatAnswer, heartbeatSchema } from '../../contract/province/heartbeat.ts'
import { type MissingAnswer, missingQuestionSchema } from '../../contract/province/held.ts'
import type { ProvinceKeys } from '../../contract/province/keys.ts'
import { epochRegistrationSchema, phoneCodeRequestSchema } from '../../contract/province/receipt.ts'
import type { Clock } from '../clock.ts'
import type { PhoneCodeOutcome } from '../notices/phone-code-sender.ts'
import { judgeHeartbeat } from '../receiving/judge-heartbeat.ts'
import { parseJson } from '../receiving/parse-json.ts'
import { problemSentence } from '../receiving/problem-sentence.ts'
import type { ReceiveMessage } from '../receiving/receive-message.ts'
import type { ReceivePage } from '../receiving/receive-page.ts'
import { kioskOfConnection } from '../security/tls.ts'
import type { ProvinceStore } from '../store/contract.ts'
import type { Kiosk } from '../store/records/kiosk-records.ts'
import { authenticate } from './authenticate.ts'
import { sendProblem } from './problems.ts'

export interface KioskRoutesParts {
  readonly store: ProvinceStore
  readonly published: ProvinceKeys
  readonly receive: ReceiveMessage
  readonly receivePage: ReceivePage
  /** A kiosk must show a certificate in its own name. */
  readonly wantsCertificate: boolean
  /** Largest sealed page, bytes. */
  readonly pageBytes: number
  readonly sendPhoneCode: (kioskId: string, sealed: string) => Promise<PhoneCodeOutcome>
  /** Called when there may be a notice to send. */
  readonly onReceived: () => void
  readonly clock: Clock
}

interface KioskRoute {
  Params: { kioskId: string; kind?: string; contentHash?: string }
  Body: Buffer | undefined
  Querystring: Record<string, unknown>
}

const feedQuerySchema = z.object({
  after: z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})

/** Contact is written at most this often: neither a poll nor a message should cost a flush or a hot row. */
const contactEveryMs = 30_000

/** The protocol towards kiosks. Bodies arrive as raw bytes, because hashes are over what was sent. */
export function kioskRoutes(app: FastifyInstance, parts: KioskRoutesParts): void {
  const { store, clock } = parts

  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body)
  })
  const pageType = 'application/octet-stream'
  app.addContentTypeParser(pageType, { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body)
  })

  const noteContact = async ({ kioskId, lastContactAt }: Kiosk) => {
    const now = clock()
    // Also when the clock was set back: a contact must not lie in the future.
    const sinceMs = lastContactAt === null ? Infinity : now.getTime() - Date.parse(lastContactAt)
    if (Math.abs(sinceMs) < contactEveryMs) return
    await store.kiosks.touch(kioskId, now.toISOString())
  }

  // Before the body is read: strangers cannot make the province take in megabytes.
  const signedIn = async (request: FastifyRequest<KioskRoute>, reply: FastifyReply) => {
    const { kioskId } = request.params
    if (parts.wantsCertificate) {
      const shown = kioskOfConnection(request.raw.socket as TLSSocket)
      if (shown === 'nobody') {
        return sendProblem(reply, 'UNAUTHENTICATED', 'a certificate of this province is required')
      }
      if (shown !== kioskId) {
        return sendProblem(reply, 'FORBIDDEN', 'this certificate belongs to another kiosk')
      }
    }
    const known = await authenticate(store.kiosks, kioskId, request.headers.authorization)
    if (!known.ok) return sendProblem(reply, known.code, known.message)
    await noteContact(known.kiosk)
  }
  const options = { onRequest: signedIn }

  const bodyOf = <S extends z.ZodType>(request: FastifyRequest<KioskRoute>, schema: S) => {
    const json = parseJson(request.body ?? Buffer.alloc(0))
    if (!json.ok) return { ok: false as const, reason: json.reason }
    const parsed = schema.safeParse(json.value)
    return parsed.success
      ? { ok: true as const, value: parsed.data as z.infer<S> }
      : { ok: false as const, reason: problemSentence(parsed.error) }
  }

  app.get('/v1/keys', async () => parts.published)

  app.post<KioskRoute>('/v1/kiosks/:kioskId/epochs', options, async (request, reply) => {
    const registration = bodyOf(request, epochRegistrationSchema)
    if (!registration.ok) return sendProblem(reply, 'INVALID_MESSAGE', registration.reason)
    const at = clock().toISOString()
    const outcome = await store.kiosks.registerEpoch(request.params.kioskId, registration.value, at)
    if (outcome === 'repeated') {
      return sendProblem(reply, 'EPOCH_REPEATED', 'another database has registered this epoch')
    }
    return { epoch: registration.value.epoch }
  })

  app.post<KioskRoute>('/v1/kiosks/:kioskId/messages', options, async (request, reply) => {
    const header = request.headers['idempotency-key']
    const key = typeof header === 'string' ? header : undefined
    const bytes = request.body ?? Buffer.alloc(0)
    const answer = await parts.receive(request.params.kioskId, key, bytes)
    if (!answer.ok) return sendProblem(reply, answer.code, answer.message)
    if (answer.isNew) parts.onReceived()
    return reply.type('application/json').send(answer.receipt)
  })

  app.post<KioskRoute>('/v1/kiosks/:kioskId/messages/missing', options, async (request, reply) => {
    const asked = bodyOf(request, missingQuestionSchema)
    if (!asked.ok) return sendProblem(reply, 'INVALID_MESSAGE', asked.reason)
    const missing = await store.messages.missing(
      request.params.kioskId,
      asked.value.keys,
      clock().toISOString(),
    )
    return { missing: [...missing] } satisfies MissingAnswer
  })

  const pageOptions = { ...options, bodyLimit: parts.pageBytes }
  app.put<KioskRoute>(
    '/v1/kiosks/:kioskId/pages/:contentHash',
    pageOptions,
    async (request, reply) => {
      const { kioskId, contentHash = '' } = request.params
      const bytes = request.body ?? Buffer.alloc(0)
      const answer = await parts.receivePage(kioskId, contentHash, bytes)
      if (!answer.ok) return sendProblem(reply, answer.code, answer.message)
      return reply
        .status(answer.isNew ? 201 : 200)
        .type('application/json')
        .send(answer.receipt)
    },
  )

  app.post<KioskRoute>('/v1/kiosks/:kioskId/heartbeat', options, async (request, reply) => {
    const heartbeat = bodyOf(request, heartbeatSchema)
    if (!heartbeat.ok) return sendProblem(reply, 'INVALID_MESSAGE', heartbeat.reason)
    const at = clock().toISOString()
    const { kioskId } = request.params
    // Another process may have died over a notice: once a minute somebody looks.
    parts.onReceived()
    const auditSeen = await store.heartbeats.beat(kioskId, heartbeat.value, at, judgeHeartbeat)
    const held = [...(await store.messages.heldByEpoch(kioskId))]
    return { auditSeen, held } satisfies HeartbeatAnswer
  })

  app.post<KioskRoute>('/v1/kiosks/:kioskId/phone-codes', options, async (request, reply) => {
    const body = bodyOf(request, phoneCodeRequestSchema)
    if (!body.ok) return sendProblem(reply, 'INVALID_MESSAGE', body.reason)
    const outcome = await parts.sendPhoneCode(request.params.kioskId, body.value.sealed)
    switch (outcome) {
      case 'handedOver':
        return reply.status(202).send({})
      case 'invalid':
        return sendProblem(
          reply,
          'INVALID_MESSAGE',
          'sealed: is not a phone code for this province',
        )
      case 'tooMany':
        return sendProblem(reply, 'BUSY', 'too many phone codes within a minute', 429)
      default:
        return outcome satisfies never
    }
  })

  app.get<KioskRoute>('/v1/kiosks/:kioskId/feed/:kind', options, async (request, reply) => {
    const kind = feedKindOf(request.params.kind)
    if (!kind) return sendProblem(reply, 'NOT_FOUND', 'there is no feed of this kind')
    const query = feedQuerySchema.safeParse(request.query)
    if (!query.success) return sendProblem(reply, 'INVALID_MESSAGE', problemSentence(query.error))
    const { after, limit } = query.data
    return { items: await store.feed.page(request.params.kioskId, kind, after, limit) }
  })

  app.post<KioskRoute>(
    '/v1/kiosks/:kioskId/feed/:kind/refusals',
    options,
    async (request, reply) => {
      const kind = feedKindOf(request.params.kind)
      if (!kind) return sendProblem(reply, 'NOT_FOUND', 'there is no feed of this kind')
      const refusal = bodyOf(request, feedRefusalSchema)
      if (!refusal.ok) return sendProblem(reply, 'INVALID_MESSAGE', refusal.reason)
      const at = clock().toISOString()
      const outcome = await store.feed.refuse(request.params.kioskId, kind, refusal.value, at)
      if (outcome === 'unknownCursor') {
        return sendProblem(reply, 'NOT_FOUND', 'this feed has no item with this cursor')
      }
      return {}
    },
  )
}

function feedKindOf(kind: string | undefined): FeedKind | undefined {
  return feedKinds.find((known) => known === kind)
}
