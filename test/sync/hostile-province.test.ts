import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Receipt, receiptSchema } from '../../src/contract/province/receipt.ts'
import { databaseFileName } from '../../src/main/store/connection.ts'
import type { Store } from '../../src/main/store/open-store.ts'
import { openSampleStore } from '../../src/main/store/testing/sample.ts'
import type { SyncIncident } from '../../src/main/sync/answer.ts'
import { createOutboxWorker, type OutboxWorker } from '../../src/main/sync/outbox-worker.ts'
import type { OutboxRow } from '../../src/main/sync/ports.ts'
import { createProvinceClient } from '../../src/main/sync/province-client.ts'
import { createVerifier } from '../../src/main/sync/verifier.ts'
import { verifyReceipt } from '../../src/main/sync/verify-receipt.ts'
import { hostileAnswers } from './support/hostile-answers.ts'
import {
  type Behaviour,
  type MisbehavingProvince,
  provinceToken,
  startMisbehavingProvince,
} from './support/misbehaving-province.ts'
import { syncTestClock } from './support/sync-test-clock.ts'

let folder: string
let store: Store
let province: MisbehavingProvince
let worker: OutboxWorker
let incidents: SyncIncident[]
let clock = syncTestClock()

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hostile-'))
  clock = syncTestClock()
  store = openSampleStore(folder, { clock })
  province = await startMisbehavingProvince()
  incidents = []
  const { url, provinceId, receiptKey } = province
  worker = createOutboxWorker({
    outbox: store.outbox,
    epochs: store.epoch,
    client: createProvinceClient({
      ...{ url, provinceId, receiptKeys: [receiptKey], kioskId: 'K07', token: provinceToken },
      deadlineMs: 150,
    }),
    clock,
    slipKey: { keyId: 'K07.1', publicKey: 'A'.repeat(43) },
    random: () => 0.5,
    report: (incident) => incidents.push(incident),
  })
})
afterEach(async () => {
  await worker.stop()
  await province.close()
  store.close()
  rmSync(folder, { recursive: true })
})

const others = 8
function fill(lanes: number, messagesALane: number): void {
  for (let number = 0; number < messagesALane; number += 1) {
    for (let lane = 0; lane < lanes; lane += 1) {
      store.enqueue({ kind: 'rating', lane: `lane-${lane}`, body: { score: 5 } })
    }
  }
}
/** Turns time on until it holds: back-off costs no real time. */
const turning = (check: () => void) =>
  vi.waitFor(
    () => {
      try {
        check()
      } catch (error) {
        void clock.advance(20_000)
        throw error
      }
    },
    { timeout: 30_000, interval: 5 },
  )
const acknowledged = (count: number) => () => expect(store.outbox.counts().acknowledged).toBe(count)

interface OutboxTableRow extends Omit<OutboxRow, 'payload'> {
  readonly receipt: string | null
}
/** What a second connection reads from the file. */
function rows(): readonly OutboxTableRow[] {
  const db = new Sqlite(join(folder, databaseFileName), { readonly: true })
  try {
    return db
      .prepare<[], OutboxTableRow>(
        `SELECT sequence, key, lane, kind, body_hash AS bodyHash, state, attempts, receipt
         FROM outbox ORDER BY sequence`,
      )
      .all()
  } finally {
    db.close()
  }
}
const rowOf = (lane: string) => rows().find((row) => row.lane === lane)

/** Truth 1 at this boundary: acknowledged means held, with a receipt for exactly these bytes. */
function judge(): void {
  const { provinceId, receiptKey } = province
  const verifier = createVerifier([receiptKey])
  for (const { key, bodyHash, state, receipt: text } of rows()) {
    expect(text === null).toBe(state !== 'acknowledged')
    if (text === null) continue
    expect(province.held.get(key)).toBe(bodyHash)
    const receipt = receiptSchema.parse(JSON.parse(text))
    expect(verifyReceipt(receipt, { key, bodyHash, provinceId }, verifier)).toMatchObject({
      ok: true,
    })
  }
}

const change =
  (fields: (receipt: Receipt) => object): Behaviour =>
  (raw, good) => {
    raw.writeHead(200, { 'content-type': 'application/json' })
    raw.end(JSON.stringify({ ...fields(good() as Receipt) }))
  }

