import { assign, fromCallback, fromPromise, not, sendParent, setup } from 'xstate'
import type { ReasonCode } from '../../contract/faults.ts'
import type { DoorView } from '../../contract/screen.ts'
import type { CompartmentSensors, Outcome } from '../../devices/contract.ts'
import type { DoorLimits, DoorPort } from './door-port.ts'

/**
 * One opening of one compartment, from the pulse to the closed door. It knows nothing of dossiers: it tells
 * what the switches saw. `watch` starts without a pulse, for a door found open after a restart.
 */
export interface DoorVisitInput {
  readonly compartment: number
  readonly start: 'pulse' | 'watch'
  /** Which way the item should move; only for what the screen says. */
  readonly want: 'itemIn' | 'itemOut'
}

export type DoorVisitOutput =
  | {
      readonly result: 'closed'
      readonly item: CompartmentSensors['item']
      readonly seenOpen: boolean
    }
  /** The switch never told of an open door; a broken switch is not a closed door, so the item counts too. */
  | { readonly result: 'notOpened'; readonly item: CompartmentSensors['item'] }
  /** Nothing was written to the wire. */
  | { readonly result: 'refused'; readonly reason: ReasonCode }
  | { readonly result: 'leftOpen'; readonly item: CompartmentSensors['item'] }
  | { readonly result: 'unknown'; readonly reason: ReasonCode }

interface Context extends DoorVisitInput {
  readonly sensors: CompartmentSensors
  readonly seenOpen: boolean
  readonly output: DoorVisitOutput | undefined
}

type Events = { type: 'SENSORS'; sensors: CompartmentSensors }

/** Sent to the parent at every change of what the screen should say. */
export interface DoorStepEvent {
  readonly type: 'DOOR_STEP'
  readonly step: DoorView['step']
}

