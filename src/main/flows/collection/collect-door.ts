import { assign, setup } from 'xstate'
import type { DoorView } from '../../../contract/screen.ts'
import type { DoorVisit, DoorVisitInput, DoorVisitOutput } from '../door-visit.ts'
import type { RightStore } from '../store-port.ts'

/** The right has been checked: from the pulse to the closed, empty compartment. */
export interface CollectDoorInput {
  readonly rightId: string
  readonly compartment: number
  /** `watch` after a restart: the pulse may have been sent, no second one by itself. */
  readonly enter: 'unlock' | 'watch'
  /** The switch was seen open before the restart: on record already. */
  readonly openedRecorded: boolean
  /** Settled behind the screen after a restart. */
  readonly silent: boolean
}

export interface CollectDoorOutput {
  readonly result: 'taken' | 'notTaken' | 'unknown' | 'refused'
  readonly compartment: number
}

export interface CollectDoorPorts {
  readonly store: RightStore
  readonly doorVisit: DoorVisit
  nowIso(): string
  /** The right still stands, and the compartment is seen closed with the item inside. */
  mayOpen(rightId: string, compartment: number): boolean
  /** Openings of one right in one session, each a command and a record of its own. */
  readonly maxOpenings: number
}

interface Context extends CollectDoorInput {
  readonly door: DoorView['step']
  readonly openings: number
  readonly reason: 'stillInside' | 'doorJammed'
  readonly result: CollectDoorOutput['result']
}

export type CollectDoorEvent =
  | { type: 'DOOR_STEP'; step: DoorView['step'] }
  | { type: 'OPEN_AGAIN' }
  | { type: 'FINISH' }
  /** The screen ran out of time. */
  | { type: 'EXPIRE' }

export function createCollectDoor(ports: CollectDoorPorts) {
  const { store, maxOpenings } = ports
  return setup({
    types: {} as {
      context: Context
      events: CollectDoorEvent
      input: CollectDoorInput
      output: CollectDoorOutput
    },
    actors: { doorVisit: ports.doorVisit },
    actions: {
      beginOpening: assign(({ context }) => {
        store.beginOpening(context.rightId, ports.nowIso())
        return { openings: context.openings + 1, openedRecorded: false }
      }),
      showDoor: assign(({ context }, params: { step: DoorView['step'] }) => {
        const isOpen = params.step === 'open' || params.step === 'closeDoor'
        if (isOpen && !context.openedRecorded) store.recordOpened(context.rightId, ports.nowIso())
        return { door: params.step, openedRecorded: context.openedRecorded || isOpen }
      }),
      taken: assign(({ context }, params: { to: 'empty' | 'suspect' }) => {
        store.recordTaken(context.rightId, ports.nowIso(), params.to)
        return { result: 'taken' as const }
      }),
      notTaken: assign(({ context }, params: { reason: Context['reason'] }) => {
        store.recordNotTaken(context.rightId)
        return { result: 'notTaken' as const, reason: params.reason }
      }),
      declareUnknown: assign(({ context }, params: { reason: string }) => {
        store.markCollectionUnknown(context.rightId, params.reason, ports.nowIso())
        return { result: 'unknown' as const }
      }),
    },
  }).createMachine({
    id: 'collectDoor',
    context: ({ input }) => ({
      ...input,
      door: 'opening',
      openings: 0,
      reason: 'stillInside',
      result: 'notTaken',
    }),
    initial: 'entering',
    states: {
      entering: {
        always: [
          { guard: ({ context }) => context.enter === 'watch', target: 'visiting' },
          { target: 'unlocking' },
        ],
      },
      unlocking: { entry: 'beginOpening', always: 'visiting' },
      visiting: {
        invoke: {
          src: 'doorVisit',
          input: ({ context }): DoorVisitInput => ({
            compartment: context.compartment,
            start: context.openings === 0 ? 'watch' : 'pulse',
            want: 'itemOut',
          }),
          onDone: [
            {
              guard: ({ event }) => isEmpty(event.output) && event.output.result === 'closed',
              target: 'done',
              actions: { type: 'taken', params: { to: 'empty' } },
            },
            {
              guard: ({ event }) => isEmpty(event.output),
              target: 'done',
              actions: { type: 'taken', params: { to: 'suspect' } },
            },
            {
              guard: ({ event }) =>
                event.output.result === 'closed' && event.output.item === 'present',
              target: 'notTaken',
              actions: { type: 'notTaken', params: { reason: 'stillInside' } },
            },
            {
              guard: ({ event }) =>
                event.output.result === 'notOpened' || event.output.result === 'refused',
              target: 'notTaken',
              actions: { type: 'notTaken', params: { reason: 'doorJammed' } },
            },
            {
              target: 'incident',
              actions: {
                type: 'declareUnknown',
                params: ({ event }) => ({
                  reason:
                    event.output.result === 'leftOpen'
                      ? 'DOOR_LEFT_OPEN'
                      : event.output.result === 'closed'
                        ? 'ITEM_SENSOR_SUSPECT'
                        : 'BUS_SILENT',
                }),
              },
            },
          ],
        },
        on: { DOOR_STEP: { actions: { type: 'showDoor', params: ({ event }) => event } } },
      },
      /** The envelope is still inside: opening again is a new command and a new record. */
      notTaken: {
        always: { guard: ({ context }) => context.silent, target: 'finished' },
        on: {
          EXPIRE: 'finished',
          OPEN_AGAIN: {
            // Meanwhile the right may have been taken back, or the door forced.
            guard: ({ context }) =>
              context.openings < maxOpenings && ports.mayOpen(context.rightId, context.compartment),
            target: 'unlocking',
          },
          FINISH: 'finished',
        },
      },
      incident: {
        always: { guard: ({ context }) => context.silent, target: 'finished' },
        on: { FINISH: 'finished', EXPIRE: 'finished' },
      },
      done: {
        always: { guard: ({ context }) => context.silent, target: 'finished' },
        on: { FINISH: 'finished', EXPIRE: 'finished' },
      },
      finished: { type: 'final' },
    },
    output: ({ context }) => ({ result: context.result, compartment: context.compartment }),
  })
}

/** The item was seen to be gone: the door closed behind it, left open, or with a switch that tells nothing. */
function isEmpty(output: DoorVisitOutput): boolean {
  switch (output.result) {
    case 'closed':
    case 'leftOpen':
    case 'notOpened':
      return output.item === 'absent'
    case 'refused':
    case 'unknown':
      return false
  }
}

export type CollectDoor = ReturnType<typeof createCollectDoor>
