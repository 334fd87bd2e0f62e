import {
  chooseCompartment,
  countFreeCompartments,
  reachLimitMm,
} from '../domain/choose-compartment.ts'
import type { DoorPort } from '../flows/door-port.ts'
import type { FlowStore } from '../flows/store-port.ts'
import type { KioskConfig } from './config/kiosk-config.ts'

type Kind = 'drop' | 'result'
type Size = 'small' | 'large'

export interface CompartmentChoice {
  countFree(kind: Kind): number
  /** A free compartment for a bag; a low door for who asked for one. */
  freeDrop(size: Size, wish: { readonly low: boolean; readonly not?: number }): number | undefined
  /** A free compartment for a result, beside those of the same person. */
  freeResult(
    size: Size,
    wish: { readonly low: boolean; readonly near: readonly number[] },
  ): number | undefined
  sizeOf(compartment: number): Size
  /** Nobody's: the door was seen closed and nothing behind it. */
  seenEmpty(compartment: number): boolean
}

/** Which compartments may be taken now, by what the store says and the sensors see. */
export function compartmentChoice(
  compartments: KioskConfig['compartments'],
  store: Pick<FlowStore, 'compartments'>,
  doors: Pick<DoorPort, 'sensors'>,
): CompartmentChoice {
  const candidates = () => {
    const rows = new Map(store.compartments().map((row) => [row.number, row]))
    return compartments.map((compartment) => ({
      ...compartment,
      state: rows.get(compartment.number)?.state ?? ('unknown' as const),
      sensors: doors.sensors(compartment.number),
    }))
  }
  const reach = (low: boolean) => low && { reachMm: reachLimitMm }
  return {
    countFree: (kind) => countFreeCompartments(candidates(), { kind, size: 'small' }),
    freeDrop: (size, { low, not }) =>
      chooseCompartment(candidates(), {
        ...{ kind: 'drop', size, not: not === undefined ? [] : [not] },
        ...reach(low),
      }),
    freeResult: (size, { low, near }) =>
      chooseCompartment(candidates(), { kind: 'result', size, near, ...reach(low) }),
    sizeOf: (number) => compartments.find((row) => row.number === number)?.size ?? 'large',
    seenEmpty(compartment) {
      const { door, item } = doors.sensors(compartment)
      return door === 'closed' && item === 'absent'
    },
  }
}
