import type { ActorRefFrom } from 'xstate'
import type { Intent } from '../../../contract/intent.ts'
import type { Screen, ScreenProblem } from '../../../contract/screen.ts'
import type { ScannedCode } from '../reading.ts'
import type { ResultRow } from '../store-port.ts'
import { doubtCompartment } from './doubt-compartment.ts'
import type { OfficerPorts } from './officer.ts'
import { settleStocking } from './settle-staff-door.ts'
import type { StaffDoor, StaffDoorOutput } from './staff-door.ts'
import type { StaffMember } from './staff-port.ts'
import type { StaffTask, StaffTaskHost } from './staff-task.ts'
import { mintRight } from './stocking.ts'
import { visitDoor } from './visit-door.ts'

type Phase =
  | { readonly name: 'scan'; readonly last: { dossierCode: string; compartment: number } | null }
  | {
      readonly name: 'door'
      readonly result: ResultRow
      readonly compartment: number
      /** Nobody knew before whether the envelope lies inside. */
      readonly wasUnknown: boolean
      readonly actor: ActorRefFrom<StaffDoor>
    }
  | {
      readonly name: 'problem'
      readonly compartment: number
      readonly reason: 'doorJammed' | 'unknown'
    }

/** Results into compartments: the code is scanned, the machine picks the compartment, the right is minted. */
export function createStockingRound(
  ports: OfficerPorts,
  host: StaffTaskHost,
  staff: StaffMember,
): StaffTask {
  let phase: Phase = { name: 'scan', last: null }
  let problem: ScreenProblem | null = null
  let stopped = false

  /** The compartment in which nobody saw whether the envelope lies: the same door again settles it. */
  function unsettledCompartment(result: ResultRow): number | undefined {
    if (result.state !== 'assigned' || result.compartment === null) return undefined
    const row = ports.store.compartment(result.compartment)
    return row.state === 'unknown' && row.resultId === result.resultId ? row.number : undefined
  }

  /** Papers that go back lie in their bag, and their slip may still be with them. */
  function resultOf(code: ScannedCode): ResultRow | undefined {
    const { store } = ports
    switch (code.kind) {
      case 'dossierCode':
        return store.resultByDossierCode(code.code) ?? store.resultByIntakeId(code.code)
      case 'slip':
        return code.valid ? store.resultByIntakeId(code.intakeId) : undefined
      case 'bag': {
        const dossier = store.dossierByBag(code.code)
        return dossier && store.resultByIntakeId(dossier.intakeId)
      }
      default:
        return undefined
    }
  }

  function stock(result: ResultRow | undefined): void {
    const unsettled = result && unsettledCompartment(result)
    if (!result || (result.state !== 'announced' && unsettled === undefined)) {
      problem = 'notOnList'
      return
    }
    const compartment = unsettled ?? ports.freeResultCompartment(result)
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
    open(result, compartment, unsettled !== undefined)
  }

  function open(result: ResultRow, compartment: number, wasUnknown: boolean): void {
    const actor = visitDoor(
      ports,
      { compartment, want: 'itemIn' },
      {
        changed: host.changed,
        done(output) {
          if (stopped || phase.name !== 'door') return
          void afterDoor(phase, output)
          host.changed()
        },
      },
    )
    phase = { name: 'door', result, compartment, wasUnknown, actor }
    actor.start()
  }

  async function afterDoor(
    { result, compartment, wasUnknown }: Extract<Phase, { name: 'door' }>,
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
    if (mark) doubtCompartment(ports, compartment, mark)
    const last = record === 'stocked' ? { dossierCode, compartment } : null
    phase = doorProblem
      ? { name: 'problem', compartment, reason: doorProblem }
      : { name: 'scan', last }
    host.changed()
  }

  function intend(intent: Intent): boolean {
    problem = null
    if (phase.name === 'scan' && intent.path === 'session.back') {
      host.leave()
      return true
    }
    if (phase.name !== 'problem' || intent.path !== 'officer.continueAfterProblem') return false
    phase = { name: 'scan', last: null }
    return true
  }

  function read(code: ScannedCode): void {
    problem = null
    if (phase.name !== 'scan') return
    if (code.kind === 'garbage') problem = 'unreadable'
    else stock(resultOf(code))
  }

  function screen(): Screen {
    switch (phase.name) {
      case 'scan':
        return {
          name: 'stockScan',
          waiting: ports.store
            .resultsToStock()
            .map(({ dossierCode, size, what }) => ({ dossierCode, size, what })),
          freeCompartments: ports.freeResultCompartments(),
          lastStocked: phase.last,
          problem,
        }
      case 'door':
        return {
          name: 'stockDoor',
          dossierCode: phase.result.dossierCode,
          door: { compartment: phase.compartment, step: phase.actor.getSnapshot().context.step },
        }
      case 'problem':
        return { name: 'staffDoorProblem', compartment: phase.compartment, reason: phase.reason }
    }
  }

  return {
    screen,
    intend,
    read,
    isDoorClosed: () => phase.name !== 'door',
    canBack: () => phase.name === 'scan',
    stop() {
      stopped = true
      if (phase.name === 'door') phase.actor.stop()
    },
  }
}
