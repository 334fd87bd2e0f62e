import { type ActorRefFrom, createActor } from 'xstate'
import { actorClock, type FlowClock } from '../clock.ts'
import type { StaffDoor, StaffDoorOutput } from './staff-door.ts'

/**
 * One opening of one door by staff, on record already. The pulse leaves with `start()`; `done` comes once, and not
 * when the visit is stopped before.
 */
export function visitDoor(
  ports: { readonly staffDoor: StaffDoor; readonly clock: FlowClock },
  what: {
    readonly compartment: number
    readonly want: 'itemIn' | 'itemOut'
    readonly needsBag?: boolean
  },
  host: { changed(): void; done(output: StaffDoorOutput): void },
): ActorRefFrom<StaffDoor> {
  const input = { needsBag: false, ...what, start: 'pulse' } as const
  const actor = createActor(ports.staffDoor, { input, clock: actorClock(ports.clock) })
  actor.subscribe({
    next: () => host.changed(),
    complete: () => {
      const { output } = actor.getSnapshot()
      if (output) host.done(output)
    },
  })
  return actor
}
