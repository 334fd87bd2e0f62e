import type { CompartmentSensors, Outcome, Unsubscribe } from '../../devices/contract.ts'

/** The locker bank by compartment number. Every fact in it comes from a device's frame. */
export interface DoorPort {
  /** Last known facts; `unknown` when the bus is silent. A compartment without item sensor says `unknown`. */
  sensors(compartment: number): CompartmentSensors
  onSensors(compartment: number, listener: (sensors: CompartmentSensors) => void): Unsubscribe
  /** One pulse; never repeated by anybody below. */
  unlock(compartment: number): Promise<Outcome>
  /** Facts from a frame asked for after the call; all `unknown` when the bus does not answer. */
  read(compartment: number): Promise<CompartmentSensors>
}

export interface DoorLimits {
  /** A door may stand open so long before the machine calls. */
  readonly doorOpenMs: number
  /** And so long again before it is given up as left open. */
  readonly doorCallMs: number
  /** The machine may be blind for so long before the matter is `unknown`. */
  readonly blindMs: number
  /** A closed door must stay closed so long before it is believed. */
  readonly settleMs: number
}
