import { generateKeyPairSync, sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { pageReceiptText } from '../../src/contract/province/page.ts'
import { createBandwidth } from '../../src/main/sync/bandwidth.ts'
import { createProvinceClient, type ProvinceClient } from '../../src/main/sync/province-client.ts'
import { type SyncTestClock, syncTestClock } from './support/sync-test-clock.ts'

const bytesPerSecond = 32_000
const pair = generateKeyPairSync('ed25519')
const receiptKey = { keyId: 'p1', publicKey: String(pair.publicKey.export({ format: 'jwk' }).x) }
const contentHash = 'a'.repeat(64)

let clock: SyncTestClock
let received: number
let uploadsAtOnce: number
let silent: boolean

/** Takes pages in and counts; says nothing at all when told so. */
async function startCounting(deadlineMs: number): Promise<ProvinceClient> {
  let open = 0
  const server = createServer((request, response) => {
    if (silent && request.method === 'GET') return
    open += 1
    uploadsAtOnce = Math.max(uploadsAtOnce, open)
    request.on('data', (chunk: Buffer) => {
      received += chunk.length
    })
    request.on('end', () => {
      open -= 1
      const receivedAt = '2026-07-01T00:00:00.000Z'
      const unsigned = { contentHash, provinceId: 'test-province', receivedAt, keyId: 'p1' }
      const text = Buffer.from(pageReceiptText(unsigned))
      const signature = sign(null, text, pair.privateKey).toString('base64url')
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ ...unsigned, signature }))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return createProvinceClient({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ kioskId: 'K07', token: 'token-of-K07', provinceId: 'test-province', deadlineMs },
    receiptKeys: [receiptKey],
    bandwidth: createBandwidth(bytesPerSecond, clock),
  })
}

beforeEach(() => {
  clock = syncTestClock()
  received = 0
  uploadsAtOnce = 0
  silent = false
})
/** All slices that may leave by now have arrived. */
const settled = (bytes: number) => vi.waitFor(() => expect(received).toBeGreaterThanOrEqual(bytes))

test('uploads keep to their share of the line, one after another, and all arrive', async () => {
  const client = await startCounting(10_000)
  const pages = [1, 2, 3].map(() => client.putPage(contentHash, new Uint8Array(64_000)))
  for (let seconds = 0; seconds < 6; seconds += 1) {
    await settled(seconds * bytesPerSecond)
    expect(received).toBeLessThanOrEqual((seconds + 1 / 8) * bytesPerSecond)
    for (let slice = 0; slice < 8; slice += 1) {
      await settled(seconds * bytesPerSecond + slice * (bytesPerSecond / 8))
      await clock.advance(125)
    }
  }
  expect((await Promise.all(pages)).map(({ outcome }) => outcome)).toEqual(
    Array(3).fill('accepted'),
  )
  expect(received).toBe(3 * 64_000)
  expect(uploadsAtOnce).toBe(1)
})

test('waiting for the share is not the province’s slowness', async () => {
  silent = true
  const client = await startCounting(1_000)
  const page = client.putPage(contentHash, new Uint8Array(8_000))
  await settled(4_000)
  // Another exchange with the same patience comes to its end meanwhile, in real time.
  expect(await client.feedPage('hours', 0, 10)).toMatchObject({ code: 'DEADLINE' })
  await clock.advance(1_000)
  expect((await page).outcome).toBe('accepted')
})

test('what is given up while it waits ends at once', async () => {
  const client = await startCounting(10_000)
  const abort = new AbortController()
  const pages = [1, 2].map(() => client.putPage(contentHash, new Uint8Array(64_000), abort.signal))
  await settled(4_000)
  abort.abort()
  for (const page of pages) expect(await page).toMatchObject({ code: 'ABORTED' })
  expect(clock.pendingTimers()).toBe(0)
})

test('an answer before the end of the body ends the upload', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(413, { 'content-type': 'application/json' })
    response.end('{"code":"TOO_LARGE","message":""}')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  const client = createProvinceClient({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ kioskId: 'K07', token: 'token-of-K07', provinceId: 'test-province' },
    receiptKeys: [receiptKey],
    bandwidth: createBandwidth(bytesPerSecond, clock),
  })
  expect(await client.putPage(contentHash, new Uint8Array(64_000))).toMatchObject({
    ...{ outcome: 'rejected', code: 'TOO_LARGE' },
  })
})
