import type { CompartmentStore, OutboxDraft } from '../store-port.ts'
import type { Mark } from './settle-staff-door.ts'

export interface DoubtPorts {
  readonly store: Pick<CompartmentStore, 'markCompartment'>
  nowIso(): string
  report(draft: OutboxDraft): void
}

/** Takes a compartment out of service until somebody has looked, and says why. */
export function doubtCompartment(
  ports: DoubtPorts,
  compartment: number,
  { state, reason }: Mark,
): void {
  ports.store.markCompartment(compartment, state, reason)
  const body = { device: `compartment-${compartment}`, reason, state, at: ports.nowIso() }
  ports.report({ kind: 'fault', lane: 'kiosk', body })
}
