import type { ReasonCode } from '../../contract/faults.ts'
import type { CompartmentState } from '../domain/compartment.ts'
import type { DoorPort } from './door-port.ts'
import type { CompartmentStore, OutboxDraft } from './store-port.ts'

export interface DoorGuardPorts {
  readonly doors: DoorPort
  readonly store: CompartmentStore
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

/**
 * Watches every door all the time. One that opens without a command is on record at once and goes out of
 * service; what lies behind it is an officer's to look at. So is a bag that vanishes behind a closed door. An
 * item that comes or goes in a free or stocked compartment is told; the facts themselves keep it from use.
 */
export function guardDoors(ports: DoorGuardPorts, compartments: readonly number[]): () => void {
  const told = new Set<number>()

  const report = (compartment: number, reason: ReasonCode, state: CompartmentState) =>
    ports.report({
      kind: 'fault',
      lane: 'kiosk',
      body: { device: `compartment-${compartment}`, reason, state, at: ports.nowIso() },
    })

  const check = (compartment: number) => {
    const { door, item } = ports.doors.sensors(compartment)
    if (door === 'unknown') return
    const { state } = ports.store.compartment(compartment)
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
