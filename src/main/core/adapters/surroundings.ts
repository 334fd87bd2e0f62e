import type { Language } from '../../../contract/roles.ts'
import type { Snapshot } from '../../../contract/snapshot.ts'
import type { Device } from '../../../devices/contract.ts'
import { officerLooksBy } from '../../domain/working-time.ts'
import { shareAboveReach } from '../config/glass-config.ts'
import type { KioskConfig } from '../config/kiosk-config.ts'
import type { DiskWatch } from '../process/disk-watch.ts'
import { serviceTruth } from '../service-truth.ts'

export interface SurroundingsParts {
  readonly config: KioskConfig
  readonly printer: Device | undefined
  readonly locker: Device | undefined
  readonly reader: Device | undefined
  /** Left out because core crashed over it. */
  readonly suspect: string | undefined
  readonly freeDropCompartments: () => number
  readonly noBags: () => boolean
  readonly disk: Pick<DiskWatch, 'takesIntakeAway'>
  /** A restored database does not know yet what lies behind the doors of results. */
  readonly restored: () => boolean
  readonly clockSynchronised: () => boolean
  readonly nowIso: () => string
}

/** What stands around every screen: the place, what works, the wall and the time. */
export function surroundings(parts: SurroundingsParts) {
  const { config } = parts
  const wall = config.compartments.map(({ number, row, column, size }) => ({
    compartment: number,
    row,
    column,
    size,
  }))
  const aboveReach = shareAboveReach(config.glass)
  const looksBy = eachMinute((nowIso) =>
    officerLooksBy(new Date(nowIso), config.hours).toISOString(),
  )
  return (language: Language): Pick<Snapshot, 'kiosk' | 'services' | 'wall' | 'clock'> => {
    const nowIso = parts.nowIso()
    return {
      kiosk: {
        kioskId: config.kioskId,
        placeName: config.place.name,
        unitName: config.place.unitName,
        helpPhone: config.helpLine.phone,
        helpHours: config.helpLine.hours[language] ?? config.helpLine.hours.vi,
        officerLooksBy: looksBy(nowIso),
        hasCamera: config.hasCamera,
        aboveReach,
        demo: config.mode === 'demo',
      },
      services: serviceTruth({
        printer: parts.printer,
        locker: parts.locker,
        reader: parts.reader,
        suspect: parts.suspect,
        freeDropCompartments: parts.freeDropCompartments(),
        noBags: parts.noBags(),
        restored: parts.restored(),
        disk: parts.disk.takesIntakeAway(),
      }),
      wall,
      clock: { now: nowIso, synchronised: parts.clockSynchronised() },
    }
  }
}

/** A snapshot is built at every frame of a device: what needs a calendar is worked out once a minute. */
function eachMinute(work: (nowIso: string) => string): (nowIso: string) => string {
  let minute = ''
  let answer = ''
  return (nowIso) => {
    if (nowIso.slice(0, 16) !== minute) {
      answer = work(nowIso)
      minute = nowIso.slice(0, 16)
    }
    return answer
  }
}
