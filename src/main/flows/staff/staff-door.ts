import { assign, setup } from 'xstate'
import type { DoorView } from '../../../contract/screen.ts'
import type { DoorVisit, DoorVisitInput, DoorVisitOutput } from '../door-visit.ts'

/**
 * One compartment in an officer's hands: opened once, closed before anything else happens. For emptying, the
 * bag must also be settled (scanned, or recorded missing) before the visit ends.
 */
export interface StaffDoorInput {
  readonly compartment: number
  readonly want: 'itemIn' | 'itemOut'
  /** Whether the door alone ends the visit, or a scanned bag as well. */
  readonly needsBag: boolean
  /** `watch` after a restart: the pulse was sent then. */
  readonly start: 'pulse' | 'watch'
}

export interface StaffDoorOutput {
  readonly door: DoorVisitOutput
  readonly bag: 'scanned' | 'missing' | 'open'
}

interface Context extends StaffDoorInput {
  readonly step: DoorView['step']
  readonly bag: 'scanned' | 'missing' | 'open'
  readonly visit: DoorVisitOutput | undefined
}

export type StaffDoorEvent =
  | { type: 'DOOR_STEP'; step: DoorView['step'] }
  | { type: 'BAG'; bag: 'scanned' | 'missing' }

export function createStaffDoor(doorVisit: DoorVisit) {
  return setup({
    types: {} as {
      context: Context
      events: StaffDoorEvent
      input: StaffDoorInput
      output: StaffDoorOutput
    },
    actors: { doorVisit },
    guards: {
      /** Closed on an empty compartment, and nobody said what became of the bag. */
      bagOpen: ({ context }) =>
        context.needsBag &&
        context.bag === 'open' &&
        context.visit?.result === 'closed' &&
        context.visit.item !== 'present',
    },
  }).createMachine({
    id: 'staffDoor',
    context: ({ input }) => ({ ...input, step: 'opening', bag: 'open', visit: undefined }),
    on: { BAG: { actions: assign({ bag: ({ event }) => event.bag }) } },
    initial: 'visiting',
    states: {
      visiting: {
        invoke: {
          src: 'doorVisit',
          input: ({ context }): DoorVisitInput => ({
            compartment: context.compartment,
            start: context.start,
            want: context.want,
          }),
          onDone: { target: 'closed', actions: assign({ visit: ({ event }) => event.output }) },
        },
        on: { DOOR_STEP: { actions: assign({ step: ({ event }) => event.step }) } },
      },
      closed: { always: [{ guard: 'bagOpen', target: 'waitingForBag' }, { target: 'finished' }] },
      waitingForBag: {
        entry: assign({ step: 'checking' as const }),
        always: { guard: ({ context }) => context.bag !== 'open', target: 'finished' },
      },
      finished: { type: 'final' },
    },
    output: ({ context }) => ({
      door: context.visit ?? { result: 'unknown', reason: 'BUS_SILENT' },
      bag: context.bag,
    }),
  })
}

export type StaffDoor = ReturnType<typeof createStaffDoor>