export function createDoorVisit(doors: DoorPort, limits: DoorLimits) {
  return setup({
    types: {} as {
      context: Context
      events: Events
      input: DoorVisitInput
      output: DoorVisitOutput
    },
    actors: {
      sensors: fromCallback<Events, number>(({ input, sendBack }) =>
        doors.onSensors(input, (sensors) => sendBack({ type: 'SENSORS', sensors })),
      ),
      unlock: fromPromise<Outcome, number>(({ input }) => doors.unlock(input)),
      read: fromPromise<CompartmentSensors, number>(({ input }) => doors.read(input)),
    },
    actions: {
      tell: sendParent((_, params: { step: DoorView['step'] }) => ({
        type: 'DOOR_STEP',
        ...params,
      })),
      conclude: assign((_, params: DoorVisitOutput) => ({ output: params })),
      see: assign(({ context }, params: CompartmentSensors) => ({
        sensors: params,
        seenOpen: context.seenOpen || params.door === 'open',
      })),
    },
    guards: {
      isOpen: ({ context }) => context.sensors.door === 'open',
      isBlind: ({ context }) => context.sensors.door === 'unknown',
      isClosed: ({ context }) => context.sensors.door === 'closed',
      isMoved: ({ context }) =>
        context.sensors.item === (context.want === 'itemIn' ? 'present' : 'absent'),
    },
    delays: {
      doorOpen: limits.doorOpenMs,
      doorCall: limits.doorOpenMs + limits.doorCallMs,
      blind: limits.blindMs,
      settle: limits.settleMs,
      reread: 1_000,
    },
  }).createMachine({
    id: 'doorVisit',
    context: ({ input }) => {
      const sensors = doors.sensors(input.compartment)
      return { ...input, sensors, seenOpen: sensors.door === 'open', output: undefined }
    },
    invoke: { src: 'sensors', input: ({ context }) => context.compartment },
    on: { SENSORS: { actions: { type: 'see', params: ({ event }) => event.sensors } } },
    initial: 'start',
    states: {
      start: {
        always: [
          { guard: ({ context }) => context.start === 'pulse', target: 'pulsing' },
          { target: 'looking' },
        ],
      },
      pulsing: {
        entry: { type: 'tell', params: { step: 'opening' } },
        invoke: {
          src: 'unlock',
          input: ({ context }) => context.compartment,
          onDone: [
            { guard: ({ event }) => event.output.outcome === 'done', target: 'looking' },
            // The switch may have moved between the driver's last frame and now.
            { guard: 'isOpen', target: 'looking' },
            {
              guard: ({ event }) => event.output.outcome === 'failed',
              target: 'finished',
              actions: {
                type: 'conclude',
                params: ({ context }) => ({ result: 'notOpened', item: context.sensors.item }),
              },
            },
            {
              guard: ({ event }) => event.output.outcome === 'refused',
              target: 'finished',
              actions: {
                type: 'conclude',
                params: ({ event }) => ({ result: 'refused', reason: reasonOf(event.output) }),
              },
            },
            { target: 'blind' },
          ],
        },
      },
      /** Chooses by the newest facts. */
      looking: {
        always: [
          { guard: 'isBlind', target: 'blind' },
          { guard: 'isClosed', target: 'settling' },
          { target: 'ajar' },
        ],
      },
      ajar: {
        initial: 'deciding',
        after: {
          doorOpen: { actions: { type: 'tell', params: { step: 'leftOpen' } } },
          doorCall: {
            target: 'finished',
            actions: {
              type: 'conclude',
              params: ({ context }) => ({ result: 'leftOpen', item: context.sensors.item }),
            },
          },
        },
        always: [
          { guard: 'isBlind', target: 'blind' },
          { guard: 'isClosed', target: 'settling' },
        ],
        states: {
          deciding: { always: [{ guard: 'isMoved', target: 'moved' }, { target: 'waiting' }] },
          waiting: {
            entry: { type: 'tell', params: { step: 'open' } },
            always: { guard: 'isMoved', target: 'moved' },
          },
          moved: {
            entry: { type: 'tell', params: { step: 'closeDoor' } },
            always: { guard: not('isMoved'), target: 'waiting' },
          },
        },
      },
      /** The door is closed: it must stay so, and a frame asked for afterwards must say the same. */
      settling: {
        after: { settle: 'confirming' },
        always: { guard: not('isClosed'), target: 'looking' },
      },
      confirming: {
        invoke: {
          src: 'read',
          input: ({ context }) => context.compartment,
          onDone: [
            {
              guard: ({ event }) => event.output.door === 'closed',
              target: 'finished',
              actions: {
                type: 'conclude',
                params: ({ context, event }) => ({
                  result: 'closed',
                  item: event.output.item,
                  seenOpen: context.seenOpen,
                }),
              },
            },
            { target: 'looking', actions: { type: 'see', params: ({ event }) => event.output } },
          ],
        },
      },
      /** Nobody sees the door. Facts may come back with the bus; then they decide. */
      blind: {
        entry: { type: 'tell', params: { step: 'checking' } },
        after: {
          blind: {
            target: 'finished',
            actions: { type: 'conclude', params: { result: 'unknown', reason: 'BUS_SILENT' } },
          },
        },
        always: { guard: not('isBlind'), target: 'looking' },
        initial: 'waiting',
        states: {
          waiting: { after: { reread: 'asking' } },
          asking: {
            invoke: {
              src: 'read',
              input: ({ context }) => context.compartment,
              onDone: {
                target: 'waiting',
                actions: { type: 'see', params: ({ event }) => event.output },
              },
            },
          },
        },
      },
      finished: { type: 'final' },
    },
    output: ({ context }) => context.output ?? { result: 'unknown', reason: 'BUS_SILENT' },
  })
}

function reasonOf(outcome: Outcome): ReasonCode {
  return outcome.outcome === 'done' ? 'SILENT' : outcome.reason
}

export type DoorVisit = ReturnType<typeof createDoorVisit>
