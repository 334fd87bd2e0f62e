import type { Screen } from '../screen.ts'
import type { QueueRow } from '../screens/operator.ts'
import { input } from './parts.ts'

const row = (sequence: number, more: Partial<QueueRow> = {}): QueueRow => ({
  key: `0198c1f2-0000-7000-8000-${String(sequence).padStart(12, '0')}`,
  sequence,
  kind: 'dossierDeposited',
  lane: `K07-1-${String(sequence).padStart(6, '0')}-F`,
  state: 'pending',
  attempts: 3,
  createdAt: '2026-05-02T12:40:00Z',
  answer: 'DEADLINE',
  behind: false,
  ...more,
})
const rows = [
  row(123, { state: 'parked', answer: 'INVALID_MESSAGE', attempts: 1 }),
  row(124, {
    kind: 'slipPrinted',
    lane: 'K07-1-000123-F',
    answer: null,
    attempts: 0,
    behind: true,
  }),
  row(125, { state: 'sending' }),
  row(126),
  row(127, { kind: 'fault', lane: 'kiosk', answer: 'BUSY' }),
]
const queue: Extract<Screen, { name: 'queue' }> = {
  name: 'queue',
  counts: { pending: 3, sending: 1, acknowledged: 1_204, parked: 1, deliveredByHand: 2 },
  oldestOpenAt: '2026-05-02T12:40:00Z',
  province: { state: 'offline', lastContactAt: '2026-05-02T12:39:10Z', reason: 'DEADLINE' },
  worker: { state: 'paused', stopCode: null },
  filter: 'open',
  page: 1,
  pages: 1,
  rows,
  exported: null,
  problem: null,
}

export const operatorExamples: Readonly<Record<string, Screen>> = {
  queue,
  'queue-empty': {
    ...queue,
    counts: { pending: 0, sending: 0, acknowledged: 1_209, parked: 0, deliveredByHand: 2 },
    oldestOpenAt: null,
    province: { state: 'online', lastContactAt: '2026-05-02T13:04:58Z', reason: null },
    worker: { state: 'idle', stopCode: null },
    rows: [],
    exported: { file: '/var/lib/motcua/exports/outbox-20260502-2004.csv', rows: 1_211 },
  },
  'queue-stopped': { ...queue, worker: { state: 'stopped', stopCode: 'UNAUTHENTICATED' } },
  'queue-full': {
    ...queue,
    counts: { ...queue.counts, acknowledged: 18_204, pending: 4_812 },
    oldestOpenAt: '2026-04-29T08:40:00Z',
    page: 2,
    pages: 402,
    rows: Array.from({ length: 12 }, (_, index) => row(13_135 + index)),
  },
  'queue-notWritten': { ...queue, problem: 'exportFailed' },
  queueMessage: {
    name: 'queueMessage',
    row: row(123, { state: 'parked', answer: 'INVALID_MESSAGE', attempts: 1 }),
    epoch: 1,
    bodyHash: '9f2c'.repeat(16),
    acknowledgedAt: null,
    facts: [
      { name: 'intakeId', value: 'K07-1-000123-F' },
      { name: 'bagCode', value: 'TUI-0000482' },
      { name: 'procedureCode', value: '0.000001.H00' },
      { name: 'compartment', value: '5' },
      { name: 'depositedAt', value: '2026-05-02T12:40:00Z' },
      { name: 'sealed', value: '(1 832)' },
    ],
    actions: ['release', 'handOver'],
    problem: null,
  },
  'queueReason-park': {
    name: 'queueReason',
    action: 'park',
    sequence: 126,
    reasons: ['provinceAsks', 'wrongContent', 'maybeTwice', 'holdBack'],
  },
  'queueReason-release': {
    name: 'queueReason',
    action: 'release',
    sequence: 123,
    reasons: ['mended', 'provinceReady', 'parkedByMistake'],
  },
  queueHandOver: {
    name: 'queueHandOver',
    sequence: 123,
    lane: 'K07-1-000123-F',
    input: input('officialCode', 'code', 'H99.01-260502-0007', 40, true),
    problem: null,
  },
  queueSecond: {
    name: 'queueSecond',
    sequence: 123,
    officialCode: 'H99.01-260502-0007',
    problem: 'secondIsFirst',
  },
  queueSecondPin: {
    name: 'queueSecondPin',
    sequence: 123,
    officialCode: 'H99.01-260502-0007',
    input: input('pin', 'digits', '••••', 12, true),
    problem: null,
  },
}
