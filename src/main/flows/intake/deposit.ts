import { assign, fromPromise, setup } from 'xstate'
import type { DoorView } from '../../../contract/screen.ts'
import type { Outcome } from '../../../devices/contract.ts'
import type { DoorVisit, DoorVisitInput, DoorVisitOutput } from '../door-visit.ts'
import type { SlipJob, SlipPort } from '../slip-port.ts'
import type { DossierStore, Journal } from '../store-port.ts'

/**
 * From the sealed dossier to the slip, in the order that design §6 demands: the unlock is on record before
 * the pulse, the deposit is committed before the journal, the journal is on disk before the paper.
 */
export interface DepositInput {
  readonly intakeId: string
  readonly compartment: number
  /**
   * `unlock` for a fresh deposit; `watch` when the pulse was sent before a restart; `print` when it is
   * committed and no slip was seen; `offer` shows the slip's QR and prints only when asked.
   */
  readonly enter: 'unlock' | 'watch' | 'print' | 'offer'
  /** Settled behind the screen after a restart: nobody is asked, nothing is printed. */
  readonly silent: boolean
}

export type DepositOutput =
  | { readonly result: 'slipped' | 'withoutSlip'; readonly intakeId: string }
  | {
      readonly result: 'abandoned'
      readonly intakeId: string
      readonly reason: 'nothingInside' | 'doorJammed'
    }
  | { readonly result: 'unknown'; readonly intakeId: string; readonly compartment: number }

export interface DepositPorts {
  readonly store: DossierStore
  readonly journal: Journal
  readonly slips: SlipPort
  readonly doorVisit: DoorVisit
  /** Another empty compartment that fits, with the door seen closed and nothing inside. */
  anotherCompartment(notThis: number): number | undefined
  nowIso(): string
  /** The door is seen closed and nothing inside, now. */
  seenEmpty(compartment: number): boolean
  /** How many other compartments are tried when a door stays shut. */
  readonly maxMoves: number
}

interface Context extends Omit<DepositInput, 'enter'> {
  readonly enter: DepositInput['enter']
  readonly door: DoorView['step']
  readonly moves: number
  readonly smsQueued: boolean
  readonly note: 'printing' | 'printed' | 'notPrinted'
  readonly output: DepositOutput | undefined
}

export type DepositEvent =
  | { type: 'DOOR_STEP'; step: DoorView['step'] }
  | { type: 'ANSWER_MISSING'; inside: boolean }
  | { type: 'PRINT_AGAIN' }
  | { type: 'FINISH' }
  /** The screen ran out of time. */
  | { type: 'EXPIRE' }

