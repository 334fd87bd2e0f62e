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
 * service; what lies behind it is an officer's to look at.
 */
export function guardDoors(ports: DoorGuardPorts, compartments: readonly number[]): () => void {
  const check = (compartment: number) => {
    if (ports.doors.sensors(compartment).door !== 'open') return
    if (mayBeOpen.has(ports.store.compartment(compartment).state)) return
    ports.store.markCompartment(compartment, 'suspect', 'DOOR_OPENED_UNEXPECTEDLY')
    ports.report({
      kind: 'fault',
      lane: 'kiosk',
      body: {
        device: `compartment-${compartment}`,
        reason: 'DOOR_OPENED_UNEXPECTEDLY',
        state: 'suspect',
        at: ports.nowIso(),
      },
    })
  }
  const stops = compartments.map((compartment) =>
    ports.doors.onSensors(compartment, () => check(compartment)),
  )
  for (const compartment of compartments) check(compartment)
  return () => {
    for (const stop of stops) stop()
  }
}
