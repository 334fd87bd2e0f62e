import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import Fastify, { type FastifyReply } from 'fastify'
import { messageSchema } from '../../../src/contract/province/message.ts'
import { type Receipt, receiptText } from '../../../src/contract/province/receipt.ts'

/** How the server answers the next message; a function writes the answer itself. */
export type Behaviour =
  | 'good'
  | 'resetBeforeCommit'
  | 'resetAfterCommit'
  | 'commitThenSilence'
  | 'silence'
  | 'truncatedJson'
  | 'endless'
  | 'wrongSignature'
  | 'unknownKey'
  | 'receiptOfOtherKey'
  | 'receiptOfOtherBody'
  | 'receiptOfOtherProvince'
  | 'redirect'
  | 'loginPage'
  | 'notJsonType'
  | 'prototypePollution'
  | { readonly status: number; readonly code?: string; readonly retryAfter?: string }
  /** `good` holds the message and makes its receipt. */
  | ((raw: ServerResponse, good: () => unknown) => void)

export interface MisbehavingProvince {
  readonly url: string
  readonly provinceId: string
  readonly receiptKey: { readonly keyId: string; readonly publicKey: string }
  /** Consumed one by one by messages in order of arrival; then `good`. */
  readonly script: Behaviour[]
  /** By lane, for as long as it is set; before the script. */
  readonly byLane: Map<string, Behaviour>
  /** Answer of the next registrations; then good. */
  readonly epochScript: Behaviour[]
  /** Everything that came in, in order: method, path and, of messages, sequence. */
  readonly requests: string[]
  /** What is durably held: key → body hash, in order of arrival. */
  readonly held: ReadonlyMap<string, string>
  /** Most messages that were open at once. */
  readonly maxOpen: () => number
  /** Pages of the feed: kind → items. */
  readonly feed: Map<string, { cursor: number; item: unknown }[]>
  readonly feedScript: Behaviour[]
  readonly refusalScript: Behaviour[]
  readonly refusals: unknown[]
  readonly phoneScript: Behaviour[]
  readonly phoneCodes: string[]
  sign(text: string): string
  close(): Promise<void>
}

const provinceId = 'test-province'
const token = 'test-token-0123456789'
export const provinceToken = token

