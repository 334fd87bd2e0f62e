import { type ActorRefFrom, createActor } from 'xstate'
import { actorClock, type FlowClock } from '../clock.ts'
import type { CompartmentStore, OutboxDraft } from '../store-port.ts'
import type { StaffDoor } from './staff-door.ts'

export interface LookPorts {
  readonly clock: FlowClock
  readonly store: CompartmentStore
  readonly staffDoor: StaffDoor
  nowIso(): string
  report(draft: OutboxDraft): void
}

export interface LookDoor {
  readonly actor: ActorRefFrom<StaffDoor>
  stop(): void
}

export type Looked = 'empty' | 'somethingInside' | 'notClosed'

/**
 * Opens a compartment in which nothing is known to lie, for somebody to look in. Shut and seen empty it serves
 * again; anything else keeps it out of service.
 */
export function lookInto(
  ports: LookPorts,
  compartment: number,
  staffId: string,
  host: { changed(): void; done(looked: Looked): void },
): LookDoor {
  let stopped = false
  ports.store.recordLookUnlock(compartment, staffId)
  const input = { compartment, want: 'itemOut', needsBag: false, start: 'pulse' } as const
  const actor = createActor(ports.staffDoor, { input, clock: actorClock(ports.clock) })
  actor.subscribe({
    next: () => host.changed(),
    complete: () => {
      const output = actor.getSnapshot().output
      if (!output || stopped) return
      const { door } = output
      const isShut = door.result === 'closed'
      if (isShut && door.item !== 'present') {
        ports.store.releaseCompartment(compartment, staffId)
        host.done('empty')
      } else {
        const reason = isShut ? 'ITEM_SENSOR_SUSPECT' : 'DOOR_NOT_OPENED'
        ports.store.markCompartment(compartment, 'suspect', reason)
        ports.report({
          kind: 'fault',
          lane: 'kiosk',
          body: {
            device: `compartment-${compartment}`,
            reason,
            state: 'suspect',
            at: ports.nowIso(),
          },
        })
        host.done(isShut ? 'somethingInside' : 'notClosed')
      }
    },
  })
  actor.start()
  return {
    actor,
    stop() {
      stopped = true
      actor.stop()
    },
  }
}
