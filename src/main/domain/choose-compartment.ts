import type { CompartmentState } from './compartment.ts'
import type { SensorFacts } from './sensor-facts.ts'

export type CompartmentSize = 'small' | 'large'

export interface CompartmentCandidate {
  readonly number: number
  readonly kind: 'drop' | 'result'
  readonly size: CompartmentSize
  /** Middle of the door above the floor, in millimetres. */
  readonly heightMm: number
  /** Place in the wall, from 1 at the top left. */
  readonly row: number
  readonly column: number
  readonly hasItemSensor: boolean
  readonly state: CompartmentState
  readonly sensors: SensorFacts
}

export interface CompartmentNeed {
  readonly kind: 'drop' | 'result'
  readonly size: CompartmentSize
  /** In reach mode: doors up to this height first, in millimetres. */
  readonly reachMm?: number
  /** Doors with something of the same person behind them: as close to one of them as can be. */
  readonly near?: readonly number[]
  /** Jammed or tried already in this session. */
  readonly not?: readonly number[]
}

/** EN 301 549 §8.3: side reach over an obstruction. */
export const reachLimitMm = 1_120

/**
 * A free compartment that fits: in reach first when asked, then the smallest, then the closest to what lies there
 * already, then the lowest number. `undefined` when there is none.
 */
export function chooseCompartment(
  candidates: readonly CompartmentCandidate[],
  need: CompartmentNeed,
): number | undefined {
  const outOfReach = ({ heightMm }: CompartmentCandidate) =>
    Number(need.reachMm !== undefined && heightMm > need.reachMm)
  const beside = candidates.filter(({ number }) => need.near?.includes(number))
  const steps = ({ row, column }: CompartmentCandidate) =>
    beside.length === 0
      ? 0
      : Math.min(...beside.map((one) => Math.abs(one.row - row) + Math.abs(one.column - column)))
  return usableCompartments(candidates, need).sort(
    (a, b) =>
      outOfReach(a) - outOfReach(b) ||
      rank(a.size) - rank(b.size) ||
      steps(a) - steps(b) ||
      a.number - b.number,
  )[0]?.number
}

/** How many could be used now; the idle screen tells it. */
export function countFreeCompartments(
  candidates: readonly CompartmentCandidate[],
  need: CompartmentNeed,
): number {
  return usableCompartments(candidates, need).length
}

/**
 * Free on record, closed and empty as the sensors see it now. One without an item sensor, or with a dead
 * one, could never be settled as deposited or stocked, so it is not used at all.
 */
function usableCompartments(
  candidates: readonly CompartmentCandidate[],
  need: CompartmentNeed,
): CompartmentCandidate[] {
  return candidates.filter(
    (candidate) =>
      candidate.kind === need.kind &&
      candidate.state === 'empty' &&
      rank(candidate.size) >= rank(need.size) &&
      candidate.hasItemSensor &&
      candidate.sensors.door === 'closed' &&
      candidate.sensors.item === 'absent' &&
      !need.not?.includes(candidate.number),
  )
}

function rank(size: CompartmentSize): number {
  switch (size) {
    case 'small':
      return 0
    case 'large':
      return 1
  }
}
