/** What the switch and the item sensor of one compartment last said. `unknown`: nobody saw. */
export interface SensorFacts {
  readonly door: 'open' | 'closed' | 'unknown'
  readonly item: 'present' | 'absent' | 'unknown'
}
