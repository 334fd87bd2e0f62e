import { certificateWarningDays } from '../security/certificate-warning.ts'
import type { Kiosk, StoredHeartbeat } from '../store/records/kiosk-records.ts'
import { reasonWord } from './reason-words.ts'

/** Red and amber are for whoever looks at many machines at once; the text says the same. */
export interface Fact {
  readonly text: string
  readonly level: 'good' | 'warn' | 'bad'
}

export interface KioskHealth {
  readonly contact: Fact
  /** Undefined: this kiosk has never sent a heartbeat. */
  readonly told:
    | {
        readonly oldest: Fact
        readonly parked: Fact
        readonly services: readonly Fact[]
        readonly paper: Fact
        readonly bags: Fact
        readonly compartments: Fact
        readonly clock: Fact
        readonly certificate: Fact
      }
    | undefined
}

const minuteMs = 60_000
/** Silent for longer than this, a machine is red. */
export const silentAfterMs = 5 * minuteMs
const oldAfterMs = 60 * minuteMs
const skewMs = 2 * minuteMs

const serviceWords: Readonly<Record<string, string>> = {
  intake: 'Nộp hồ sơ',
  collection: 'Nhận kết quả',
}

export function kioskHealth(
  { lastContactAt }: Kiosk,
  stored: StoredHeartbeat | undefined,
  now: Date,
): KioskHealth {
  const sinceMs = lastContactAt === null ? undefined : now.getTime() - Date.parse(lastContactAt)
  return { contact: contactFact(sinceMs), told: stored && toldBy(stored, now) }
}

function contactFact(sinceMs: number | undefined): Fact {
  if (sinceMs === undefined) return { text: 'Chưa liên lạc', level: 'bad' }
  return sinceMs > silentAfterMs
    ? { text: `Mất liên lạc ${duration(sinceMs)}`, level: 'bad' }
    : { text: sinceMs < minuteMs ? 'vừa xong' : `${duration(sinceMs)} trước`, level: 'good' }
}

function toldBy({ heartbeat, receivedAt }: StoredHeartbeat, now: Date) {
  const { outbox, services, compartments, clockSynchronised } = heartbeat
  const { free, blocked } = compartments
  const oldestMs = outbox.oldestAt === null ? 0 : now.getTime() - Date.parse(outbox.oldestAt)
  const offMs = Date.parse(heartbeat.at) - Date.parse(receivedAt)
  const out = services.filter(({ available }) => !available)
  const compartmentsText = `${free} ngăn trống${blocked > 0 ? `, ${blocked} ngăn bị khóa lại` : ''}`
  return {
    oldest: {
      text:
        outbox.pending === 0 ? 'Không' : `${outbox.pending} tin, lâu nhất ${duration(oldestMs)}`,
      level: oldestMs > oldAfterMs ? ('bad' as const) : ('good' as const),
    },
    parked: {
      text: String(outbox.parked),
      level: outbox.parked > 0 ? ('bad' as const) : ('good' as const),
    },
    services: out.map(({ service, reasons }) => ({
      text: `${serviceWords[service] ?? service}: ${reasons.map(reasonWord).join(', ')}`,
      level: 'bad' as const,
    })),
    paper: supplyFact(heartbeat, 'paper', (mm) => (mm / 1000).toFixed(1).replace('.', ','), 'm'),
    bags: supplyFact(heartbeat, 'bags', String, 'túi'),
    compartments: {
      text: compartmentsText,
      level: free === 0 ? ('bad' as const) : blocked > 0 ? ('warn' as const) : ('good' as const),
    },
    clock: clockFact(clockSynchronised, offMs),
    certificate: certificateFact(heartbeat.certificateNotAfter, now),
  }
}

function supplyFact(
  { supplies = [] }: StoredHeartbeat['heartbeat'],
  name: string,
  amount: (left: number) => string,
  unit: string,
): Fact {
  const found = supplies.find(({ supply }) => supply === name)
  if (!found || found.left === null) return { text: 'chưa đếm', level: 'warn' }
  const { left, capacity, lowAt } = found
  if (left === 0) return { text: 'Hết', level: 'bad' }
  const text = `${amount(left)} / ${amount(capacity)} ${unit}`
  return left <= lowAt ? { text: `Sắp hết: ${text}`, level: 'warn' } : { text, level: 'good' }
}

function clockFact(synchronised: boolean, offMs: number): Fact {
  if (Math.abs(offMs) > skewMs) {
    const direction = offMs > 0 ? 'nhanh' : 'chậm'
    return { text: `${direction} ${duration(Math.abs(offMs))}`, level: 'bad' }
  }
  return synchronised
    ? { text: 'đúng giờ', level: 'good' }
    : { text: 'chưa đối chiếu', level: 'warn' }
}

function certificateFact(notAfter: string | undefined, now: Date): Fact {
  if (notAfter === undefined) return { text: 'Chứng thư số: không dùng', level: 'good' }
  const leftMs = Date.parse(notAfter) - now.getTime()
  if (leftMs < 0) return { text: 'Chứng thư số: đã hết hạn', level: 'bad' }
  return {
    text: `Chứng thư số: còn ${duration(leftMs)}`,
    level: leftMs <= certificateWarningDays * 24 * 60 * minuteMs ? 'warn' : 'good',
  }
}

/** `5 phút`, `3 giờ`, `2 ngày`: whole units, rounded down. */
export function duration(ms: number): string {
  const minutes = Math.floor(Math.max(ms, 0) / minuteMs)
  if (minutes < 60) return `${minutes} phút`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} giờ` : `${Math.floor(hours / 24)} ngày`
}
