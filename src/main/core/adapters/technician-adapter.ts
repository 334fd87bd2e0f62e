import type { DeviceReport, DeviceTest, Diagnosis } from '../../../contract/diagnosis.ts'
import type { Device, Locker, Printer, Scanner } from '../../../devices/contract.ts'
import type { FlowClock } from '../../flows/clock.ts'
import type { TechnicianPort } from '../../flows/staff/technician-port.ts'
import type { SlipRenderer } from '../../printing/slip-renderer.ts'
import type { DeviceTestRepository } from '../../store/device-test-repository.ts'
import type { KeptPages } from '../compose-pages.ts'
import type { KioskConfig } from '../config/kiosk-config.ts'
import { paperHead } from './paper-head.ts'

export interface TechnicianParts {
  readonly config: KioskConfig
  readonly clock: FlowClock
  readonly printer: Printer | undefined
  readonly locker: Locker | undefined
  readonly reader: Device | undefined
  readonly scanner: Scanner | undefined
  readonly pages: KeptPages
  readonly conditions: () => readonly DeviceReport[]
  readonly renderer: SlipRenderer
  readonly tests: DeviceTestRepository
  readonly clockSynchronised: () => boolean
  readonly diagnose: () => Diagnosis
  readonly emptyCompartments: () => readonly number[]
  readonly heldCompartments: () => readonly number[]
  readonly writeBundle: TechnicianPort['writeBundle']
}

const testsById: Readonly<Record<string, readonly DeviceTest[]>> = {
  printer: ['testSlip'],
  locker: ['readDoors', 'openCompartment'],
  reader: ['readCode', 'sound'],
  scanner: ['scanPage'],
}

/** What a technician may try, with the real devices. */
export function technicianAdapter(parts: TechnicianParts): TechnicianPort {
  const { printer, locker, reader, scanner, clock } = parts
  const devices = [printer, locker, reader, scanner].filter((device) => device !== undefined)

  async function testSlip() {
    if (!printer) return bad('NOT_CONNECTED')
    const head = paperHead(parts.config, {
      widthDots: printer.capabilities().rasterWidthDots,
      secondLanguage: undefined,
      at: clock.now().toISOString(),
      clockSynchronised: parts.clockSynchronised(),
    })
    const qrPayload = `TEST ${parts.config.kioskId}`
    const raster = await parts.renderer.render({ ...head, kind: 'test', qrPayload })
    const outcome = await printer.print(raster)
    return outcome.outcome === 'done' ? good(outcome.value.proof) : bad(outcome.reason)
  }

  async function readDoors() {
    if (!locker) return bad('NOT_CONNECTED')
    const boards = [...new Set(parts.config.compartments.map(({ board }) => board))]
    const answers = await Promise.all(boards.map((board) => locker.read(board)))
    const silent = boards.filter((_, index) => answers[index]?.outcome !== 'done')
    if (silent.length > 0) return bad(`BUS_SILENT: ${silent.join(', ')}`)
    const open = parts.config.compartments.filter(
      (compartment) => locker.sensors(compartment).door === 'open',
    )
    return good(`${parts.config.compartments.length - open.length} closed, ${open.length} open`)
  }

  /** One page, looked at and thrown away: its size and what was noticed are told, its picture is not. */
  async function scanPage() {
    if (!scanner) return bad('NOT_CONNECTED')
    const folder = parts.pages.scanFolder
    const job = scanner.scan({ resolutionDpi: 200, folder, maxPages: 1 })
    const paths: string[] = []
    job.onPage(({ path }) => paths.push(path))
    const outcome = await job.outcome
    const [path] = paths
    if (outcome.outcome !== 'done' || path === undefined) {
      for (const one of paths) parts.pages.discard(one)
      return bad(outcome.outcome === 'done' ? 'FEEDER_EMPTY' : outcome.reason)
    }
    const looked = await parts.pages.work.inspect(path).catch(() => undefined)
    parts.pages.discard(path)
    if (!looked) return bad('SCANNER_ERROR')
    const { blank, blurred, cutOff, skewDegrees = 0 } = looked
    return good(
      `blank: ${blank}, skew: ${skewDegrees.toFixed(1)}°, blurred: ${blurred}, cut off: ${cutOff}`,
    )
  }

  return {
    diagnose: parts.diagnose,
    exchanges(id) {
      if (parts.conditions().some((condition) => condition.id === id)) return []
      return devices
        .find((device) => device.id === id)
        ?.lastExchanges()
        .map(({ atMs, direction, hex }) => ({
          agoMs: Math.max(0, Math.round(clock.monotonicMs() - atMs)),
          direction,
          hex,
        }))
    },
    testsOf: (id) => testsById[id] ?? [],
    run(test) {
      const running =
        test === 'testSlip' ? testSlip() : test === 'readDoors' ? readDoors() : scanPage()
      return running.catch(() => bad('failed'))
    },
    record(device, test, result, staffId) {
      const at = clock.now().toISOString()
      parts.tests.recordDeviceTest(device, { test, at, ...result }, staffId)
    },
    emptyCompartments: parts.emptyCompartments,
    heldCompartments: parts.heldCompartments,
    writeBundle: parts.writeBundle,
  }
}

const good = (detail: string) => ({ outcome: 'good' as const, detail })
const bad = (detail: string) => ({ outcome: 'bad' as const, detail })

/** One device as it is now. */
export function deviceReport(device: Device, tests: DeviceTestRepository): DeviceReport {
  const { state, reasons } = device.status()
  return {
    id: device.id,
    state,
    reasons: [...reasons],
    identity: { ...device.identity() },
    counters: { ...device.counters() },
    lastTest: tests.lastTest(device.id) ?? null,
  }
}
