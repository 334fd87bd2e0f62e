import { type ActorRefFrom, createActor } from 'xstate'
import type { ReasonCode } from '../../../contract/faults.ts'
import { actorClock, type FlowClock } from '../clock.ts'
import type { CompartmentStore, OutboxDraft } from '../store-port.ts'
import { stayedShut } from './settle-staff-door.ts'
import type { StaffDoor, StaffDoorOutput } from './staff-door.ts'

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

  function mark(state: 'suspect' | 'unknown', reason: ReasonCode): void {
    store.markCompartment(compartment, state, reason)
    const body = { device: `compartment-${compartment}`, reason, state, at: ports.nowIso() }
    ports.report({ kind: 'fault', lane: 'kiosk', body })
  }

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

  const want = holdsSomething ? 'itemIn' : 'itemOut'
  const input = { compartment, want, needsBag: false, start: 'pulse' } as const
  const actor = createActor(ports.staffDoor, { input, clock: actorClock(ports.clock) })
  actor.subscribe({
    next: () => host.changed(),
    complete: () => {
      const output = actor.getSnapshot().output
      if (!output || stopped) return
      host.done(holdsSomething ? settleHeld(output) : settleFree(output))
    },
  })
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
