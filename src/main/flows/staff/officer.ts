import { type ActorRefFrom, createActor } from 'xstate'
import type { Intent } from '../../../contract/intent.ts'
import type { Screen, ScreenProblem } from '../../../contract/screen.ts'
import type { Activity, ActivityHost } from '../activity.ts'
import { actorClock, type FlowClock } from '../clock.ts'
import type { ScannedCode } from '../reading.ts'
import type {
  CompartmentStore,
  DossierStore,
  OutboxDraft,
  ResultRow,
  ResultStore,
} from '../store-port.ts'
import { type Mark, settleEmptying, settleStocking } from './settle-staff-door.ts'
import type { StaffDoor, StaffDoorOutput } from './staff-door.ts'
import type { SignedIn, StaffAccess } from './staff-port.ts'
import { type MintPorts, mintRight } from './stocking.ts'

export interface OfficerPorts {
  readonly clock: FlowClock
  readonly access: StaffAccess
  readonly store: DossierStore & CompartmentStore & ResultStore
  readonly staffDoor: StaffDoor
  readonly mint: MintPorts
  /** The smallest empty result compartment that fits, seen closed and empty. */
  freeResultCompartment(size: 'small' | 'large'): number | undefined
  freeResultCompartments(): number
  nowIso(): string
  /** To the province: what an officer's door left behind. */
  report(draft: OutboxDraft): void
}

interface Bag {
  readonly compartment: number
  readonly intakeId: string
  readonly bagCode: string
  readonly state: 'deposited' | 'unknown' | 'suspect'
}

type Phase =
  | { readonly name: 'menu' }
  | {
      readonly name: 'stockScan'
      readonly last: { dossierCode: string; compartment: number } | null
    }
  | {
      readonly name: 'stockDoor'
      readonly result: ResultRow
      readonly compartment: number
      /** Nobody knew before whether the envelope lies inside. */
      readonly wasUnknown: boolean
      readonly actor: ActorRefFrom<StaffDoor>
    }
  | { readonly name: 'emptyList' }
  | { readonly name: 'emptyDoor'; readonly bag: Bag; readonly actor: ActorRefFrom<StaffDoor> }
  | {
      readonly name: 'problem'
      readonly compartment: number
      readonly reason: 'doorJammed' | 'unknown'
      readonly back: 'stockScan' | 'emptyList'
    }

