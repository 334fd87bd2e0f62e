import type { Printer } from '../../../devices/contract.ts'
import { parseIntakeId } from '../../domain/intake-id.ts'
import { encodeSlipQr } from '../../domain/slip-qr.ts'
import { officerLooksBy } from '../../domain/working-time.ts'
import type { FlowClock } from '../../flows/clock.ts'
import type { SlipJob, SlipPort } from '../../flows/slip-port.ts'
import type { SlipContent } from '../../printing/slip-content.ts'
import type { SlipRenderer } from '../../printing/slip-renderer.ts'
import type { KioskConfig } from '../config/kiosk-config.ts'
import { paperHead } from './paper-head.ts'

export interface SlipAdapterPorts {
  readonly printer: Printer | undefined
  readonly renderer: SlipRenderer
  readonly config: KioskConfig
  readonly clock: FlowClock
  readonly keyId: string
  /** Ed25519 over the ASCII bytes of the slip's text. */
  readonly sign: (text: Uint8Array) => Uint8Array
}

/** A printer that answers is known in less than a second; a busy machine may take longer to ask. */
const startingPatienceMs = 8_000

/** Slips as the journeys know them: laid out, drawn in a thread of their own, printed by the driver. */
export function slipAdapter(ports: SlipAdapterPorts): SlipPort {
  const { printer, renderer, config } = ports
  const ready = () => {
    const state = printer?.status().state
    return state === 'online' || state === 'busy'
  }
  const settled = () => printer === undefined || printer.status().state !== 'starting'
  return {
    ready,
    async readySoon() {
      if (printer === undefined || settled()) return ready()
      await new Promise<void>((resolve) => {
        const finish = () => {
          cancel()
          unsubscribe()
          resolve()
        }
        const cancel = ports.clock.setTimer(startingPatienceMs, finish)
        const unsubscribe = printer.onStatus(() => {
          if (settled()) finish()
        })
      })
      return ready()
    },
    onReadyChange: (listener) => printer?.onStatus(listener) ?? (() => {}),
    async print(job) {
      if (!printer || !ready()) return { outcome: 'refused', reason: 'NOT_CONNECTED' }
      const content = contentOf(job, printer.capabilities().rasterWidthDots, config)
      return printer.print(await renderer.render(content))
    },
    signQr: (intakeId, at, contentHash) =>
      encodeSlipQr({ keyId: ports.keyId, intakeId, at, contentHash }, ports.sign),
  }
}

function contentOf(job: SlipJob, widthDots: number, config: KioskConfig): SlipContent {
  const common = paperHead(config, {
    widthDots,
    secondLanguage: job.language === 'vi' ? undefined : job.language,
    at: job.at,
    clockSynchronised: job.clockSynchronised,
  })
  const looksBy = officerLooksBy(new Date(job.at), config.hours).toISOString()
  if (job.kind === 'incident') {
    return {
      ...common,
      kind: 'incident',
      reference: job.intakeId,
      bagCode: job.bagCode,
      compartment: String(job.compartment),
      officerLooksBy: looksBy,
    }
  }
  if (parseIntakeId(job.intakeId) === undefined) throw new Error('a slip needs an intakeId')
  const { applicantMasked, ownerMasked, procedureName, procedureNameSecond, papers } = job.facts
  return {
    ...common,
    kind: job.kind,
    intakeId: job.intakeId,
    procedureName,
    procedureNameSecond,
    bagCode: job.bagCode,
    applicantMasked,
    ownerMasked: ownerMasked === applicantMasked ? undefined : ownerMasked,
    papers,
    officerLooksBy: looksBy,
    qrPayload: job.qr,
  }
}
