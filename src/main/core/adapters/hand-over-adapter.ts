import { randomUUID } from 'node:crypto'
import type { Printer } from '../../../devices/contract.ts'
import type { HandOverPort } from '../../flows/staff/hand-over.ts'
import type { SlipRenderer } from '../../printing/slip-renderer.ts'
import type { KioskConfig } from '../config/kiosk-config.ts'
import { paperHead } from './paper-head.ts'

/** The hand-over record on the ticket printer, in Vietnamese: officers sign it. */
export function handOverAdapter(parts: {
  readonly printer: Printer | undefined
  readonly renderer: SlipRenderer
  readonly config: KioskConfig
  readonly clockSynchronised: () => boolean
}): HandOverPort {
  const { printer, renderer, config } = parts
  return {
    newId: randomUUID,
    async print({ staffId: _, ...record }, officerName) {
      const state = printer?.status().state
      if (!printer || (state !== 'online' && state !== 'busy')) {
        return { outcome: 'refused', reason: 'NOT_CONNECTED' }
      }
      const head = paperHead(config, {
        widthDots: printer.capabilities().rasterWidthDots,
        secondLanguage: undefined,
        at: record.at,
        clockSynchronised: parts.clockSynchronised(),
      })
      return printer.print(
        await renderer.render({ ...head, ...record, kind: 'handOver', officerName }),
      )
    },
  }
}