export function createDeposit(ports: DepositPorts) {
  const { store, journal, slips, maxMoves } = ports
  const row = (intakeId: string) => {
    const found = store.dossier(intakeId)
    if (!found) throw new Error(`dossier ${intakeId} vanished`)
    return found
  }
  const job = (intakeId: string, kind: SlipJob['kind'], compartment: number): SlipJob => {
    const dossier = row(intakeId)
    const at = dossier.depositedAt ?? ports.nowIso()
    return {
      kind,
      intakeId,
      bagCode: dossier.bagCode,
      compartment,
      at,
      clockSynchronised: dossier.clockSynchronised,
      language: dossier.language,
      facts: dossier.facts,
      qr: kind === 'incident' ? '' : slips.signQr(intakeId, at, dossier.contentHash),
    }
  }

  return setup({
    types: {} as {
      context: Context
      events: DepositEvent
      input: DepositInput
      output: DepositOutput
    },
    actors: {
      doorVisit: ports.doorVisit,
      /** Deposit and journal. Both must be durable before any paper moves. */
      commit: fromPromise<void, string>(async ({ input: intakeId }) => {
        if (row(intakeId).state === 'sealed') store.depositDossier(intakeId, ports.nowIso())
        const dossier = row(intakeId)
        if (journal.has(intakeId)) return
        await journal.append({
          intakeId,
          at: dossier.depositedAt ?? ports.nowIso(),
          sealed: dossier.sealed,
          contentHash: dossier.contentHash,
          bagCode: dossier.bagCode,
          compartment: dossier.compartment ?? 0,
          procedureCode: dossier.procedureCode,
        })
      }),
      print: fromPromise<Outcome<unknown>, { intakeId: string; compartment: number }>(
        async ({ input }) => {
          if (!(await slips.readySoon())) return { outcome: 'refused', reason: 'PRINTER_ERROR' }
          const copy = store.recordSlipBegun(input.intakeId)
          const kind = copy > 1 ? 'reprint' : 'slip'
          const outcome = await slips.print(job(input.intakeId, kind, input.compartment))
          if (outcome.outcome === 'done') store.recordSlipSeen(input.intakeId, copy, ports.nowIso())
          return outcome
        },
      ),
      printNote: fromPromise<Outcome<unknown>, { intakeId: string; compartment: number }>(
        async ({ input }) => {
          await slips.readySoon()
          return slips.print(job(input.intakeId, 'incident', input.compartment))
        },
      ),
    },
    actions: {
      showDoor: assign((_, params: { step: DoorView['step'] }) => ({ door: params.step })),
      // An assignment: done while the step is worked out, and so before the door's actor starts. A plain action
      // of the first step would come after it, and the pulse before its record.
      recordUnlock: assign(({ context }) => {
        store.recordDepositUnlock(context.intakeId)
        return {}
      }),
      move: assign(({ context }) => {
        const next = ports.anotherCompartment(context.compartment)
        if (next === undefined) throw new Error('moved without a free compartment')
        store.moveDossier(context.intakeId, next, 'DOOR_NOT_OPENED')
        return { compartment: next, moves: context.moves + 1 }
      }),
      abandon: assign(
        (
          { context },
          params: { reason: 'nothingInside' | 'doorJammed'; to: 'empty' | 'suspect' },
        ) => {
          const reason = params.to === 'suspect' ? 'DOOR_NOT_OPENED' : params.reason
          store.abandonDossier(context.intakeId, reason, params.to)
          return {
            output: {
              result: 'abandoned' as const,
              intakeId: context.intakeId,
              reason: params.reason,
            },
          }
        },
      ),
      declareUnknown: assign(({ context }, params: { reason: string }) => {
        store.markDepositUnknown(context.intakeId, params.reason, ports.nowIso())
        return {
          output: {
            result: 'unknown' as const,
            intakeId: context.intakeId,
            compartment: context.compartment,
          },
        }
      }),
      queueSms: assign(({ context }) => ({ smsQueued: store.queueSlipSms(context.intakeId) })),
      conclude: assign(({ context }, params: { result: 'slipped' | 'withoutSlip' }) => ({
        output: { result: params.result, intakeId: context.intakeId },
      })),
    },
    guards: {
      isSilent: ({ context }) => context.silent,
      /** And the citizen, when asked, does not say otherwise. */
      isSeenEmpty: ({ context }, said: { readonly inside: boolean } | undefined) =>
        said?.inside !== true && ports.seenEmpty(context.compartment),
      canMove: ({ context }) =>
        context.moves < maxMoves && ports.anotherCompartment(context.compartment) !== undefined,
    },
  }).createMachine({
    id: 'deposit',
    context: ({ input }) => ({
      ...input,
      door: 'opening',
      moves: 0,
      smsQueued: false,
      note: 'printing',
      output: undefined,
    }),
    initial: 'entering',
    states: {
      entering: {
        always: [
          {
            guard: ({ context }) => context.enter === 'unlock',
            target: 'visiting',
            actions: 'recordUnlock',
          },
          { guard: ({ context }) => context.enter === 'watch', target: 'visiting' },
          { guard: ({ context }) => context.enter === 'print', target: 'committing' },
          { target: 'slipFailed' },
        ],
      },
      visiting: {
        invoke: {
          src: 'doorVisit',
          id: 'door',
          input: ({ context }): DoorVisitInput => ({
            compartment: context.compartment,
            start: context.enter === 'watch' && context.moves === 0 ? 'watch' : 'pulse',
            want: 'itemIn',
          }),
          onDone: [
            { guard: ({ event }) => sawItem(event.output, 'present'), target: 'committing' },
            { guard: ({ event }) => sawItem(event.output, 'absent'), target: 'missing' },
            {
              guard: ({ event }) => sawItem(event.output, 'unknown'),
              target: 'incident',
              actions: { type: 'declareUnknown', params: { reason: 'ITEM_SENSOR_SUSPECT' } },
            },
            {
              // Something is inside that was not: the door was open, whatever its switch says.
              guard: ({ event }) =>
                event.output.result === 'notOpened' && event.output.item !== 'absent',
              target: 'incident',
              actions: { type: 'declareUnknown', params: { reason: 'DOOR_NOT_OPENED' } },
            },
            {
              guard: ({ event, context }) =>
                event.output.result === 'notOpened' &&
                context.moves < maxMoves &&
                ports.anotherCompartment(context.compartment) !== undefined,
              target: 'moving',
            },
            {
              guard: ({ event }) => event.output.result === 'notOpened',
              target: 'abandoned',
              actions: { type: 'abandon', params: { reason: 'doorJammed', to: 'suspect' } },
            },
            {
              // Nothing was written: the lock never had a pulse.
              guard: ({ event }) => event.output.result === 'refused',
              target: 'abandoned',
              actions: { type: 'abandon', params: { reason: 'doorJammed', to: 'empty' } },
            },
            {
              guard: ({ event }) => event.output.result === 'leftOpen',
              target: 'incident',
              actions: { type: 'declareUnknown', params: { reason: 'DOOR_LEFT_OPEN' } },
            },
            {
              target: 'incident',
              actions: { type: 'declareUnknown', params: { reason: 'BUS_SILENT' } },
            },
          ],
        },
        on: { DOOR_STEP: { actions: { type: 'showDoor', params: ({ event }) => event } } },
      },
      moving: {
        entry: ['move', 'recordUnlock'],
        always: 'visiting',
      },
      /** Closed, and the sensor sees nothing. The citizen knows better than a dead sensor. */
      missing: {
        always: {
          guard: 'isSilent',
          target: 'abandoned',
          actions: { type: 'abandon', params: { reason: 'nothingInside', to: 'empty' } },
        },
        on: {
          EXPIRE: [
            {
              guard: 'isSeenEmpty',
              target: 'abandoned',
              actions: { type: 'abandon', params: { reason: 'nothingInside', to: 'empty' } },
            },
            {
              target: 'incident',
              actions: { type: 'declareUnknown', params: { reason: 'ITEM_SENSOR_SUSPECT' } },
            },
          ],
          ANSWER_MISSING: [
            {
              // A sensor that has changed its mind is no proof that nothing is inside.
              guard: { type: 'isSeenEmpty', params: ({ event }) => event },
              target: 'abandoned',
              actions: { type: 'abandon', params: { reason: 'nothingInside', to: 'empty' } },
            },
            {
              target: 'incident',
              actions: { type: 'declareUnknown', params: { reason: 'ITEM_SENSOR_SUSPECT' } },
            },
          ],
        },
      },
      committing: {
        invoke: {
          src: 'commit',
          input: ({ context }) => context.intakeId,
          onDone: [
            { guard: 'isSilent', target: 'slipFailed', actions: 'queueSms' },
            { target: 'printing' },
          ],
        },
      },
      printing: {
        invoke: {
          src: 'print',
          input: ({ context }) => context,
          onDone: [
            {
              guard: ({ event }) => event.output.outcome === 'done',
              target: 'finished',
              actions: { type: 'conclude', params: { result: 'slipped' } },
            },
            { target: 'slipFailed', actions: 'queueSms' },
          ],
        },
      },
      /** The dossier is safe, the paper is not there: number and QR stay on the screen. */
      slipFailed: {
        always: {
          guard: 'isSilent',
          target: 'finished',
          actions: { type: 'conclude', params: { result: 'withoutSlip' } },
        },
        on: {
          EXPIRE: {
            target: 'finished',
            actions: { type: 'conclude', params: { result: 'withoutSlip' } },
          },
          PRINT_AGAIN: { guard: () => slips.ready(), target: 'printing' },
          FINISH: {
            target: 'finished',
            actions: { type: 'conclude', params: { result: 'withoutSlip' } },
          },
        },
      },
      incident: {
        always: { guard: 'isSilent', target: 'finished' },
        invoke: {
          src: 'printNote',
          input: ({ context }) => context,
          onDone: {
            actions: assign({
              note: ({ event }) => (event.output.outcome === 'done' ? 'printed' : 'notPrinted'),
            }),
          },
        },
        on: { FINISH: 'finished', EXPIRE: 'finished' },
      },
      abandoned: {
        always: { guard: 'isSilent', target: 'finished' },
        on: { FINISH: 'finished', EXPIRE: 'finished' },
      },
      finished: { type: 'final' },
    },
    output: ({ context }) =>
      context.output ?? { result: 'withoutSlip', intakeId: context.intakeId },
  })
}

function sawItem(output: DoorVisitOutput, item: 'present' | 'absent' | 'unknown'): boolean {
  return output.result === 'closed' && output.item === item
}

export type Deposit = ReturnType<typeof createDeposit>
