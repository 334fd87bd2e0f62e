import { createHash } from 'node:crypto'
import type { CancelTimer, Clock } from '../clock.ts'
import { type Connection, connection } from '../connection.ts'
import type { DeviceIdentity, FrameTap, Reader, Reading } from '../contract.ts'
import { counters } from '../counters.ts'
import { listeners } from '../listeners.ts'
import { createReportCutter } from '../protocols/hid-pos/cut-reports.ts'
import { decodePayload } from '../protocols/hid-pos/decode-payload.ts'
import { createJoiner, type JoinedCode } from '../protocols/hid-pos/join-fragments.ts'
import { readFragment } from '../protocols/hid-pos/read-fragment.ts'
import { parseReportDescriptor } from '../protocols/hid-pos/report-descriptor.ts'
import { classifyDevice, type ReportLayout } from '../protocols/hid-pos/report-layout.ts'
import { statusHolder, unreachableState } from '../status-holder.ts'
import { hidChannel, type ReportSplitter } from '../transport/hid.ts'
import type { HidBackend, HidDeviceInfo } from '../transport/hid-backend.ts'

export interface HidPosReaderOptions {
  readonly id: string
  /** A hidraw node or a symlink to one; otherwise by vendor and product; otherwise any HID-POS reader. */
  readonly path?: string
  readonly vendorId?: number
  readonly productId?: number
  readonly clock: Clock
  readonly tap?: FrameTap
  /** A code that stays in view is told once: again only after it was out of view this long. 0 tells all. */
  readonly sameCodeAfterMs?: number
  readonly backend?: HidBackend
}

/** Header of a report: id, byte count, AIM identifier. What follows may be somebody's card. */
const shownReportBytes = 5
/**
 * Reports that come this soon after opening belong to a code whose beginning nobody read: it is thrown away
 * up to its end, and the reader is online only afterwards.
 */
const settleMs = 50

/** A QR reader in USB HID-POS mode. It only listens: nothing is ever written to the device. */
export function hidPosReader(options: HidPosReaderOptions): Reader {
  const { id, clock, tap, sameCodeAfterMs = 1500 } = options
  const status = statusHolder()
  const readings = listeners<Reading>()
  const counts = counters([
    'readings',
    'sameCode',
    'foreignReports',
    'droppedCodes',
    'connects',
    'disconnects',
  ])
  let info: HidDeviceInfo | undefined
  let layouts: readonly ReportLayout[] = []
  let joiner = createJoiner()
  let settling = false
  let cancelSettling: CancelTimer = () => undefined
  let lastDigest: string | undefined
  let lastSeenAtMs = 0

  const accept = (
    found: HidDeviceInfo,
    descriptorBytes: Uint8Array,
  ): ReportSplitter | undefined => {
    const descriptor = parseReportDescriptor(descriptorBytes)
    const kind = descriptor && classifyDevice(descriptor)
    if (kind?.kind !== 'hidPos') return undefined
    info = found
    layouts = kind.layouts
    const cutter = createReportCutter(layouts)
    return (chunk) => cutter.push(chunk, clock.monotonicMs())
  }

  const isSameCode = (bytes: Uint8Array, atMs: number): boolean => {
    // A digest, so that no citizen's card stays in memory longer than its reading.
    const digest = createHash('sha256').update(bytes).digest('base64')
    const isSame = digest === lastDigest && atMs - lastSeenAtMs < sameCodeAfterMs
    lastDigest = digest
    lastSeenAtMs = atMs
    return isSame
  }

  const deliver = ({ bytes, aimId }: JoinedCode, atMs: number): void => {
    if (isSameCode(bytes, atMs)) {
      counts.add('sameCode')
      return
    }
    counts.add('readings')
    const frame = { direction: 'read', device: id, message: 'reading' } as const
    tap?.({ phase: 'before', ...frame })
    readings.emit({ bytes, text: decodePayload(bytes), aimId, atMs })
    tap?.({ phase: 'after', ...frame })
  }

  const takeReport = (report: Uint8Array): void => {
    const atMs = clock.monotonicMs()
    const fragment = readFragment(layouts, report)
    if (fragment === undefined) {
      counts.add('foreignReports')
      return
    }
    for (const joined of joiner.push(fragment, atMs)) {
      if (joined.result === 'dropped' || settling) counts.add('droppedCodes')
      else deliver(joined.code, atMs)
    }
  }

  const line: Connection = connection({
    channel: hidChannel({ ...options, accept }),
    clock,
    shownInputBytes: shownReportBytes,
    handlers: {
      connected() {
        counts.add('connects')
        joiner = createJoiner()
        settling = true
        cancelSettling = clock.setTimer(settleMs, () => {
          settling = false
          joiner.abandon()
          status.set('online')
        })
      },
      data: takeReport,
      disconnected(reason, wasConnected) {
        if (wasConnected) counts.add('disconnects')
        cancelSettling()
        // Somebody must switch the reader's mode; it will not do so by itself.
        status.set(reason === 'WRONG_MODE' ? 'needsAttendant' : unreachableState(reason), [reason])
      },
    },
  })

  return {
    id,
    deviceClass: 'reader',
    status: status.current,
    identity: () => identityOf(info),
    onStatus: status.onStatus,
    lastExchanges: line.exchanges.list,
    counters: counts.all,
    onReading: readings.add,
    start: line.start,
    async stop() {
      cancelSettling()
      await line.stop()
    },
  }
}

function identityOf(info: HidDeviceInfo | undefined): DeviceIdentity {
  if (info === undefined) return {}
  const { maker, model, serial } = info
  return {
    ...(maker === undefined ? {} : { maker }),
    ...(model === undefined ? {} : { model }),
    ...(serial === undefined ? {} : { serial }),
  }
}
