import type { Diagnosis } from '../../contract/diagnosis.ts'
import type { Snapshot } from '../../contract/snapshot.ts'
import { readiness } from '../diagnostics/readiness.ts'
import { writeSupportBundle } from '../diagnostics/support-bundle.ts'
import { withoutSecrets } from '../diagnostics/without-secrets.ts'
import type { DoorPort } from '../flows/door-port.ts'
import type { TechnicianPort } from '../flows/staff/technician-port.ts'
import { deviceReport, technicianAdapter } from './adapters/technician-adapter.ts'
import type { KioskParts } from './kiosk-parts.ts'

const heldStates = ['occupied', 'stocked', 'expired', 'suspect', 'unknown'] as const

/** What a technician sees of this machine, at its screen and over SSH. */
export function composeTechnician(
  parts: KioskParts,
  views: {
    readonly doors: DoorPort
    readonly services: () => Snapshot['services']
    readonly freeDropCompartments: () => number
    readonly nowIso: () => string
  },
): TechnicianPort {
  const { config, store } = parts
  const devices = [parts.printer, parts.locker, parts.reader, parts.scanner].filter(
    (device) => device !== undefined,
  )
  const numbersIn = (state: string) =>
    store.flow
      .compartments()
      .filter((row) => row.state === state)
      .map(({ number }) => number)

  const diagnose = (): Diagnosis =>
    readiness({
      at: views.nowIso(),
      kioskId: config.kioskId,
      services: views.services(),
      devices: [
        ...devices.map((device) => deviceReport(device, store.deviceTests)),
        ...parts.conditions(),
      ],
      compartments: {
        free: views.freeDropCompartments(),
        suspect: numbersIn('suspect'),
        unknown: numbersIn('unknown'),
      },
      supplies: [...store.supplies.supplies()],
      clockSynchronised: parts.clockSynchronised(),
      ...(parts.certificateNotAfter !== undefined && {
        certificateNotAfter: parts.certificateNotAfter,
      }),
    })

  function emptyCompartments(): readonly number[] {
    return numbersIn('empty').filter((number) => {
      const { door, item } = views.doors.sensors(number)
      return door === 'closed' && item !== 'present'
    })
  }

  const heldCompartments = () => heldStates.flatMap(numbersIn).sort((a, b) => a - b)

  function writeBundle() {
    const at = parts.clock.now()
    const json = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
    const exchanges = Object.fromEntries(
      devices.map((device) => [device.id, device.lastExchanges()]),
    )
    const { sequence, hash } = store.auditHead()
    const stamp = at.toISOString().replace(/[-:]|\.\d+/g, '')
    return writeSupportBundle(
      config.supportFolder,
      `motcua-${config.kioskId}-${stamp}`,
      [
        { name: 'readiness.json', content: json(diagnose()) },
        { name: 'exchanges.json', content: json(exchanges) },
        { name: 'configuration.json', content: json(withoutSecrets(config)) },
        { name: 'compartments.json', content: json(statesOnly(parts)) },
        {
          name: 'machine.json',
          content: json({
            versions: process.versions,
            platform: process.platform,
            architecture: process.arch,
            upSeconds: Math.round(process.uptime()),
            queue: store.outbox.counts(),
            epoch: store.epoch.epoch().epoch,
            auditHead: { sequence, hash },
          }),
        },
      ],
      at,
    )
  }

  return technicianAdapter({
    ...parts,
    tests: store.deviceTests,
    diagnose,
    emptyCompartments,
    heldCompartments,
    writeBundle,
  })
}

/** Which compartment is in which state: no code of a bag, dossier or result. */
function statesOnly({ store }: KioskParts) {
  return store.flow.compartments().map(({ number, state, reason }) => ({ number, state, reason }))
}
