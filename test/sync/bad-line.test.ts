import { randomBytes } from 'node:crypto'
import { connect, createServer, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { createProvinceClient } from '../../src/main/sync/province-client.ts'
import { startProvinceFront } from '../support/province-front.ts'
import { memoryOutbox } from './support/memory-outbox.ts'
import {
  type MisbehavingProvince,
  provinceToken,
  startMisbehavingProvince,
} from './support/misbehaving-province.ts'

/** Group F of the faults: what a line does to honest ends. */
let province: MisbehavingProvince
beforeEach(async () => {
  province = await startMisbehavingProvince()
})
afterEach(() => province.close())

const row = memoryOutbox().add('K07-1-000001-X')

function client(url = province.url, deadlineMs = 10_000) {
  const { provinceId, receiptKey } = province
  return createProvinceClient({
    ...{ url, kioskId: 'K07', token: provinceToken, provinceId, receiptKeys: [receiptKey] },
    deadlineMs,
  })
}

interface Line {
  readonly url: string
  /** Bytes that have gone up. */
  up(): number
}

/** A TCP line to the province that does with each chunk what it likes: later, or never. */
async function line(
  pass: (chunk: Buffer, direction: 'up' | 'down', far: Socket, near: Socket) => void,
): Promise<Line> {
  const target = new URL(province.url)
  const open = new Set<Socket>()
  let up = 0
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => {})
    }
    near.on('data', (chunk) => {
      up += chunk.length
      pass(chunk, 'up', far, near)
    })
    far.on('data', (chunk) => pass(chunk, 'down', near, far))
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { url: `http://127.0.0.1:${address.port}`, up: () => up }
}

test.each([
  ['a name that does not exist', 'https://no-such-province.invalid', /ENOTFOUND|EAI_AGAIN/],
  // A poisoned answer leads to somebody: without our authority's certificate they get nothing. tls.test.ts goes on.
  ['a name that leads to nobody', 'https://127.0.0.1:9', /ECONNREFUSED/],
])('F3: %s: later, for everyone, and nothing is thrown', async (_name, url, code) => {
  const answer = await client(url).sendMessage(row)
  expect(answer).toMatchObject({ outcome: 'later', concerns: 'everyone' })
  expect(answer).toHaveProperty('code', expect.stringMatching(code))
})

test('F5: a round trip of 2 s with a third of the packets sent again: the receipt comes, once', async () => {
  let packets = 0
  const slow = await line((chunk, _direction, to) => {
    packets += 1
    // TCP makes a lost packet a late one.
    setTimeout(() => to.write(chunk), packets % 3 === 0 ? 2_000 : 1_000)
  })
  expect(await client(slow.url).sendMessage(row)).toMatchObject({ outcome: 'accepted' })
  expect(province.held.size).toBe(1)
})

test('F5: a connection that breaks at every third message delivers each once in the end', async () => {
  let connections = 0
  const lossy = await line((chunk, direction, to, from) => {
    connections += direction === 'up' ? 1 : 0
    if (direction === 'down' && connections % 3 !== 0) from.destroy()
    else to.write(chunk)
  })
  const lossyClient = client(lossy.url)
  const outcomes: string[] = []
  for (let tries = 0; tries < 3; tries += 1) {
    outcomes.push((await lossyClient.sendMessage(row)).outcome)
  }
  expect(outcomes).toEqual(['later', 'later', 'accepted'])
  expect(province.held.size).toBe(1)
})

test('F6: a half-open connection is given up at the deadline, and the next try takes a new one', async () => {
  let dead = true
  const halfOpen = await line((chunk, _direction, to) => {
    if (!dead) to.write(chunk)
  })
  const waiting = client(halfOpen.url, 300)
  expect(await waiting.sendMessage(row)).toEqual({
    ...{ outcome: 'later', code: 'DEADLINE', concerns: 'thisMessage' },
  })
  dead = false
  expect(await waiting.sendMessage(row)).toMatchObject({ outcome: 'accepted' })
})

test('F7: where large packets vanish a page stalls and is given up; small messages go on', async () => {
  const hole = await line((chunk, _direction, to) => {
    if (chunk.length < 1_400) to.write(chunk)
  })
  const behindHole = client(hole.url, 500)
  const page = new Uint8Array(randomBytes(200_000))
  // It concerns this one alone: a stalled page is no reason to leave the others lying.
  expect(await behindHole.putPage('a'.repeat(64), page)).toEqual({
    ...{ outcome: 'later', code: 'DEADLINE', concerns: 'thisMessage' },
  })
  expect(hole.up()).toBeGreaterThan(1_400)
  expect(await behindHole.sendMessage(row)).toMatchObject({ outcome: 'accepted' })
  expect(province.held.size).toBe(1)
})

test('F9: a proxy that strips headers is no receipt, and one that strips the token stops the worker', async () => {
  const front = await startProvinceFront(province.url)
  onTestFinished(() => front.stop())
  expect(await client(front.url).sendMessage(row)).toMatchObject({ outcome: 'accepted' })
  for (const name of ['authorization', 'idempotency-key', 'content-type']) {
    front.strip(name)
    const answer = await client(front.url).sendMessage(memoryOutbox().add('K07-1-000002-X'))
    expect({ name, outcome: answer.outcome }).not.toMatchObject({ outcome: 'accepted' })
    if (name === 'authorization') expect(answer).toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(province.held.size).toBe(1)
  }
})
