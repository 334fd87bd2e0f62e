import { afterEach, beforeEach, expect, test } from 'vitest'
import { createProvinceClient, type ProvinceClient } from '../../src/main/sync/province-client.ts'
import { retryAfterCapMs } from '../../src/main/sync/retry-policy.ts'
import { memoryOutbox } from './support/memory-outbox.ts'
import {
  type Behaviour,
  type MisbehavingProvince,
  provinceToken,
  startMisbehavingProvince,
} from './support/misbehaving-province.ts'

let province: MisbehavingProvince
let client: ProvinceClient
const row = memoryOutbox().add('K07-1-000001-X')

function connect(more: { token?: string; deadlineMs?: number } = {}): ProvinceClient {
  const { url, provinceId, receiptKey } = province
  const receiptKeys = [receiptKey]
  const standard = { url, kioskId: 'K07', token: provinceToken, provinceId, receiptKeys }
  return createProvinceClient({ ...standard, deadlineMs: 5_000, ...more })
}

beforeEach(async () => {
  province = await startMisbehavingProvince()
  client = connect()
})
afterEach(() => province.close())

test('a receipt that verifies is acceptance, and the same bytes get the same one again', async () => {
  const first = await client.sendMessage(row)
  expect(first).toMatchObject({ outcome: 'accepted', receipt: { key: row.key } })
  expect(await client.sendMessage(row)).toEqual(first)
  expect(province.held.size).toBe(1)
})

test.each<[Behaviour, string]>([
  ['wrongSignature', 'RECEIPT_SIGNATURE_BAD'],
  ['unknownKey', 'RECEIPT_KEY_UNKNOWN'],
  ['receiptOfOtherKey', 'RECEIPT_OF_OTHER_KEY'],
  ['receiptOfOtherBody', 'RECEIPT_OF_OTHER_BODY'],
  ['receiptOfOtherProvince', 'RECEIPT_OF_OTHER_PROVINCE'],
  ['prototypePollution', 'RECEIPT_MALFORMED'],
  ['truncatedJson', 'ANSWER_NOT_JSON'],
  ['loginPage', 'ANSWER_NOT_JSON'],
  ['notJsonType', 'ANSWER_NOT_JSON'],
  ['endless', 'ANSWER_TOO_LARGE'],
  ['redirect', 'HTTP_307'],
  [{ status: 404 }, 'HTTP_404'],
  [{ status: 400 }, 'HTTP_400'],
])('%j is an incident, never success', async (behaviour, code) => {
  province.script.push(behaviour)
  expect(await client.sendMessage(row)).toEqual({ outcome: 'garbled', code })
  expect(province.requests).toEqual(['message 1'])
})

test.each<[Behaviour, object]>([
  [
    { status: 400, code: 'INVALID_MESSAGE' },
    { outcome: 'rejected', code: 'INVALID_MESSAGE' },
  ],
  [{ status: 413 }, { outcome: 'rejected', code: 'HTTP_413' }],
  [
    { status: 422, code: 'KEY_REUSED' },
    { outcome: 'rejected', code: 'KEY_REUSED' },
  ],
  [
    { status: 422, code: 'DOSSIER_EXISTS' },
    { outcome: 'rejected', code: 'DOSSIER_EXISTS' },
  ],
  [{ status: 401 }, { outcome: 'stop', code: 'UNAUTHENTICATED' }],
  [
    { status: 403, code: 'FORBIDDEN' },
    { outcome: 'stop', code: 'FORBIDDEN' },
  ],
  [
    { status: 404, code: 'NOT_FOUND' },
    { outcome: 'stop', code: 'NOT_FOUND' },
  ],
  [
    { status: 409, code: 'EPOCH_REPEATED' },
    { outcome: 'stop', code: 'EPOCH_REPEATED' },
  ],
  [{ status: 409, code: 'EPOCH_UNKNOWN' }, { outcome: 'epochUnknown' }],
  [
    { status: 500, code: 'INTERNAL' },
    { outcome: 'later', code: 'INTERNAL', concerns: 'thisMessage' },
  ],
  [{ status: 502 }, { outcome: 'later', code: 'HTTP_502', concerns: 'thisMessage' }],
  [
    { status: 503, code: 'BUSY', retryAfter: '7' },
    { outcome: 'later', code: 'BUSY', concerns: 'everyone', retryAfterMs: 7_000 },
  ],
  [
    { status: 429, code: 'BUSY', retryAfter: '315360000' },
    { outcome: 'later', code: 'BUSY', concerns: 'everyone', retryAfterMs: retryAfterCapMs },
  ],
  [
    { status: 429, retryAfter: 'soon' },
    { outcome: 'later', code: 'HTTP_429', concerns: 'everyone' },
  ],
])('%j', async (behaviour, expected) => {
  province.script.push(behaviour)
  expect(await client.sendMessage(row)).toEqual(expected)
})

test('a connection that breaks may have delivered: later, with the same bytes', async () => {
  province.script.push('resetBeforeCommit', 'resetAfterCommit')
  expect(await client.sendMessage(row)).toMatchObject({ outcome: 'later', concerns: 'everyone' })
  expect(province.held.size).toBe(0)
  expect(await client.sendMessage(row)).toMatchObject({ outcome: 'later' })
  expect(province.held.size).toBe(1)
  expect(await client.sendMessage(row)).toMatchObject({ outcome: 'accepted' })
  expect(province.held.size).toBe(1)
})

test('a server that says nothing is given up at the deadline', async () => {
  client = connect({ deadlineMs: 150 })
  province.script.push('silence')
  expect(await client.sendMessage(row)).toEqual({
    outcome: 'later',
    code: 'DEADLINE',
    concerns: 'thisMessage',
  })
})

test('the worker can give up at once', async () => {
  province.script.push('silence')
  const abort = new AbortController()
  const answer = client.sendMessage(row, abort.signal)
  abort.abort()
  expect(await answer).toMatchObject({ outcome: 'later', code: 'ABORTED' })
})

test('no server at all', async () => {
  await province.close()
  expect(await client.sendMessage(row)).toEqual({
    outcome: 'later',
    code: 'ECONNREFUSED',
    concerns: 'everyone',
  })
})

test('a wrong token stops', async () => {
  client = connect({ token: 'another-token-0123456' })
  expect(await client.sendMessage(row)).toEqual({ outcome: 'stop', code: 'UNAUTHENTICATED' })
})

test.each([
  'http://province.example',
  'http://127.0.0.1.example',
  'http://10.0.0.1',
  'ftp://127.0.0.1',
])('never in the clear over a network: %s', (url) => {
  const { provinceId, receiptKey } = province
  const options = { url, kioskId: 'K07', token: 'x', provinceId, receiptKeys: [receiptKey] }
  expect(() => createProvinceClient(options)).toThrow(/only https/)
})

test('a feed page is taken only in its exact shape', async () => {
  province.feed.set('hours', [{ cursor: 3, item: { weekday: 1 } }])
  const items = [{ cursor: 3, item: { weekday: 1 } }]
  expect(await client.feedPage('hours', 0, 10)).toEqual({ outcome: 'page', items })
  expect(await client.feedPage('hours', 3, 10)).toEqual({ outcome: 'page', items: [] })
  province.feed.set('hours', [{ cursor: -1, item: null }])
  expect(await client.feedPage('hours', -2, 10)).toEqual({
    outcome: 'garbled',
    code: 'PAGE_MALFORMED',
  })
})
