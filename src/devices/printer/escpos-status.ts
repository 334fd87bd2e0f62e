import type { ReasonCode } from '../../contract/faults.ts'
import type { DeviceState } from '../contract.ts'
import type { PrinterConditions } from '../protocols/escpos/printer-conditions.ts'
import { unreachableState } from '../status-holder.ts'

/** All that the driver knows about its printer; the status is a function of it. */
export interface PrinterKnowledge {
  readonly link:
    | { readonly state: 'down'; readonly reason: ReasonCode }
    /** The port is open and no sensible answer comes. */
    | { readonly state: 'mute'; readonly reason: 'SILENT' | 'GARBLED' }
    | { readonly state: 'up' }
    | { readonly state: 'fresh' }
  readonly conditions: PrinterConditions
  /** Whether it proved that it understands us. */
  readonly selfTest: 'pending' | 'passed' | 'failed'
  readonly printing: boolean
  readonly nearEnd: boolean
}

/** What keeps the printer from printing, most pressing first. */
export function blockingReasons(conditions: PrinterConditions): ReasonCode[] {
  const reasons: ReasonCode[] = []
  if (conditions.unrecoverableError) reasons.push('PRINTER_ERROR')
  if (conditions.coverOpen) reasons.push('COVER_OPEN')
  if (conditions.paperEnd) reasons.push('PAPER_OUT')
  if (conditions.cutterError) reasons.push('CUTTER_ERROR')
  if (conditions.autoRecoverableError) reasons.push('HEAD_TOO_HOT')
  if (conditions.mechanicalError && reasons.length === 0) reasons.push('PRINTER_ERROR')
  return reasons
}

export function printerStatus(knowledge: PrinterKnowledge): {
  readonly state: DeviceState
  readonly reasons: readonly ReasonCode[]
} {
  const { link, conditions } = knowledge
  switch (link.state) {
    case 'down':
      return { state: unreachableState(link.reason), reasons: [link.reason] }
    case 'mute':
      return { state: 'offline', reasons: [link.reason] }
    case 'fresh':
      return { state: 'starting', reasons: [] }
    case 'up':
      break
  }
  const low: ReasonCode[] = knowledge.nearEnd && conditions.paperNearEnd ? ['PAPER_LOW'] : []
  const blocking = blockingReasons(conditions)
  if (blocking.length > 0) {
    return { state: conditions.unrecoverableError ? 'broken' : 'needsAttendant', reasons: blocking }
  }
  if (conditions.offline) {
    // The feed button, or the moment after a cover was closed: it passes by itself.
    if (conditions.passing) return { state: 'busy', reasons: low }
    return { state: 'offline', reasons: ['PRINTER_ERROR', ...low] }
  }
  if (knowledge.selfTest === 'failed') return { state: 'broken', reasons: ['WRONG_MODE'] }
  if (knowledge.selfTest === 'pending') return { state: 'starting', reasons: low }
  return { state: knowledge.printing ? 'busy' : 'online', reasons: low }
}
