import { createHash, randomUUID } from 'node:crypto'
import fastify from 'fastify'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { feedKinds } from '../../src/contract/province/feed.ts'
import {
  type MessageBody,
  type MessageKind,
  messageKinds,
} from '../../src/contract/province/message.ts'
import { provinceProtocol } from '../../src/contract/province/openapi.ts'
import { createProvinceClient, type ProvinceClient } from '../../src/main/sync/province-client.ts'
import { createSealer } from '../../src/main/sync/seal.ts'
import { type KioskRoutesParts, kioskRoutes } from '../../src/province/api/kiosk-routes.ts'
import { signInOfficer } from '../support/officer.ts'
import {
  type Exchange,
  type ProtocolWatch,
  protocolChecker,
  watchProtocol,
} from '../support/protocol.ts'
import { startTestProvince, type TestProvince, webManager } from '../support/province.ts'

const at = '2026-02-09T02:00:00.000Z'
const intakeId = 'K07-1-000001-A'
const result = { resultId: 'r-1', dossierCode: 'H99.01-260209-0001', rightId: 'right-1' }
const hash = '0'.repeat(64)

/** One of each kind; a new kind does not compile until it is here. */
const samples: { readonly [K in MessageKind]: MessageBody<K> } = {
  dossierDeposited: {
    ...{ intakeId, bagCode: 'BAG-1', procedureCode: '1.000000', compartment: 3, depositedAt: at },
    ...{ clockSynchronised: true, phoneConfirmed: false, contentHash: hash, sealed: 'AAAA' },
  },
  slipPrinted: { intakeId, copy: 1, printedAt: at },
  compartmentEmptied: { intakeId, bagCode: 'BAG-1', compartment: 3, emptiedAt: at, staffId: 's' },
  bagMissing: { intakeId, compartment: 3, at, staffId: 's' },
  bagSurplus: { bagCode: 'BAG-2', compartment: 3, at, staffId: 's' },
  dispute: { intakeId, compartment: 3, reason: 'NOT_SEEN', at, sealed: 'AAAA' },
  resultStocked: {
    ...{ ...result, compartment: 4, stockedAt: at, lastDay: '2026-02-19', staffId: 's' },
    sealed: 'AAAA',
  },
  resultReminder: { ...result, lastDay: '2026-02-19', at },
  resultTaken: { ...result, takenAt: at },
  resultReturned: {
    ...{ resultId: 'r-1', dossierCode: result.dossierCode, reason: 'expired', at, staffId: 's' },
  },
  handOver: {
    ...{ recordId: 'b-1', at, staffId: 's', collected: ['BAG-1'], unreadable: [], missing: [] },
    ...{ surplus: [], returned: [] },
  },
  resultExpired: { ...result, at },
  rating: { score: 5 },
  notification: { template: 'slipNotPrinted', sealed: 'AAAA' },
  auditHead: { sequence: 1, hash, at, keyId: 's-1', signature: 'x' },
  fault: { device: 'printer', reason: 'PAPER_OUT', state: 'needsAttendant', at },
}

describe('the published protocol', () => {
  it('has every address of the province, and the province every address of it', async () => {
    const routes: string[] = []
    const app = fastify()
    app.addHook('onRoute', ({ method, url }) => {
      if (method !== 'HEAD') routes.push(`${method} ${url}`)
    })
    const parts = { pageBytes: 100_000 } as KioskRoutesParts
    await app.register(async (scope) => kioskRoutes(scope, parts))
    await app.ready()
    await app.close()
    const { paths } = provinceProtocol() as { paths: Record<string, Record<string, unknown>> }
    const documented = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item)
        .filter((key) => key !== 'parameters')
        .map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    )
    const expanded = routes.flatMap((route) =>
      feedKinds.map((kind) => route.replace('feed/:kind', `feed/${kind}`)),
    )
    expect(documented.sort()).toEqual([...new Set(expanded)].sort())
  })
})

