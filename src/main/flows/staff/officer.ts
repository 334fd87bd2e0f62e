import type { Intent } from '../../../contract/intent.ts'
import type { Screen } from '../../../contract/screen.ts'
import type { Supply, SupplyView } from '../../../contract/supplies.ts'
import type { CompartmentSensors } from '../../../devices/contract.ts'
import type { Activity, ActivityHost } from '../activity.ts'
import type { FlowClock } from '../clock.ts'
import type { ScannedCode } from '../reading.ts'
import type { OutboxDraft, ResultRow } from '../store-port.ts'
import { createEmptyingRound } from './emptying-round.ts'
import { createHandOverTally, type HandOverPort } from './hand-over.ts'
import { createOffListRound } from './off-list-round.ts'
import type { StaffDoor } from './staff-door.ts'
import type { SignedIn, StaffAccess } from './staff-port.ts'
import type { StaffTask } from './staff-task.ts'
import type { MintPorts } from './stocking.ts'
import { createStockingRound } from './stocking-round.ts'
import { type WorkStore, workList } from './work-list.ts'

export interface OfficerPorts {
  readonly clock: FlowClock
  readonly access: StaffAccess
  readonly store: WorkStore
  readonly staffDoor: StaffDoor
  readonly mint: MintPorts
  readonly handOver: HandOverPort
  /**
   * The smallest empty result compartment that fits, seen closed and empty, beside what waits there for the same
   * person.
   */
  freeResultCompartment(result: ResultRow): number | undefined
  freeResultCompartments(): number
  readonly supplies: {
    supplies(): readonly SupplyView[]
    fillSupply(supply: Supply, staffId: string): void
  }
  nowIso(): string
  /** To the province: what an officer's door left behind. */
  report(draft: OutboxDraft): void
  /** What the item sensor of a compartment says just now. */
  itemIn(compartment: number): CompartmentSensors['item']
}

/** An officer at the machine empties and stocks, one door at a time. */
export function createOfficer(
  ports: OfficerPorts,
  host: ActivityHost,
  { badge, staff }: SignedIn,
): Activity {
  let task: StaffTask | undefined
  const tally = createHandOverTally()
  const taskHost = {
    changed: () => host.changed(),
    leave() {
      task?.stop()
      task = undefined
    },
  }

  const isDoorClosed = () => task?.isDoorClosed() ?? true

  /** A right that was taken back, or has run out, ends the visit as soon as no door is open. */
  function mayStay(): boolean {
    if (!isDoorClosed() || ports.access.knowsBadge(badge)) return true
    host.end()
    return false
  }

  function intend(intent: Intent): boolean {
    if (intent.path === 'session.setLanguage') return false
    if (!mayStay()) return true
    if (intent.path === 'session.leave') {
      if (!isDoorClosed()) return false
      host.end()
      return true
    }
    if (task) return task.intend(intent)
    switch (intent.path) {
      case 'officer.startStocking':
        task = createStockingRound(ports, taskHost, staff)
        return true
      case 'officer.startEmptying':
        task = createEmptyingRound(ports, taskHost, staff, tally)
        return true
      case 'officer.startOffList':
        task = createOffListRound(ports, taskHost, { badge, staff }, tally)
        return true
      case 'officer.fillSupply':
        ports.supplies.fillSupply(intent.input.supply, staff.staffId)
        return true
      default:
        return false
    }
  }

  function menu(): Screen {
    return {
      name: 'staffMenu',
      displayName: staff.displayName,
      bagsToEmpty: workList(ports.store).length,
      resultsToStock: ports.store.resultsToStock().length,
      supplies: [...ports.supplies.supplies()],
      problem: null,
    }
  }

  return {
    role: staff.role,
    screen: () => task?.screen() ?? menu(),
    can: () => ({ back: task?.canBack() ?? false, leave: isDoorClosed() }),
    intend,
    read(code: ScannedCode) {
      if (mayStay()) task?.read(code)
    },
    expire() {
      if (isDoorClosed()) host.end()
    },
    stop() {
      task?.stop()
    },
  }
}
