import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { SealedDossier } from '../../src/contract/province/sealed.ts'
import { makeIntakeId } from '../../src/main/domain/intake-id.ts'
import type { SyncIncident } from '../../src/main/sync/answer.ts'
import { createFeedWorker } from '../../src/main/sync/feed-worker.ts'
import { createOutboxWorker, type OutboxWorker } from '../../src/main/sync/outbox-worker.ts'
import { createPhoneCodeSender } from '../../src/main/sync/phone-code.ts'
import { createProvinceClient, type ProvinceClient } from '../../src/main/sync/province-client.ts'
import { contentHash, createSealer } from '../../src/main/sync/seal.ts'
import { createVerifier } from '../../src/main/sync/verifier.ts'
import { startTestProvince, type TestProvince } from '../support/province.ts'
import { memoryFeed } from './support/memory-feed.ts'
import { type MemoryOutbox, memoryEpoch, memoryOutbox } from './support/memory-outbox.ts'
import { syncTestClock } from './support/sync-test-clock.ts'

let province: TestProvince
let client: ProvinceClient
let outbox: MemoryOutbox
let worker: OutboxWorker
let incidents: SyncIncident[]
const clock = syncTestClock()

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 10 })
const turning = (check: () => void) =>
  eventually(() => {
    try {
      check()
    } catch (error) {
      void clock.advance(500)
      throw error
    }
  })
const allAcknowledged = () => expect(outbox.counts().acknowledged).toBe(outbox.rows.length)

beforeEach(async () => {
  province = await startTestProvince()
  const { url, kioskId, token, published } = province
  const { provinceId, receiptKeys } = published
  client = createProvinceClient({ url, kioskId, token, provinceId, receiptKeys })
  outbox = memoryOutbox(kioskId)
  incidents = []
  worker = createOutboxWorker({
    ...{ outbox, client, clock },
    epochs: memoryEpoch(false),
    slipKey: { keyId: 'K07.1', publicKey: Buffer.alloc(32, 7).toString('base64url') },
    random: Math.random,
    report: (incident) => incidents.push(incident),
  })
})
afterEach(async () => {
  await worker.stop()
  await province.stop()
})

async function addDossier(number: number): Promise<string> {
  const intakeId = makeIntakeId({ kioskId: 'K07', epoch: 1, number })
  const bagCode = `TUI${String(number).padStart(8, '0')}`
  const person = {
    kind: 'person',
    name: 'Nguyễn Văn A',
    idNumber: '092090012345',
    idKind: 'citizenId',
    birthDate: '01011990',
    sex: 'Nam',
    address: '',
    source: 'card',
  } as const
  const content: SealedDossier = {
    ...{ version: 1, intakeId, bagCode, procedureCode: '1.001193', procedureName: 'Khai sinh' },
    ...{ applicant: person, owner: person, relation: 'self' },
    ...{ phone: '0900000000', phoneConfirmed: true, hasSecret: false, papers: [] },
    ...{ language: 'vi', sealedAt: '2026-07-01T00:00:00Z', salt: 'AAAAAAAAAAAAAAAAAAAAAA==' },
  }
  const plaintext = JSON.stringify(content)
  outbox.add(intakeId, 'dossierDeposited', {
    ...{ intakeId, bagCode, procedureCode: '1.001193', compartment: 1 },
    ...{ depositedAt: '2026-07-01T00:00:00Z', clockSynchronised: true, phoneConfirmed: true },
    contentHash: contentHash(plaintext),
    sealed: await createSealer(province.published.ageRecipient).seal(plaintext),
  })
  return intakeId
}

test('dossiers arrive once each, and their results come down the feed', async () => {
  const intakeIds = await Promise.all([1, 2, 3].map(addDossier))
  worker.start()
  await turning(allAcknowledged)
  expect((await province.dossiers()).map((dossier) => dossier.intakeId).toSorted()).toEqual(
    intakeIds,
  )
  const [first = ''] = intakeIds
  const officer = await province.officer()
  const dossierCode = await officer.accept(first)
  await officer.sendResult(first)

  const feed = memoryFeed()
  const down = createFeedWorker({
    ...{ feed, client, clock },
    staffVerifier: createVerifier(province.published.staffKeys),
    random: Math.random,
    report: (incident) => incidents.push(incident),
  })
  down.start()
  await turning(() => {
    expect(feed.cursor('results')).toBeGreaterThan(0)
    expect(feed.cursor('staff')).toBeGreaterThan(0)
  })
  await down.stop()
  const result = feed.log.find((line) => line.startsWith('results')) ?? ''
  expect(result).toContain(dossierCode)
  expect(result).toContain(first)
  expect(feed.log.filter((line) => line.startsWith('parked'))).toEqual([])
  expect(feed.log.some((line) => line.startsWith('staff'))).toBe(true)
  expect(incidents).toEqual([])
})

test('the province is killed in the middle: everything arrives, nothing twice', async () => {
  const intakeIds = await Promise.all(Array.from({ length: 40 }, (_, at) => addDossier(at + 1)))
  worker.start()
  await eventually(() => expect(outbox.counts().acknowledged).toBeGreaterThan(5))
  await province.kill()
  expect(outbox.counts().acknowledged).toBeLessThan(40)
  await province.restart()
  await turning(allAcknowledged)
  expect((await province.dossiers()).map((dossier) => dossier.intakeId).toSorted()).toEqual(
    intakeIds,
  )
  expect(await province.messages()).toHaveLength(40)
  expect(incidents).toEqual([])
})

test('a phone code goes out as an SMS', async () => {
  const sealer = createSealer(province.published.ageRecipient)
  const send = createPhoneCodeSender(client, sealer)
  expect(await send('0900000000', '135790', 'vi')).toBe('sent')
  const sms = await province.sms()
  expect(sms).toMatchObject([{ phone: '0900000000' }])
  expect(sms[0]?.text).toContain('135790')
})