describe('the checker', () => {
  const { judge } = protocolChecker()
  const sent = (changes: Partial<Exchange> & { readonly json?: unknown } = {}): Exchange => {
    const key = uuidv7()
    const envelope = { key, kioskId: 'K07', epoch: 1, sequence: 1, lane: 'l', at }
    const { json = { ...envelope, kind: 'rating', body: { score: 5 } }, ...rest } = changes
    const receipt = { key, bodyHash: hash, provinceId: 'p', receivedAt: at, keyId: 'k' }
    return {
      method: 'POST',
      path: '/v1/kiosks/K07/messages',
      requestHeaders: {
        authorization: 'Bearer x',
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      requestBody: Buffer.from(JSON.stringify(json)),
      status: 200,
      answerType: 'application/json',
      answerBody: Buffer.from(JSON.stringify({ ...receipt, signature: 's' })),
      ...rest,
    }
  }
  const message = (changes: object) => ({
    ...{ key: uuidv7(), kioskId: 'K07', epoch: 1, sequence: 1, lane: 'l', at },
    ...{ kind: 'rating', body: { score: 5 } },
    ...changes,
  })

  it('has nothing to say of what is right', () => {
    expect(judge(sent())).toEqual({ operation: 'sendMessage', request: [], answer: [] })
  })

  it.each<[string, Exchange, 'request' | 'answer']>([
    ['an unknown address', sent({ path: '/v1/kiosks/K07/doors' }), 'request'],
    ['an unknown feed', sent({ path: '/v1/kiosks/K07/feed/keys', method: 'GET' }), 'request'],
    ['another method', sent({ method: 'PATCH' }), 'request'],
    ['an unknown field', sent({ json: message({ more: 1 }) }), 'request'],
    ['an unknown field inside', sent({ json: message({ body: { score: 5, x: 1 } }) }), 'request'],
    ['an unknown kind', sent({ json: message({ kind: 'openDoor' }) }), 'request'],
    ['a body of another kind', sent({ json: message({ kind: 'slipPrinted' }) }), 'request'],
    ['an unknown query', sent({ path: '/v1/kiosks/K07/messages?force=1' }), 'request'],
    ['a kiosk id that is none', sent({ path: '/v1/kiosks/k/messages' }), 'request'],
    ['no key', sent({ requestHeaders: { 'content-type': 'application/json' } }), 'request'],
    ['another content type', sent({ requestHeaders: {} }), 'request'],
    ['an unknown status', sent({ status: 302 }), 'answer'],
    ['an unknown field', sent({ answerBody: Buffer.from('{"ok":true}') }), 'answer'],
    ['a page of HTML', sent({ answerType: 'text/html' }), 'answer'],
    [
      'a code of another status',
      sent({ status: 409, answerBody: Buffer.from('{"code":"BUSY","message":"x"}') }),
      'answer',
    ],
  ])('finds %s', (_name, exchange, side) => {
    expect(judge(exchange)[side]).not.toEqual([])
  })
})

describe('both ends keep to the protocol', () => {
  let province: TestProvince
  let watch: ProtocolWatch
  let kiosk: ProvinceClient
  beforeAll(async () => {
    province = await startTestProvince()
    watch = await watchProtocol(province.url)
    kiosk = client()
  })
  afterAll(async () => {
    await watch.stop()
    await province.stop()
  })

  const client = (changes = {}) => {
    const { kioskId, token, published } = province
    const { provinceId, receiptKeys } = published
    const url = watch.url
    return createProvinceClient({ url, kioskId, token, provinceId, receiptKeys, ...changes })
  }
  const registration = {
    ...{ epoch: 1, instance: randomUUID(), startedAt: at, slipKeyId: 's-1' },
    slipPublicKey: Buffer.alloc(32, 7).toString('base64url'),
  }
  const send = (kind: MessageKind, body: unknown, envelope: object = {}, to = kiosk) => {
    const key = uuidv7()
    const message = { key, kioskId: 'K07', epoch: 1, sequence: 1, lane: 'lane', at, kind, body }
    const payload = JSON.stringify({ ...message, ...envelope })
    const bodyHash = createHash('sha256').update(payload).digest('hex')
    return to.sendMessage({ key, payload, bodyHash })
  }

  it('in everything that a kiosk can send and a province can answer it', async () => {
    const page = Buffer.concat([Buffer.from('age-encryption.org/v1\n'), Buffer.alloc(50)])
    const contentHash = createHash('sha256').update(page).digest('hex')

    expect(await send('rating', samples.rating)).toEqual({ outcome: 'epochUnknown' })
    expect(await kiosk.registerEpoch(registration)).toEqual({ outcome: 'done' })
    const repeated = { ...registration, instance: randomUUID() }
    expect(await kiosk.registerEpoch(repeated)).toMatchObject({ code: 'EPOCH_REPEATED' })
    for (const kind of messageKinds) {
      expect(await send(kind, samples[kind]), kind).toMatchObject({ outcome: 'accepted' })
    }
    const again = await send('dossierDeposited', samples.dossierDeposited)
    expect(again).toMatchObject({ code: 'DOSSIER_EXISTS' })
    const bytes = new Uint8Array(page)
    for (const _ of ['201', '200']) {
      expect(await kiosk.putPage(contentHash, bytes)).toMatchObject({ outcome: 'accepted' })
    }
    expect(
      await kiosk.beat({
        ...{ epoch: 1, instance: registration.instance, at, clockSynchronised: true },
        outbox: { pending: 0, parked: 0, oldestAt: null },
        services: [{ service: 'intake', available: false, reasons: ['PAPER_OUT'] }],
        supplies: [{ supply: 'bags', left: null, capacity: 200, lowAt: 20 }],
        compartments: { free: 3, blocked: 0 },
        audit: { sequence: 1, hash, keyId: 's-1', signature: 'x', proves: { sequence: 0, hash } },
      }),
    ).toMatchObject({ outcome: 'heard', held: [{ epoch: 1, messages: messageKinds.length }] })
    const unknown = uuidv7()
    expect(await kiosk.missingKeys([unknown])).toEqual({ outcome: 'missing', keys: [unknown] })
    const sealer = createSealer(province.published.ageRecipient)
    const code = { version: 1, phone: '0900000001', code: '135791', language: 'vi' }
    const sealed = await sealer.seal(JSON.stringify(code))
    expect(await kiosk.requestPhoneCode(sealed, 10_000)).toEqual({ outcome: 'done' })

    // Something of as many kinds as officers can send down.
    const officer = await signInOfficer(province.url, webManager)
    await officer.accept(intakeId)
    await officer.sendResult(intakeId)
    for (const kind of feedKinds) {
      const read = await kiosk.feedPage(kind, 0, 500)
      expect(read, kind).toMatchObject({ outcome: 'page' })
      const first = read.outcome === 'page' ? read.items[0] : undefined
      const refusal = { cursor: first?.cursor ?? 1_000_000, code: 'CONFLICT' as const }
      const refused = await kiosk.refuseFeedItem(kind, refusal)
      expect(refused).toMatchObject(first ? { outcome: 'done' } : { code: 'NOT_FOUND' })
    }
    const wrong = client({ token: 'wrong' })
    expect(await send('rating', samples.rating, {}, wrong)).toMatchObject({
      code: 'UNAUTHENTICATED',
    })
    expect(watch.problems).toEqual([])
    // The keys are read by people and by the installation, not by the kiosk.
    const { operations } = protocolChecker()
    expect([...watch.seen].sort()).toEqual(operations.filter((id) => id !== 'readKeys').sort())
    await fetch(`${watch.url}/v1/keys`)
    expect(watch.problems).toEqual([])
  })

  it('and the watch would have told of anything else', async () => {
    const other = await watchProtocol(province.url)
    onTestFinished(() => other.stop())
    await fetch(`${other.url}/v1/kiosks/K07/doors`, { method: 'POST' })
    await fetch(`${other.url}/sign-in`)
    const through = client({ url: other.url })
    await send('rating', { score: 9 }, {}, through)
    expect(other.problems).toHaveLength(4)
  })
})
