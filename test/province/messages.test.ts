import { createHash, createPublicKey, verify } from 'node:crypto'
import { connect } from 'node:net'
import { uuidv7 } from 'uuidv7'
import { describe, expect, it, vi } from 'vitest'
import { type Receipt, receiptSchema, receiptText } from '../../src/contract/province/receipt.ts'
import {
  depositMessage,
  intakeIdOf,
  kioskClient,
  syntheticDossier,
  type WireMessage,
  wireMessage,
} from '../support/kiosk-client.ts'
import { demoKiosk, otherKiosk } from '../support/province.ts'
import { scene } from './in-process.ts'

const deposit = (recipient: string, number = 1) =>
  depositMessage(recipient, syntheticDossier(intakeIdOf(number)))

const rating = (envelope = {}) => wireMessage('rating', { score: 4 }, envelope)

function isSignedBy(receipt: Receipt, publicKey: string): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' })
  const { signature, ...unsigned } = receipt
  return verify(null, Buffer.from(receiptText(unsigned)), key, Buffer.from(signature, 'base64url'))
}

describe('receipts', () => {
  it('signs key, hash of the very bytes, its own name and the time', async () => {
    const { kiosk, recipient, province } = await scene()
    const { key, text } = await deposit(recipient)
    const spaced = { key, text: ` ${text}\n` }
    const answer = await kiosk.send(spaced)
    expect(answer.status).toBe(200)
    const receipt = receiptSchema.parse(answer.json)
    expect(receipt).toMatchObject({
      key,
      bodyHash: createHash('sha256').update(spaced.text).digest('hex'),
      provinceId: 'test-province',
      receivedAt: '2026-02-09T03:00:00.000Z',
    })
    const [published] = province.published.receiptKeys
    expect(receipt.keyId).toBe(published?.keyId)
    expect(isSignedBy(receipt, published?.publicKey ?? '')).toBe(true)
    expect(isSignedBy({ ...receipt, bodyHash: '0'.repeat(64) }, published?.publicKey ?? '')).toBe(
      false,
    )
  })

  it('publishes its keys to anybody', async () => {
    const { province } = await scene()
    const answer = await fetch(`${province.url}/v1/keys`)
    expect(await answer.json()).toEqual(province.published)
  })

  it('answers a repetition with the same bytes, however much later', async () => {
    const { kiosk, recipient, waitMs } = await scene()
    const message = await deposit(recipient)
    const first = await kiosk.send(message)
    waitMs(86_400_000)
    expect(await kiosk.send(message)).toEqual(first)
  })

  it('makes one dossier of 100 posts at once, with one answer', async () => {
    const { kiosk, recipient, province } = await scene()
    const message = await deposit(recipient)
    const answers = await Promise.all(Array.from({ length: 100 }, () => kiosk.send(message)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(await province.store.dossiers.count()).toBe(1)
    expect(await province.store.messages.list({ limit: 1000 })).toHaveLength(1)
  })

  it('gives the same receipt again when the first answer was lost', async () => {
    const { kiosk, recipient, province } = await scene()
    const message = await deposit(recipient)
    const url = new URL(province.url)
    const socket = connect(Number(url.port), url.hostname)
    socket.write(
      `POST /v1/kiosks/K07/messages HTTP/1.1\r\nhost: ${url.host}\r\n` +
        `authorization: Bearer ${demoKiosk.token}\r\nidempotency-key: ${message.key}\r\n` +
        `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(message.text)}\r\n\r\n` +
        message.text,
    )
    const held = await vi.waitUntil(() => province.store.messages.find(message.key), {
      timeout: 10_000,
    })
    socket.destroy()
    const again = await kiosk.send(message)
    expect(again.status).toBe(200)
    expect(again.text).toBe(held.receipt)
    expect(await province.store.dossiers.count()).toBe(1)
  })
})

describe('what is refused', () => {
  it('a key with other bytes, even if only a space differs', async () => {
    const { kiosk, recipient, province } = await scene()
    const message = await deposit(recipient)
    const first = await kiosk.send(message)
    const changed = await kiosk.send({ ...message, text: `${message.text} ` })
    expect(changed).toMatchObject({ status: 422, json: { code: 'KEY_REUSED' } })
    expect(await kiosk.send(message)).toEqual(first)
    expect(await province.store.messages.list({ limit: 10 })).toHaveLength(1)
  })

  it("another kiosk's key, without telling its receipt", async () => {
    const { kiosk, otherKiosk, recipient } = await scene()
    await otherKiosk.registerEpoch(1)
    const message = await deposit(recipient)
    await kiosk.send(message)
    const answer = await otherKiosk.send(message)
    expect(answer).toMatchObject({ status: 422, json: { code: 'KEY_REUSED' } })
    expect(answer.text).not.toContain('signature')
  })

  it('a second dossier under an intakeId that is held, leaving no trace of it', async () => {
    const { kiosk, recipient, province } = await scene()
    await kiosk.send(await deposit(recipient))
    const second = await kiosk.send(await deposit(recipient))
    expect(second).toMatchObject({ status: 422, json: { code: 'DOSSIER_EXISTS' } })
    expect(await province.store.dossiers.count()).toBe(1)
    expect(await province.store.messages.list({ limit: 10 })).toHaveLength(1)
  })

  it('a message of an epoch that nobody registered; it is taken once that is done', async () => {
    const { kiosk } = await scene()
    const message = rating({ epoch: 2 })
    expect(await kiosk.send(message)).toMatchObject({
      status: 409,
      json: { code: 'EPOCH_UNKNOWN' },
    })
    expect(await kiosk.registerEpoch(2)).toMatchObject({ status: 200 })
    expect(await kiosk.send(message)).toMatchObject({ status: 200 })
  })

  it('an epoch that another database has registered', async () => {
    const { kiosk, otherKiosk } = await scene()
    const instance = '0b6a2f0e-8d53-4a56-9d0e-6a3f5a1c7e11'
    expect(await kiosk.registerEpoch(5, instance)).toMatchObject({ status: 200 })
    expect(await kiosk.registerEpoch(5, instance)).toMatchObject({ status: 200 })
    expect(await kiosk.registerEpoch(5)).toMatchObject({
      status: 409,
      json: { code: 'EPOCH_REPEATED' },
    })
    expect(await otherKiosk.registerEpoch(5)).toMatchObject({ status: 200 })
  })

  it('whoever has no token, a wrong one, or another kiosk’s', async () => {
    const { kiosk, province } = await scene()
    const message = rating()
    const status = async (id: string, token: string) =>
      (await kioskClient(province.url, { id, token }).send(message)).json?.code
    expect(await status('K07', 'wrong')).toBe('UNAUTHENTICATED')
    expect(await status('K99', demoKiosk.token)).toBe('FORBIDDEN')
    expect(await status('K07', otherKiosk.token)).toBe('FORBIDDEN')
    expect(await status('K99', 'wrong')).toBe('UNAUTHENTICATED')
    const without = await kiosk.request('POST', 'messages', {
      body: message.text,
      headers: { authorization: '' },
    })
    expect(without).toMatchObject({ status: 401, json: { code: 'UNAUTHENTICATED' } })
    expect(await province.store.messages.list({ limit: 10 })).toHaveLength(0)
  })

  it('a body that is too large', async () => {
    const { kiosk } = await scene({
      limits: { messageBytes: 10_000, pageBytes: 100_000, phoneCodesPerMinute: 60 },
    })
    const { key, text } = rating()
    expect(await kiosk.send({ key, text: text + ' '.repeat(10_000) })).toMatchObject({
      status: 413,
      json: { code: 'TOO_LARGE' },
    })
    expect(await kiosk.send({ key, text })).toMatchObject({ status: 200 })
  })

  const key = uuidv7()
  const whole = JSON.parse(rating({ key }).text)
  const changed = (changes: object): WireMessage => ({
    key,
    text: JSON.stringify({ ...whole, ...changes }),
  })
  it.each<[string, WireMessage, string]>([
    ['no JSON', { key, text: '{' }, 'not JSON'],
    ['nothing', { key, text: ' ' }, 'not JSON'],
    ['an array', { key, text: '[]' }, 'expected object'],
    ['a kind that does not exist', changed({ kind: 'toString' }), 'kind'],
    ['a body of another kind', changed({ kind: 'resultTaken' }), 'body.resultId'],
    ['a wrong value', changed({ body: { score: 6 } }), 'body.score'],
    ['an unknown field', changed({ more: 1 }), 'more'],
    ['an unknown field in the body', changed({ body: { score: 1, name: 'x' } }), 'name'],
    ["another kiosk's id", changed({ kioskId: 'K08' }), 'kioskId'],
    ['another key than its header', { ...changed({}), key: uuidv7() }, 'Idempotency-Key'],
    ['no key', { ...changed({}), key: '' }, 'Idempotency-Key'],
    ['a key of another version', { ...changed({}), key: crypto.randomUUID() }, 'Idempotency-Key'],
    [
      '__proto__',
      { key, text: rating({ key }).text.replace('"score":4', '"score":4,"__proto__":{"a":1}') },
      '__proto__',
    ],
    [
      '__proto__ at the top',
      { key, text: rating({ key }).text.replace('{', '{"__proto__":{"kind":"x"},') },
      '__proto__',
    ],
    ['a NUL character', changed({ lane: 'a\0b' }), 'malformed'],
    ['deep nesting', changed({ body: JSON.parse('['.repeat(3000) + ']'.repeat(3000)) }), 'body'],
  ])('as invalid: %s', async (_name, message, reason) => {
    const { kiosk, province, logged } = await scene()
    const answer = await kiosk.send(message)
    expect(answer).toMatchObject({ status: 400, json: { code: 'INVALID_MESSAGE' } })
    expect(answer.json?.message).toContain(reason)
    expect(await province.store.messages.list({ limit: 10 })).toHaveLength(0)
    expect(logged).toEqual([])
    // Nothing was remembered against the key.
    expect(await kiosk.send(changed({}))).toMatchObject({ status: 200 })
  })

  it("a dossier with another kiosk's intakeId, or of another media type", async () => {
    const { kiosk, recipient } = await scene()
    const foreign = await depositMessage(recipient, syntheticDossier(intakeIdOf(1, 'K08')))
    expect(await kiosk.send(foreign)).toMatchObject({ status: 400 })
    const { key, text } = rating()
    const headers = { 'idempotency-key': key, 'content-type': 'text/plain' }
    expect(await kiosk.request('POST', 'messages', { body: text, headers })).toMatchObject({
      status: 400,
      json: { code: 'INVALID_MESSAGE' },
    })
  })

  it('an address that does not exist, in the words of the protocol', async () => {
    const { kiosk } = await scene()
    expect(await kiosk.request('GET', 'nothing')).toMatchObject({
      status: 404,
      json: { code: 'NOT_FOUND' },
    })
  })

  it('does not repeat what a body said', async () => {
    const { kiosk } = await scene()
    const marked = changed({ kind: 'MARKED-PERSONAL', body: { score: 'MARKED-PERSONAL' } })
    expect((await kiosk.send(marked)).text).not.toContain('MARKED-PERSONAL')
  })
})
