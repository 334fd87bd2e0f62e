import { sign as edSign } from 'node:crypto'
import { createDoorVisit } from '../flows/door-visit.ts'
import { doorAdapter } from './adapters/door-adapter.ts'
import { procedureAdapter } from './adapters/procedure-adapter.ts'
import { secretsAdapter } from './adapters/secrets-adapter.ts'
import { slipAdapter } from './adapters/slip-adapter.ts'
import { compartmentChoice } from './compartment-choice.ts'
import type { KioskParts } from './kiosk-parts.ts'

export type KioskBasics = ReturnType<typeof kioskBasics>

/** What every journey of this kiosk uses. */
export function kioskBasics(parts: KioskParts) {
  const { config, store, clock, keys } = parts
  const { timeouts } = config
  const doors = doorAdapter(parts.locker, config.compartments)
  return {
    flow: store.flow,
    nowIso: () => clock.now().toISOString(),
    doors,
    secrets: secretsAdapter(keys),
    procedures: procedureAdapter(parts.catalogue, () => store.overrides.catalogue()),
    slips: slipAdapter({
      clock,
      printer: parts.printer,
      renderer: parts.renderer,
      config,
      keyId: keys.slip.keyId,
      sign: (text) => new Uint8Array(edSign(null, text, keys.slip.privateKey)),
    }),
    compartments: compartmentChoice(config.compartments, store.flow, doors),
    doorVisit: createDoorVisit(doors, {
      doorOpenMs: timeouts.doorOpenMs,
      doorCallMs: timeouts.doorCallMs,
      blindMs: timeouts.doorBlindMs,
      settleMs: timeouts.doorSettleMs,
    }),
  }
}
