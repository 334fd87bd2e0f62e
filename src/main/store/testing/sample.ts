import type { FeedItem } from '../../../contract/province/feed.ts'
import type { OutboxDraft, SealInput } from '../../flows/store-port.ts'
import type { JournalEntry } from '../journal-line.ts'
import { openStore, type Store, type StoreOptions } from '../open-store.ts'
import type { StoreClock } from '../store-context.ts'

/** Invented data, the same in every run: two databases with the same steps hold the same bytes. */
export const sampleAt = '2026-03-02T08:00:00.000Z'
export const sampleStaffId = 'staff-0001'

export interface SampleClock extends StoreClock {
  nowMs: number
  running: number
}

export function sampleClock(): SampleClock {
  return {
    nowMs: Date.parse(sampleAt),
    running: 1_000,
    now() {
      return new Date(this.nowMs)
    },
    runningMs() {
      return this.running
    },
  }
}

export function sampleUuids(version: 4 | 7): () => string {
  let count = 0
  return () => {
    count += 1
    return `00000000-0000-${version}000-8000-${String(count).padStart(12, '0')}`
  }
}

export function openSampleStore(folder: string, options: Partial<StoreOptions> = {}): Store {
  return openStore({
    folder,
    kioskId: 'K07',
    compartments: [
      ...[1, 2, 3, 4].map((number) => ({ number, kind: 'drop' as const })),
      ...[11, 12, 13].map((number) => ({ number, kind: 'result' as const })),
    ],
    supplies: { bags: { capacity: 3, lowAt: 1 }, paper: { capacity: 1_000, lowAt: 300 } },
    clock: sampleClock(),
    newKey: sampleUuids(7),
    newInstance: sampleUuids(4),
    ...options,
  })
}

export function sampleIntakeId(number: number): string {
  return `K07-1-${String(number).padStart(6, '0')}-X`
}

export function sampleSeal(number: number, compartment: number): SealInput {
  return {
    intakeId: sampleIntakeId(number),
    bagCode: `BAG-${number}`,
    procedureCode: '1.000000',
    compartment,
    contentHash: number.toString(16).padStart(64, '0'),
    sealed: 'c2VhbGVk',
    smsSealed: 'c21z',
    phoneConfirmed: true,
    lowDoor: false,
    language: 'vi',
    facts: {
      applicantMasked: 'T*** M** M**',
      ownerMasked: 'T*** M** M**',
      procedureName: 'Thủ tục mẫu',
      papers: [{ name: 'Giấy mẫu', kind: 'original', count: 1 }],
    },
    applicantIdHash: `a${number}`.padEnd(64, '0'),
    ownerIdHash: `b${number}`.padEnd(64, '0'),
    secretHash: `c${number}`.padEnd(64, '0'),
    pages: [],
    at: sampleAt,
    clockSynchronised: true,
  }
}

export function sampleResult(
  resultId: string,
  more: Partial<FeedItem<'results'>> = {},
): FeedItem<'results'> {
  return {
    resultId,
    dossierCode: `CODE-${resultId}`,
    procedureCode: '1.000000',
    assurance: 'code',
    phoneConfirmed: true,
    size: 'small',
    keepDays: 30,
    ...more,
  }
}

export function sampleRight(rightId: string) {
  return {
    rightId,
    codeHash: `code of ${rightId}`,
    qrHash: `qr of ${rightId}`,
    expiresAt: '2026-04-01T16:59:59.000Z',
    validMs: 30 * 86_400_000,
  }
}

export function stockedDraft(resultId: string, rightId: string, compartment: number): OutboxDraft {
  return {
    kind: 'resultStocked',
    lane: resultId,
    body: {
      resultId,
      dossierCode: `CODE-${resultId}`,
      rightId,
      compartment,
      stockedAt: sampleAt,
      lastDay: '2026-04-01',
      staffId: sampleStaffId,
      sealed: 'bm90aWNl',
    },
  }
}

export const sampleGrant: FeedItem<'staff'> = {
  grantId: 'grant-1',
  staffId: sampleStaffId,
  displayName: 'Cán bộ mẫu',
  role: 'officer',
  badgeHash: 'd'.repeat(64),
  pinHash: 'scrypt$2$1$1$AA==$AA==',
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2026-12-31T00:00:00Z',
  keyId: 'key-1',
  signature: 'c2ln',
}

/** A dossier that lies in its compartment. */
export function depositSample(store: Store, number: number, compartment: number): string {
  const intakeId = sampleIntakeId(number)
  store.flow.sealDossier(sampleSeal(number, compartment))
  store.flow.recordDepositUnlock(intakeId)
  store.flow.depositDossier(intakeId, sampleAt)
  return intakeId
}

/** A result behind a closed door, with its right. */
export function stockSample(store: Store, resultId: string, compartment: number): string {
  const rightId = `right-${resultId}`
  store.feed.apply('results', store.feed.cursor('results') + 1, sampleResult(resultId))
  store.flow.assignResult(resultId, compartment, sampleStaffId)
  store.flow.stockResult(
    resultId,
    sampleRight(rightId),
    stockedDraft(resultId, rightId, compartment),
    sampleAt,
  )
  return rightId
}

/** A page that was accepted. */
export function samplePage(number: number) {
  return {
    contentHash: `d${number}`.padEnd(64, '0'),
    captureHash: `e${number}`.padEnd(64, '0'),
    personHash: 'f'.repeat(64),
  }
}

export function sampleJournalEntry(number: number): JournalEntry {
  return {
    intakeId: sampleIntakeId(number),
    at: sampleAt,
    sealed: 'c2VhbGVk',
    contentHash: number.toString(16).padStart(64, '0'),
    bagCode: `BAG-${number}`,
    compartment: number,
    procedureCode: '1.000000',
  }
}
