import type { ReasonCode } from '../../contract/faults.ts'
import type { CompartmentState } from '../domain/compartment.ts'
import type { FlowClock } from './clock.ts'
import type { DoorPort } from './door-port.ts'
import type { CompartmentStore, OutboxDraft } from './store-port.ts'

export interface DoorGuardPorts {
  readonly doors: DoorPort
  readonly store: CompartmentStore
  readonly clock: Pick<FlowClock, 'monotonicMs'>
  nowIso(): string
  report(draft: OutboxDraft): void
}

/** In these states somebody may have the door open with a right to. */
const mayBeOpen: ReadonlySet<CompartmentState> = new Set([
  'reserved',
  'emptying',
  'assigned',
  'opening',
  'opened',
  'suspect',
  'unknown',
])

/** Out of service already, and perhaps not empty: one that is shut and opens again is told all the same. */
const outOfService: ReadonlySet<CompartmentState> = new Set(['suspect', 'unknown'])

/** A loose switch changes with every lorry that drives by: it is told so often, and no more. */
const reportsPerHour = 3
const hourMs = 3_600_000

/**
 * Watches every door all the time. One that opens without a command is on record at once and goes out of
 * service; what lies behind it is an officer's to look at. So is a bag that vanishes behind a closed door. An
 * item that comes or goes in a free or stocked compartment is told; the facts themselves keep it from use.
 */
export function guardDoors(ports: DoorGuardPorts, compartments: readonly number[]): () => void {
  const told = new Set<number>()
  const seenShut = new Set<number>()
  const reportedAtMs = new Map<string, readonly number[]>()

  const report = (compartment: number, reason: ReasonCode, state: CompartmentState) => {
    const nowMs = ports.clock.monotonicMs()
    const key = `${compartment} ${reason}`
    const recent = (reportedAtMs.get(key) ?? []).filter((atMs) => nowMs - atMs < hourMs)
    if (recent.length >= reportsPerHour) return
    reportedAtMs.set(key, [...recent, nowMs])
    ports.report({
      kind: 'fault',
      lane: 'kiosk',
      body: { device: `compartment-${compartment}`, reason, state, at: ports.nowIso() },
    })
  }

  const check = (compartment: number) => {
    const { door, item } = ports.doors.sensors(compartment)
    if (door === 'unknown') return
    const { state } = ports.store.compartment(compartment)
    const hasOpened = door === 'open' && seenShut.delete(compartment)
    if (door === 'closed') seenShut.add(compartment)
    if (hasOpened && outOfService.has(state)) report(compartment, 'DOOR_OPENED_UNEXPECTEDLY', state)
    if (mayBeOpen.has(state)) return
    if (door === 'open') {
      ports.store.markCompartment(compartment, 'suspect', 'DOOR_OPENED_UNEXPECTEDLY')
      return report(compartment, 'DOOR_OPENED_UNEXPECTEDLY', 'suspect')
    }
    const contradicts = item === (state === 'empty' ? 'present' : 'absent')
    if (!contradicts) {
      told.delete(compartment)
    } else if (state === 'occupied') {
      ports.store.markCompartment(compartment, 'suspect', 'ITEM_SENSOR_SUSPECT')
      report(compartment, 'ITEM_SENSOR_SUSPECT', 'suspect')
    } else if (!told.has(compartment)) {
      told.add(compartment)
      report(compartment, 'ITEM_SENSOR_SUSPECT', state)
    }
  }
  const stops = compartments.map((compartment) =>
    ports.doors.onSensors(compartment, () => check(compartment)),
  )
  for (const compartment of compartments) check(compartment)
  return () => {
    for (const stop of stops) stop()
  }
}
