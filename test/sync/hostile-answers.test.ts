import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import type { Heartbeat } from '../../src/contract/province/heartbeat.ts'
import { createProvinceClient, type ProvinceClient } from '../../src/main/sync/province-client.ts'
import { retryAfterCapMs } from '../../src/main/sync/retry-policy.ts'
import { hostileAnswers } from './support/hostile-answers.ts'
import { type HostileServer, startHostileServer } from './support/hostile-server.ts'
import { memoryOutbox } from './support/memory-outbox.ts'

const row = memoryOutbox().add('K07-1-000001-X')
const heartbeat: Heartbeat = {
  ...{ epoch: 1, instance: '4f4e9a52-3a4b-4b0c-8f4e-1d2c3b4a5f60' },
  ...{ at: '2026-07-01T00:00:00.000Z', clockSynchronised: true, services: [] },
  outbox: { pending: 0, parked: 0, oldestAt: null },
  compartments: { free: 1, blocked: 0 },
  audit: { sequence: 0, hash: '0'.repeat(64), keyId: 'K07.1', signature: '' },
}
const registration = {
  ...{ epoch: 1, instance: heartbeat.instance, startedAt: heartbeat.at },
  ...{ slipKeyId: 'K07.1', slipPublicKey: 'A'.repeat(43) },
}

/** Everything that the kiosk ever asks of its province. */
const operations: readonly (readonly [string, (client: ProvinceClient) => Promise<object>])[] = [
  ['sendMessage', (client) => client.sendMessage(row)],
  ['putPage', (client) => client.putPage('0'.repeat(64), new Uint8Array(300_000))],
  ['registerEpoch', (client) => client.registerEpoch(registration)],
  ['feedPage', (client) => client.feedPage('staff', 0, 10)],
  [
    'refuseFeedItem',
    (client) => client.refuseFeedItem('staff', { cursor: 1, code: 'INVALID_ITEM' }),
  ],
  ['beat', (client) => client.beat(heartbeat)],
  ['missingKeys', (client) => client.missingKeys([row.key])],
  ['requestPhoneCode', (client) => client.requestPhoneCode('AAAA', 300)],
]

/** Long enough for a slow machine to read an answer that comes at once. */
const deadlineMs = 300
/** What the kernel's buffers on both ends may have taken beyond what the client read. */
const buffersBytes = 24_000_000

let elsewhere: HostileServer
beforeAll(async () => {
  elsewhere = await startHostileServer((response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end('{}')
  })
})
afterAll(() => elsewhere.close())

const table = hostileAnswers({
  get url() {
    return elsewhere.url
  },
})

test.each(table)('%s: nothing is taken for success', async (_name, answer) => {
  const server = await startHostileServer(answer)
  onTestFinished(() => server.close())
  const client = createProvinceClient({
    ...{ url: server.url, kioskId: 'K07', token: 'token-of-K07', provinceId: 'test-province' },
    receiptKeys: [{ keyId: 'p1', publicKey: 'A'.repeat(43) }],
    deadlineMs,
  })
  const told = await Promise.all(operations.map(async ([name, ask]) => [name, await ask(client)]))
  for (const [name, result] of told as [string, object][]) {
    expect(result, name).toMatchObject({
      outcome: expect.stringMatching(/^(garbled|later)$/),
      code: expect.stringMatching(/^[A-Z][A-Z0-9_]+$/),
    })
    if (!('retryAfterMs' in result)) continue
    expect(result.retryAfterMs).toBeGreaterThanOrEqual(0)
    expect(result.retryAfterMs).toBeLessThanOrEqual(retryAfterCapMs)
  }
  // One that is given up before it is heard is none; each that came, came to its own server.
  expect(new Set(server.tokens)).toEqual(new Set(['Bearer token-of-K07']))
  expect(elsewhere.tokens).toEqual([])
  expect(server.bytesWritten()).toBeLessThan(operations.length * buffersBytes)
  expect(Object.prototype).not.toHaveProperty('epoch')
})

test('a connection that is given up is closed, not kept', async () => {
  const server = await startHostileServer(() => {})
  onTestFinished(() => server.close())
  const client = createProvinceClient({
    ...{ url: server.url, kioskId: 'K07', token: 'token-of-K07', provinceId: 'test-province' },
    receiptKeys: [{ keyId: 'p1', publicKey: 'A'.repeat(43) }],
    deadlineMs,
  })
  await Promise.all(Array.from({ length: 20 }, () => client.sendMessage(row)))
  expect(server.tokens.length).toBeGreaterThan(0)
  await vi.waitFor(async () => expect(await server.openConnections()).toBe(0))
})

test('a second answer on the same connection is nobody’s', async () => {
  const answer = '{"epoch":1}'
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${answer.length}`
  const server = await startHostileServer((response) => {
    // One that was asked for, and one for whoever asks next.
    response.socket?.write(`${head}\r\n\r\n${answer}${head}\r\n\r\n${answer}`)
  })
  onTestFinished(() => server.close())
  const client = createProvinceClient({
    ...{ url: server.url, kioskId: 'K07', token: 'token-of-K07', provinceId: 'test-province' },
    receiptKeys: [{ keyId: 'p1', publicKey: 'A'.repeat(43) }],
    deadlineMs: 10_000,
  })
  expect(await client.registerEpoch(registration)).toEqual({ outcome: 'done' })
  expect((await client.sendMessage(row)).outcome).toBe('garbled')
})
