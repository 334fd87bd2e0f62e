import { plainDisplay } from '../display.ts'
import type { Role } from '../roles.ts'
import type { Screen, ScreenName } from '../screen.ts'
import type { Snapshot } from '../snapshot.ts'

/** While a door is the matter, or all is said, core offers no way back or out. */
const fixedScreens =
  /Door$|Missing|handOver|scanning|scanSaving|scanLeftover|scanTrouble|scanReview|Printing|Failed|Done|Abandoned|Incident|Refused|NotTaken|^idle$|^outOfService$/

/** A made-up machine showing `screen`: for tests and for the gallery of screens. */
export function exampleSnapshot(screen: Screen, changes: Partial<Snapshot> = {}): Snapshot {
  const isFree = !fixedScreens.test(screen.name)
  return {
    revision: 1,
    coreId: 'core-example',
    screenId: `example-${screen.name}`,
    language: 'vi',
    languages: ['vi', 'en', 'km'],
    display: plainDisplay,
    role: exampleRole(screen.name),
    kiosk: {
      kioskId: 'K07',
      placeName: 'Sảnh ngoài, nhà A',
      unitName: 'Bộ phận một cửa phường Ví Dụ',
      helpPhone: '0000 000 007',
      helpHours: '7:30–17:00, thứ hai đến thứ sáu',
      officerLooksBy: '2026-05-04T04:30:00Z',
      hasCamera: true,
      aboveReach: 0.431,
      demo: true,
    },
    services: [
      { service: 'intake', available: true, reasons: [] },
      { service: 'collection', available: true, reasons: [] },
    ],
    wall: exampleWall,
    clock: { now: '2026-05-02T13:05:00Z', synchronised: true },
    warning: null,
    can: { back: isFree, leave: isFree },
    screen,
    ...changes,
  }
}

/** Three columns: two rows of small compartments, then a row of large ones, then small ones again. */
const exampleWall: Snapshot['wall'] = Array.from({ length: 15 }, (_, index) => {
  const row = Math.floor(index / 3)
  return {
    compartment: index + 1,
    row,
    column: index % 3,
    size: row === 2 ? 'large' : 'small',
  } as const
})

export function exampleRole(name: ScreenName): Role {
  if (name === 'idle' || name === 'outOfService' || name === 'staffPin') return 'nobody'
  if (name.startsWith('queue')) return 'operator'
  if (/^(device|test|support|look)/.test(name)) return 'technician'
  return /^(staff|stock|empty|return|handOver|offList)/.test(name) ? 'officer' : 'citizen'
}