/** An officer at the machine empties and stocks, one door at a time. */
export function createOfficer(
  ports: OfficerPorts,
  host: ActivityHost,
  { badge, staff }: SignedIn,
): Activity {
  let phase: Phase = { name: 'menu' }
  let problem: ScreenProblem | null = null
  let stopped = false

  function bags(): readonly Bag[] {
    return ports.store.compartments().flatMap((row): Bag[] => {
      if (row.intakeId === null) return []
      const dossier = ports.store.dossier(row.intakeId)
      if (!dossier) return []
      const base = { compartment: row.number, intakeId: row.intakeId, bagCode: dossier.bagCode }
      if (row.state === 'occupied') return [{ ...base, state: 'deposited' }]
      if (row.state === 'unknown' || row.state === 'suspect') return [{ ...base, state: row.state }]
      return []
    })
  }

  function openDoor(compartment: number, want: 'itemIn' | 'itemOut'): ActorRefFrom<StaffDoor> {
    const input = { compartment, want, needsBag: want === 'itemOut', start: 'pulse' } as const
    const actor = createActor(ports.staffDoor, { input, clock: actorClock(ports.clock) })
    actor.subscribe({
      next: () => host.changed(),
      complete: () => {
        const output = actor.getSnapshot().output
        if (!output || stopped) return
        if (phase.name === 'stockDoor') void afterStocking(phase, output)
        else if (phase.name === 'emptyDoor') afterEmptying(phase.bag, output)
        host.changed()
      },
    })
    return actor
  }

  /** The compartment in which nobody saw whether the envelope lies: the same door again settles it. */
  function unsettledCompartment(result: ResultRow): number | undefined {
    if (result.state !== 'assigned' || result.compartment === null) return undefined
    const row = ports.store.compartment(result.compartment)
    return row.state === 'unknown' && row.resultId === result.resultId ? row.number : undefined
  }

  function stock(dossierCode: string): void {
    const result = ports.store.resultByDossierCode(dossierCode)
    const unsettled = result && unsettledCompartment(result)
    if (!result || (result.state !== 'announced' && unsettled === undefined)) {
      problem = 'notOnList'
      return
    }
    const compartment = unsettled ?? ports.freeResultCompartment(result.size)
    if (compartment === undefined) {
      problem = 'noFreeCompartment'
      return
    }
    if (!ports.access.mayOpen(staff.staffId)) {
      problem = 'tooManyOpenings'
      return
    }
    if (unsettled === undefined) {
      ports.store.assignResult(result.resultId, compartment, staff.staffId)
    }
    const actor = openDoor(compartment, 'itemIn')
    phase = {
      name: 'stockDoor',
      result,
      compartment,
      wasUnknown: unsettled !== undefined,
      actor,
    }
    actor.start()
  }

  async function afterStocking(
    { result, compartment, wasUnknown }: Extract<Phase, { name: 'stockDoor' }>,
    { door }: StaffDoorOutput,
  ): Promise<void> {
    const { record, mark, problem: doorProblem } = settleStocking(door, wasUnknown)
    const { resultId, dossierCode } = result
    switch (record) {
      case 'stocked':
        await mintRight(ports.mint, result, compartment, staff.staffId)
        break
      case 'notStocked':
        ports.store.unassignResult(resultId, 'empty', doorProblem ?? 'nothingInside')
        break
      case 'doorSuspect':
        ports.store.unassignResult(resultId, 'suspect', 'DOOR_NOT_OPENED')
        break
      case 'nothing':
        break
    }
    if (mark) doubt(compartment, mark)
    const last = record === 'stocked' ? { dossierCode, compartment } : null
    phase = doorProblem
      ? { name: 'problem', compartment, reason: doorProblem, back: 'stockScan' }
      : { name: 'stockScan', last }
    host.changed()
  }

  function doubt(compartment: number, { state, reason }: Mark): void {
    ports.store.markCompartment(compartment, state, reason)
    ports.report({
      kind: 'fault',
      lane: 'kiosk',
      body: { device: `compartment-${compartment}`, reason, state, at: ports.nowIso() },
    })
  }

  function openNext(): boolean {
    const bag = bags()[0]
    if (!bag) return false
    if (!ports.access.mayOpen(staff.staffId)) {
      problem = 'tooManyOpenings'
      return true
    }
    ports.store.recordEmptyingUnlock(bag.compartment, staff.staffId)
    const actor = openDoor(bag.compartment, 'itemOut')
    phase = { name: 'emptyDoor', bag, actor }
    actor.start()
    return true
  }

  function afterEmptying({ compartment, intakeId }: Bag, output: StaffDoorOutput): void {
    const { record, mark, problem: doorProblem } = settleEmptying(output)
    const staffId = staff.staffId
    switch (record) {
      case 'collected':
        ports.store.recordBagCollected(intakeId, staffId, ports.nowIso())
        break
      case 'missing':
        ports.store.recordBagMissing(intakeId, staffId, ports.nowIso())
        break
      case 'stillInside':
        ports.store.cancelEmptying(compartment)
        break
      case 'nothing':
        break
    }
    if (mark) doubt(compartment, mark)
    phase = doorProblem
      ? { name: 'problem', compartment, reason: doorProblem, back: 'emptyList' }
      : { name: 'emptyList' }
  }

  /** A right that was taken back, or has run out, ends the visit as soon as no door is open. */
  function mayStay(): boolean {
    if (!doorIsClosed() || ports.access.knowsBadge(badge)) return true
    host.end()
    return false
  }

  function doorIsClosed(): boolean {
    return phase.name !== 'stockDoor' && phase.name !== 'emptyDoor'
  }

  function intend(intent: Intent): boolean {
    if (intent.path === 'session.setLanguage') return false
    problem = null
    if (!mayStay()) return true
    switch (intent.path) {
      case 'session.leave':
        if (!doorIsClosed()) return false
        host.end()
        return true
      case 'session.back':
        if (phase.name !== 'stockScan' && phase.name !== 'emptyList') return false
        phase = { name: 'menu' }
        return true
      case 'officer.startStocking':
        phase = { name: 'stockScan', last: null }
        return true
      case 'officer.startEmptying':
        phase = { name: 'emptyList' }
        return true
      case 'officer.openNext':
        return openNext()
      case 'officer.bagMissing':
        // Once scanned, the bag is known to be in the officer's hand.
        if (phase.name !== 'emptyDoor' || phase.actor.getSnapshot().context.bag !== 'open') {
          return false
        }
        phase.actor.send({ type: 'BAG', bag: 'missing' })
        return true
      case 'officer.continueAfterProblem':
        if (phase.name !== 'problem') return false
        phase =
          phase.back === 'emptyList' ? { name: 'emptyList' } : { name: 'stockScan', last: null }
        return true
      default:
        return false
    }
  }

  function read(code: ScannedCode): void {
    problem = null
    if (!mayStay()) return
    if (phase.name === 'stockScan') {
      if (code.kind === 'dossierCode') stock(code.code)
      else problem = code.kind === 'garbage' ? 'unreadable' : 'notOnList'
    } else if (phase.name === 'emptyDoor') {
      if (code.kind === 'bag' && code.code === phase.bag.bagCode) {
        phase.actor.send({ type: 'BAG', bag: 'scanned' })
      } else problem = code.kind === 'bag' ? 'bagNotExpected' : 'notABag'
    }
  }

  return {
    role: staff.role,
    screen(): Screen {
      switch (phase.name) {
        case 'menu':
          return {
            name: 'staffMenu',
            displayName: staff.displayName,
            bagsToEmpty: bags().length,
            resultsToStock: ports.store.resultsToStock().length,
            problem,
          }
        case 'stockScan':
          return {
            name: 'stockScan',
            waiting: ports.store
              .resultsToStock()
              .map(({ dossierCode, size }) => ({ dossierCode, size })),
            freeCompartments: ports.freeResultCompartments(),
            lastStocked: phase.last,
            problem,
          }
        case 'stockDoor':
          return {
            name: 'stockDoor',
            dossierCode: phase.result.dossierCode,
            door: { compartment: phase.compartment, step: phase.actor.getSnapshot().context.step },
          }
        case 'emptyList':
          return {
            name: 'emptyList',
            bags: bags().map(({ compartment, bagCode, state }) => ({
              compartment,
              bagCode,
              state,
            })),
            problem,
          }
        case 'emptyDoor': {
          const { step, bag } = phase.actor.getSnapshot().context
          return {
            name: 'emptyDoor',
            door: { compartment: phase.bag.compartment, step },
            bagCode: phase.bag.bagCode,
            bagSettled: bag !== 'open',
            problem,
          }
        }
        case 'problem':
          return { name: 'staffDoorProblem', compartment: phase.compartment, reason: phase.reason }
      }
    },
    can: () => ({
      back: phase.name === 'stockScan' || phase.name === 'emptyList',
      leave: doorIsClosed(),
    }),
    intend,
    read,
    expire() {
      if (doorIsClosed()) host.end()
    },
    stop() {
      stopped = true
      if (phase.name === 'stockDoor' || phase.name === 'emptyDoor') phase.actor.stop()
    },
  }
}
