import type { OutboxDraft } from '../flows/store-port.ts'

/** A compartment went out of service: the province is told in the same transaction, so that somebody comes. */
export function compartmentFault(
  compartment: number,
  state: 'suspect' | 'unknown',
  reason: string,
  at: string,
): OutboxDraft {
  const device = `compartment-${compartment}`
  return { kind: 'fault', lane: 'kiosk', body: { device, reason, state, at } }
}
