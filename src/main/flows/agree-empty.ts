import type { DoorPort } from './door-port.ts'

/**
 * After a restore, a compartment in which nothing is on record serves again as soon as its door is seen shut and its
 * own sensor sees nothing inside. Whatever is seen inside, and what no sensor sees, is a person's to settle.
 */
export function agreeEmptyCompartments(ports: {
  readonly doors: Pick<DoorPort, 'sensors' | 'onSensors'>
  readonly compartments: readonly number[]
  /** Whether it was waiting for that. */
  agree(compartment: number): boolean
}): () => void {
  const look = (compartment: number) => {
    const { door, item } = ports.doors.sensors(compartment)
    if (door === 'closed' && item === 'absent') ports.agree(compartment)
  }
  const stops = ports.compartments.map((compartment) => {
    look(compartment)
    return ports.doors.onSensors(compartment, () => look(compartment))
  })
  return () => {
    for (const stop of stops) stop()
  }
}