const lies: readonly (readonly [string, Behaviour])[] = [
  ['unsigned receipt', change(({ signature: _, ...rest }) => rest)],
  ['empty signature', change((receipt) => ({ ...receipt, signature: '' }))],
  ['signature of zeros', change((receipt) => ({ ...receipt, signature: 'A'.repeat(86) }))],
  [
    'signature in another spelling',
    change((receipt) => ({ ...receipt, signature: `${receipt.signature}==` })),
  ],
  [
    'signature that is a list',
    change((receipt) => ({ ...receipt, signature: [receipt.signature] })),
  ],
  [
    'time that was not signed',
    change((receipt) => ({ ...receipt, receivedAt: '2030-01-01T00:00:00Z' })),
  ],
  ['key id __proto__', change((receipt) => ({ ...receipt, keyId: '__proto__' }))],
  ['more than a receipt', change((receipt) => ({ ...receipt, alsoDelete: true }))],
  ['signed by somebody else', 'wrongSignature'],
  ['by a key that nobody named', 'unknownKey'],
  ['receipt for another key', 'receiptOfOtherKey'],
  ['receipt for other bytes', 'receiptOfOtherBody'],
  ['receipt of another province', 'receiptOfOtherProvince'],
  ['held, and then the line breaks', 'resetAfterCommit'],
  ['held, and then silence', 'commitThenSilence'],
  ['a receipt cut in half', 'truncatedJson'],
  ['a receipt with __proto__', 'prototypePollution'],
]

const everything: readonly (readonly [string, Behaviour])[] = [
  ...lies,
  ...hostileAnswers({ url: 'http://127.0.0.1:9' }).map(
    ([name, answer]): readonly [string, Behaviour] => [name, (raw) => answer(raw)],
  ),
]

test.each(everything)(
  '%s: only its own dossier waits, and nothing is marked',
  async (_name, lie) => {
    store.enqueue({ kind: 'rating', lane: 'poison', body: { score: 1 } })
    fill(others, 1)
    province.byLane.set('poison', lie)
    worker.start()
    await turning(acknowledged(others))
    // It has been tried, and is as it was.
    await turning(() => expect(rowOf('poison')?.attempts).toBeGreaterThan(0))
    expect(rowOf('poison')?.state).toMatch(/^(pending|sending)$/)
    judge()
    province.byLane.delete('poison')
    await turning(acknowledged(others + 1))
    judge()
    expect(province.held.size).toBe(others + 1)
  },
)

test.each<[Behaviour]>([
  [{ status: 422, code: 'KEY_REUSED' }],
  [{ status: 422, code: 'DOSSIER_EXISTS' }],
  [{ status: 400, code: 'INVALID_MESSAGE' }],
  [{ status: 413 }],
])('first held, then %j for the same key: a person looks, the others go', async (refusal) => {
  store.enqueue({ kind: 'rating', lane: 'poison', body: { score: 1 } })
  fill(others, 1)
  province.script.push('resetAfterCommit')
  worker.start()
  await vi.waitFor(() => expect(province.held.size).toBeGreaterThan(0))
  province.byLane.set('poison', refusal)
  await turning(acknowledged(others))
  await turning(() => expect(rowOf('poison')?.state).toBe('parked'))
  judge()
})

test('another receipt for the same key, later, changes nothing', async () => {
  fill(1, 1)
  let receipt: Receipt | undefined
  province.byLane.set('lane-0', (raw, good) => {
    receipt = good() as Receipt
    raw.writeHead(200, { 'content-type': 'application/json' })
    raw.end(JSON.stringify(receipt))
  })
  worker.start()
  await turning(acknowledged(1))
  const requests = province.requests.length
  await clock.advance(3_600_000)
  worker.notify()
  expect(province.requests).toHaveLength(requests)
  const kept = rowOf('lane-0')
  expect(() => store.outbox.acknowledge(kept?.key ?? '', '{}', '2026-01-01T00:00:00Z')).toThrow()
  expect(JSON.parse(rowOf('lane-0')?.receipt ?? '')).toEqual(receipt)
})

test('a province that flaps and lies at random in the end holds each message once, in order', async () => {
  fill(12, 5)
  const kinds = everything
    // Each costs a deadline; the table has them.
    .filter(([name]) => !/slow-loris|never answers|silence|hints|endless/.test(name))
    .map(([, behaviour]) => behaviour)
  let seed = 4
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed / 2_147_483_648
  }
  for (let count = 0; count < 150; count += 1) {
    const kind = kinds[Math.floor(random() * kinds.length)] ?? 'good'
    province.script.push(random() < 0.3 ? 'good' : kind)
  }
  province.epochScript.push('loginPage', 'resetBeforeCommit', { status: 503 })
  worker.start()
  await turning(acknowledged(60))
  judge()
  expect(province.held.size).toBe(60)
  for (let lane = 0; lane < 12; lane += 1) {
    const keys = rows().flatMap((row) => (row.lane === `lane-${lane}` ? [row.key] : []))
    expect([...province.held.keys()].filter((key) => keys.includes(key))).toEqual(keys)
  }
  expect(incidents.every(({ severity }) => severity === 'incident')).toBe(true)
})
