import type { ActorRefFrom } from 'xstate'
import type { FlowClock } from '../clock.ts'
import type { CompartmentStore, OutboxDraft } from '../store-port.ts'
import { doubtCompartment } from './doubt-compartment.ts'
import { type Mark, stayedShut } from './settle-staff-door.ts'
import type { StaffDoor, StaffDoorOutput } from './staff-door.ts'
import { visitDoor } from './visit-door.ts'

export interface LookPorts {
  readonly clock: FlowClock
  readonly store: CompartmentStore
  readonly staffDoor: StaffDoor
  nowIso(): string
  report(draft: OutboxDraft): void
}

export interface LookDoor {
  readonly actor: ActorRefFrom<StaffDoor>
  /** Something lies inside on record. */
  readonly held: boolean
  stop(): void
}

/** `asRecorded`: what should lie inside was seen there at the closed door. */
export type Looked = 'empty' | 'asRecorded' | 'somethingInside' | 'missing' | 'notClosed'

export interface Lookers {
  readonly staffId: string
  /** Beside the first, where something lies inside, nobody knows, or no list names it. */
  readonly secondStaffId?: string
  /** Why it was opened off the list. */
  readonly reason?: string
}

/**
 * Opens a compartment for somebody to look in. What nothing is known to lie in serves again when it is shut and
 * seen empty; what holds something is as before when that is seen inside, and nobody's but an officer's when it
 * is not. Anything else keeps it out of service.
 */
export function lookInto(
  ports: LookPorts,
  compartment: number,
  { staffId, secondStaffId, reason }: Lookers,
  host: { changed(): void; done(looked: Looked): void },
): LookDoor {
  const { store } = ports
  let stopped = false
  const { intakeId, resultId } = store.compartment(compartment)
  const holdsSomething = intakeId !== null || resultId !== null
  if (secondStaffId === undefined) store.recordLookUnlock(compartment, staffId)
  else store.recordWitnessedUnlock(compartment, { staffId, secondStaffId }, reason)

  const mark = (state: Mark['state'], why: Mark['reason']) =>
    doubtCompartment(ports, compartment, { state, reason: why })

  function settleFree({ door }: StaffDoorOutput): Looked {
    const isShut = door.result === 'closed'
    if (isShut && door.item !== 'present') {
      store.releaseCompartment(compartment, staffId)
      return 'empty'
    }
    if (isShut) mark('suspect', 'ITEM_SENSOR_SUSPECT')
    else mark('suspect', door.result === 'leftOpen' ? 'DOOR_LEFT_OPEN' : 'DOOR_NOT_OPENED')
    return isShut ? 'somethingInside' : 'notClosed'
  }

  function settleHeld({ door }: StaffDoorOutput): Looked {
    const isShut = door.result === 'closed'
    if (isShut && door.item === 'present') {
      store.cancelEmptying(compartment)
      return 'asRecorded'
    }
    if (stayedShut(door, 'present')) store.cancelEmptying(compartment)
    else mark('unknown', 'COMPARTMENT_UNKNOWN')
    return isShut ? 'missing' : 'notClosed'
  }

  const actor = visitDoor(
    ports,
    { compartment, want: holdsSomething ? 'itemIn' : 'itemOut' },
    {
      changed: host.changed,
      done(output) {
        if (!stopped) host.done(holdsSomething ? settleHeld(output) : settleFree(output))
      },
    },
  )
  actor.start()
  return {
    actor,
    held: holdsSomething,
    stop() {
      stopped = true
      actor.stop()
    },
  }
}
