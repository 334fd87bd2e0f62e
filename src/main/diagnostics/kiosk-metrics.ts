import type { Diagnosis } from '../../contract/diagnosis.ts'
import type { Metric, Sample } from './metrics-text.ts'

/** What core knows besides the diagnosis. */
export interface KioskFacts {
  readonly diagnosis: Diagnosis
  readonly outbox: Readonly<Record<string, number>>
  /** When the oldest message was made that has no receipt. */
  readonly oldestOpenAt: string | null
  readonly province: { readonly state: string; readonly lastContactAt: string | null }
  readonly worker: string
  readonly epoch: number
  readonly auditRows: number
  readonly eventLoopDelay: {
    readonly p50Ms: number
    readonly p99Ms: number
    readonly maxMs: number
  }
  readonly residentBytes: number
  readonly upSeconds: number
}

/** States and counts of the machine; of people not even how many were served by which name. */
export function kioskMetrics(facts: KioskFacts): readonly Metric[] {
  const { diagnosis } = facts
  const nowMs = Date.parse(diagnosis.at)
  const since = (iso: string) => Math.max(0, (nowMs - Date.parse(iso)) / 1_000)
  const gauge = (name: string, help: string, samples: readonly Sample[] | number): Metric => ({
    ...{ name: `motcua_${name}`, help, type: 'gauge' },
    samples: typeof samples === 'number' ? [{ value: samples }] : samples,
  })
  const each = <T>(items: readonly T[], sample: (item: T) => Sample) => items.map(sample)
  const { outbox, oldestOpenAt, province, eventLoopDelay } = facts
  const { compartments, certificateNotAfter } = diagnosis
  return [
    gauge('info', 'Which machine this is.', [
      { labels: { kiosk: diagnosis.kioskId, epoch: String(facts.epoch) }, value: 1 },
    ]),
    gauge('fit', 'Whether every service is there.', Number(diagnosis.fit)),
    gauge(
      'service_available',
      'Whether a citizen gets this service.',
      each(diagnosis.services, ({ service, available }) => ({
        ...{ labels: { service }, value: Number(available) },
      })),
    ),
    gauge(
      'device_state',
      'The state that a device is in: 1.',
      each(diagnosis.devices, ({ id, state }) => ({ labels: { device: id, state }, value: 1 })),
    ),
    gauge(
      'finding',
      'What is wrong, or soon will be: 1.',
      each(diagnosis.findings, ({ subject, reason, severity }) => ({
        ...{ labels: { subject, reason, severity }, value: 1 },
      })),
    ),
    gauge('compartments', 'Compartments by what can be done with them.', [
      { labels: { state: 'free' }, value: compartments.free },
      { labels: { state: 'suspect' }, value: compartments.suspect.length },
      { labels: { state: 'unknown' }, value: compartments.unknown.length },
    ]),
    gauge(
      'supply_left',
      'Bags in pieces, paper in millimetres.',
      diagnosis.supplies.flatMap(({ supply, left }) =>
        left === null ? [] : [{ labels: { supply }, value: left }],
      ),
    ),
    gauge(
      'clock_synchronised',
      'Whether the clock is checked.',
      Number(diagnosis.clockSynchronised),
    ),
    gauge(
      'certificate_expiry_timestamp_seconds',
      'Last moment of the certificate that the province is shown.',
      certificateNotAfter === undefined ? [] : [{ value: Date.parse(certificateNotAfter) / 1_000 }],
    ),
    gauge(
      'outbox_messages',
      'Messages for the province by their state.',
      each(Object.entries(outbox), ([state, value]) => ({ labels: { state }, value })),
    ),
    gauge(
      'outbox_oldest_seconds',
      'Age of the oldest message without a receipt; 0: there is none.',
      oldestOpenAt === null ? 0 : since(oldestOpenAt),
    ),
    gauge(
      'province_online',
      'Whether the last exchange reached it.',
      Number(province.state === 'online'),
    ),
    gauge(
      'province_contact_seconds',
      'Time since its last answer.',
      province.lastContactAt === null ? [] : [{ value: since(province.lastContactAt) }],
    ),
    gauge(
      'sending_stopped',
      'Nothing is sent until a person resumes it.',
      Number(facts.worker === 'stopped'),
    ),
    {
      ...{ name: 'motcua_audit_rows_total', help: 'Rows of the audit chain.', type: 'counter' },
      samples: [{ value: facts.auditRows }],
    },
    gauge('event_loop_delay_seconds', 'How late core’s timers fire, since it last wrote its log.', [
      { labels: { quantile: '0.5' }, value: eventLoopDelay.p50Ms / 1_000 },
      { labels: { quantile: '0.99' }, value: eventLoopDelay.p99Ms / 1_000 },
      { labels: { quantile: '1' }, value: eventLoopDelay.maxMs / 1_000 },
    ]),
    gauge('resident_memory_bytes', 'Resident memory of core.', facts.residentBytes),
    gauge('uptime_seconds', 'How long core has been up.', facts.upSeconds),
  ]
}