/** A real HTTP server on loopback, strict where it behaves and nasty where it is told to be. */
export async function startMisbehavingProvince(): Promise<MisbehavingProvince> {
  const app = Fastify({ forceCloseConnections: true, bodyLimit: 8_000_000 })
  const pair = generateKeyPairSync('ed25519')
  const other = generateKeyPairSync('ed25519')
  const publicKey = String(pair.publicKey.export({ format: 'jwk' }).x)
  const signWith = (key: typeof pair.privateKey, text: string) =>
    sign(null, Buffer.from(text), key).toString('base64url')
  const script: Behaviour[] = []
  const epochScript: Behaviour[] = []
  const feedScript: Behaviour[] = []
  const refusalScript: Behaviour[] = []
  const phoneScript: Behaviour[] = []
  const phoneCodes: string[] = []
  const byLane = new Map<string, Behaviour>()
  const requests: string[] = []
  const refusals: unknown[] = []
  const held = new Map<string, string>()
  const receipts = new Map<string, Receipt>()
  const feed = new Map<string, { cursor: number; item: unknown }[]>()
  let open = 0
  let maxOpen = 0

  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  )
  app.addHook('onRequest', async (request, reply) => {
    if (request.headers.authorization !== `Bearer ${token}`) {
      return reply.status(401).send({ code: 'UNAUTHENTICATED', message: '' })
    }
  })

  const hold = (key: string, bodyHash: string): Receipt => {
    const known = receipts.get(key)
    if (known) return known
    const receivedAt = new Date().toISOString()
    const unsigned = { key, bodyHash, provinceId, receivedAt, keyId: 'p1' }
    const receipt = { ...unsigned, signature: signWith(pair.privateKey, receiptText(unsigned)) }
    held.set(key, bodyHash)
    receipts.set(key, receipt)
    return receipt
  }

  const resign = (receipt: Receipt, fields: Partial<Receipt>): Receipt => {
    const { signature: _, ...unsigned } = { ...receipt, ...fields }
    return { ...unsigned, signature: signWith(pair.privateKey, receiptText(unsigned)) }
  }

  function misbehave(
    reply: FastifyReply,
    behaviour: Behaviour,
    good: () => unknown,
  ): FastifyReply | unknown {
    if (typeof behaviour === 'function') {
      reply.hijack()
      reply.raw.on('error', () => {})
      behaviour(reply.raw, good)
      return reply
    }
    if (typeof behaviour === 'object') {
      const { status, code, retryAfter } = behaviour
      if (retryAfter !== undefined) reply.header('retry-after', retryAfter)
      if (code !== undefined) return reply.status(status).send({ code, message: 'told to' })
      return reply.status(status).type('text/html').send('<h1>Error</h1>')
    }
    const { socket } = reply.raw
    switch (behaviour) {
      case 'good':
        return good()
      case 'resetBeforeCommit':
        reply.hijack()
        socket?.resetAndDestroy()
        return reply
      case 'resetAfterCommit':
        good()
        reply.hijack()
        socket?.resetAndDestroy()
        return reply
      case 'silence':
        reply.hijack()
        return reply
      case 'commitThenSilence':
        good()
        reply.hijack()
        return reply
      case 'truncatedJson': {
        const text = JSON.stringify(good())
        return reply.type('application/json').send(text.slice(0, text.length / 2))
      }
      case 'endless':
        reply.hijack()
        reply.raw.writeHead(200, { 'content-type': 'application/json' })
        reply.raw.on('error', () => {})
        pour(reply.raw)
        return reply
      case 'wrongSignature': {
        const receipt = good() as Receipt
        return { ...receipt, signature: signWith(other.privateKey, receiptText(receipt)) }
      }
      case 'unknownKey':
        return resign(good() as Receipt, { keyId: 'p2' })
      case 'receiptOfOtherKey':
        return resign(good() as Receipt, { key: '0198c0de-0000-7000-8000-000000000000' })
      case 'receiptOfOtherBody':
        return resign(good() as Receipt, { bodyHash: '0'.repeat(64) })
      case 'receiptOfOtherProvince':
        return resign(good() as Receipt, { provinceId: 'elsewhere' })
      case 'redirect':
        return reply.status(307).header('location', '/elsewhere').send()
      case 'loginPage':
        return reply.type('text/html').send('<form>Wi-Fi</form>')
      case 'notJsonType':
        return reply.type('text/plain').send(JSON.stringify(good()))
      case 'prototypePollution': {
        const text = JSON.stringify(good())
        const polluted = `{"__proto__":{"ok":true},${text.slice(1)}`
        return reply.type('application/json').send(polluted)
      }
    }
  }

  app.post<{ Params: { kioskId: string }; Body: string }>(
    '/v1/kiosks/:kioskId/messages',
    async (request, reply) => {
      const message = messageSchema.parse(JSON.parse(request.body))
      const bodyHash = createHash('sha256').update(request.body).digest('hex')
      requests.push(`message ${message.sequence}`)
      open += 1
      maxOpen = Math.max(maxOpen, open)
      reply.raw.on('close', () => {
        open -= 1
      })
      // Another turn of the event loop, so that requests which came together are open together.
      await new Promise((done) => setImmediate(done))
      if (request.headers['idempotency-key'] !== message.key) throw new Error('key differs')
      const before = held.get(message.key)
      if (before !== undefined && before !== bodyHash) {
        return reply.status(422).send({ code: 'KEY_REUSED', message: '' })
      }
      const behaviour = byLane.get(message.lane) ?? script.shift() ?? 'good'
      return misbehave(reply, behaviour, () => hold(message.key, bodyHash))
    },
  )
  app.post('/v1/kiosks/:kioskId/epochs', async (request, reply) => {
    requests.push('epoch')
    const { epoch } = JSON.parse(String(request.body)) as { epoch: number }
    return misbehave(reply, epochScript.shift() ?? 'good', () => ({ epoch }))
  })
  app.get<{ Params: { kind: string }; Querystring: { after: string; limit: string } }>(
    '/v1/kiosks/:kioskId/feed/:kind',
    async (request, reply) => {
      const { kind } = request.params
      const { after, limit } = request.query
      requests.push(`feed ${kind} ${after}`)
      const items = (feed.get(kind) ?? []).filter(({ cursor }) => cursor > Number(after))
      const page = () => ({ items: items.slice(0, Number(limit)) })
      return misbehave(reply, feedScript.shift() ?? 'good', page)
    },
  )
  app.post<{ Params: { kind: string }; Body: string }>(
    '/v1/kiosks/:kioskId/feed/:kind/refusals',
    async (request, reply) => {
      requests.push(`refusal ${request.params.kind}`)
      return misbehave(reply, refusalScript.shift() ?? 'good', () => {
        refusals.push({ kind: request.params.kind, ...JSON.parse(request.body) })
        return {}
      })
    },
  )
  app.post<{ Body: string }>('/v1/kiosks/:kioskId/phone-codes', async (request, reply) => {
    const behaviour = phoneScript.shift() ?? 'good'
    return misbehave(reply, behaviour, () => {
      phoneCodes.push(JSON.parse(request.body).sealed)
      reply.status(202)
      return {}
    })
  })
  app.post('/elsewhere', async () => {
    requests.push('FOLLOWED THE REDIRECT')
    return {}
  })

  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    url,
    provinceId,
    receiptKey: { keyId: 'p1', publicKey },
    script,
    byLane,
    epochScript,
    requests,
    held,
    maxOpen: () => maxOpen,
    feed,
    feedScript,
    refusalScript,
    refusals,
    phoneScript,
    phoneCodes,
    sign: (text) => signWith(pair.privateKey, text),
    close: () => app.close(),
  }
}

/** Writes spaces for as long as the other side takes them. */
function pour(response: NodeJS.WritableStream & { destroyed?: boolean }): void {
  const more = () => {
    while (!response.destroyed && response.write(' '.repeat(65_536)));
    if (!response.destroyed) response.once('drain', more)
  }
  more()
}
