import type { ActorRefFrom } from 'xstate'
import type { Intent } from '../../../contract/intent.ts'
import type { Screen, ScreenProblem } from '../../../contract/screen.ts'
import type { OffListReason } from '../../../contract/screens/officer.ts'
import type { CompartmentSensors } from '../../../devices/contract.ts'
import type { ScannedCode } from '../reading.ts'
import type { StaffOnRecord } from '../store-port.ts'
import { inputOf } from '../typed-field.ts'
import { doubtCompartment } from './doubt-compartment.ts'
import type { HandOverTally } from './hand-over.ts'
import { type LookDoor, type Looked, lookInto } from './look-door.ts'
import { type OffListRow, offListRows, reasonsFor } from './off-list-rows.ts'
import type { OfficerPorts } from './officer.ts'
import { noCode, recordSurplus } from './record-surplus.ts'
import { createSecondPerson, type SecondPerson } from './second-person.ts'
import { settleOffList } from './settle-staff-door.ts'
import type { StaffDoor, StaffDoorOutput } from './staff-door.ts'
import type { SignedIn } from './staff-port.ts'
import type { StaffTask, StaffTaskHost } from './staff-task.ts'
import { visitDoor } from './visit-door.ts'

type ResultRow = Extract<OffListRow, { holds: 'result' }>

interface Asked {
  readonly compartment: number
  readonly reason: OffListReason
}

type Phase =
  | { readonly name: 'map' }
  | { readonly name: 'reason'; readonly compartment: number }
  | (Asked & { readonly name: 'second'; readonly person: SecondPerson })
  | { readonly name: 'look'; readonly compartment: number; readonly look: LookDoor }
  /** The sensor is asked before the pulse. */
  | { readonly name: 'checking'; readonly row: ResultRow }
  | {
      readonly name: 'result'
      readonly row: ResultRow
      readonly by: Required<StaffOnRecord>
      readonly before: CompartmentSensors['item']
      readonly actor: ActorRefFrom<StaffDoor>
    }
  | {
      readonly name: 'problem'
      readonly compartment: number
      readonly reason: 'doorJammed' | 'unknown'
    }

const shown = ({ compartment, holds, code, isDoubtful, mayOpen }: OffListRow) => ({
  ...{ compartment, holds, code, isDoubtful, mayOpen },
})

/**
 * A door that no work-list names: a reason, a second person, one opening. The sensors settle what became of what
 * lies inside.
 */
export function createOffListRound(
  ports: OfficerPorts,
  host: StaffTaskHost,
  first: SignedIn,
  tally: HandOverTally,
): StaffTask {
  const { store, access } = ports
  const { staffId } = first.staff
  let phase: Phase = { name: 'map' }
  let problem: ScreenProblem | null = null
  let stopped = false

  const rowOf = (compartment: number) =>
    offListRows(store).find((row) => row.compartment === compartment && row.mayOpen)

  function askSecond({ compartment, reason }: Asked): void {
    const person = createSecondPerson(
      {
        access,
        roles: ['officer', 'operator'],
        changed: host.changed,
        confirmed({ staffId: secondStaffId }) {
          phase = { name: 'map' }
          open(compartment, reason, { staffId, secondStaffId })
        },
      },
      first,
    )
    phase = { name: 'second', compartment, reason, person }
  }

  function open(compartment: number, reason: OffListReason, by: Required<StaffOnRecord>): void {
    // Minutes may have passed before the second badge: the feed and the sensors went on meanwhile.
    const row = rowOf(compartment)
    if (!row || !reasonsFor(row).includes(reason) || !access.knowsBadge(first.badge)) return
    if (!access.mayOpen(staffId)) {
      problem = 'tooManyOpenings'
      return
    }
    if (row.holds === 'result') void openResult(row, reason, by)
    else {
      const done = (looked: Looked) => afterLook(compartment, looked)
      const look = lookInto(ports, compartment, { ...by, reason }, { changed: host.changed, done })
      phase = { name: 'look', compartment, look }
    }
  }

  async function openResult(
    row: ResultRow,
    reason: OffListReason,
    by: Required<StaffOnRecord>,
  ): Promise<void> {
    const { compartment } = row
    phase = { name: 'checking', row }
    const before = await ports.readItem(compartment)
    if (stopped) return
    store.recordWitnessedUnlock(compartment, by, reason)
    const actor = visitDoor(
      ports,
      { compartment, want: 'itemOut' },
      {
        changed: host.changed,
        done(output) {
          if (stopped || phase.name !== 'result') return
          afterResult(phase, output)
          host.changed()
        },
      },
    )
    phase = { name: 'result', row, by, before, actor }
    actor.start()
    host.changed()
  }

  function afterResult(
    { row, by, before }: Extract<Phase, { name: 'result' }>,
    { door }: StaffDoorOutput,
  ): void {
    const { compartment } = row
    const { record, mark, problem: doorProblem } = settleOffList(door, before)
    switch (record) {
      case 'takenOut':
        store.withdrawResult(row.resultId, by, 'takenOut', ports.nowIso())
        tally.add('returned', row.code)
        break
      case 'stillInside':
        store.cancelEmptying(compartment)
        break
      case 'nothing':
        break
    }
    if (mark) doubtCompartment(ports, compartment, mark)
    phase = doorProblem ? { name: 'problem', compartment, reason: doorProblem } : { name: 'map' }
  }

  function afterLook(compartment: number, looked: Looked): void {
    phase =
      looked === 'notClosed'
        ? { name: 'problem', compartment, reason: 'doorJammed' }
        : { name: 'map' }
    host.changed()
  }

  function surplus(compartment: number, bagCode: string): true {
    recordSurplus(ports, tally, { bagCode, compartment, staffId })
    return true
  }

  function back(): true {
    if (phase.name === 'map') host.leave()
    else {
      if (phase.name === 'second') phase.person.stop()
      phase = { name: 'map' }
    }
    return true
  }

  function intend(intent: Intent): boolean {
    problem = null
    if (intent.path === 'session.back') return back()
    switch (phase.name) {
      case 'map':
        if (intent.path !== 'officer.chooseCompartment') return false
        if (!rowOf(intent.input.compartment)) return false
        phase = { name: 'reason', compartment: intent.input.compartment }
        return true
      case 'reason': {
        if (intent.path !== 'officer.giveReason') return false
        const row = rowOf(phase.compartment)
        if (!row) phase = { name: 'map' }
        else if (!reasonsFor(row).includes(intent.input.reason)) return false
        else askSecond({ compartment: phase.compartment, reason: intent.input.reason })
        return true
      }
      case 'second':
        return phase.person.intend(intent)
      case 'look':
        return intent.path === 'officer.recordSurplus' && surplus(phase.compartment, noCode)
      case 'checking':
      case 'result':
        return false
      case 'problem':
        if (intent.path !== 'officer.continueAfterProblem') return false
        phase = { name: 'map' }
        return true
    }
  }

  function read(code: ScannedCode): void {
    problem = null
    if (phase.name === 'second') phase.person.read(code)
    if (phase.name !== 'look' || code.kind !== 'bag') return
    // Nothing was known to lie here: whatever bag it is, it is a surplus one, by its code.
    if (!tally.current().surplus.includes(code.code)) surplus(phase.compartment, code.code)
  }

  function screen(): Screen {
    switch (phase.name) {
      case 'map':
        return {
          name: 'offListDoors',
          compartments: offListRows(store).map(shown),
          problem,
        }
      case 'reason': {
        const row = rowOf(phase.compartment)
        const reasons = row ? [...reasonsFor(row)] : []
        return { name: 'offListReason', compartment: phase.compartment, reasons }
      }
      case 'second': {
        const { compartment, reason, person } = phase
        const asked = { compartment, reason, problem: person.problem }
        if (person.step === 'badge') return { name: 'offListSecond', ...asked }
        return { name: 'offListSecondPin', ...asked, input: inputOf('pin', person.typed) }
      }
      case 'look': {
        const { step } = phase.look.actor.getSnapshot().context
        return {
          ...{ name: 'lookDoor', held: false, inRound: false },
          door: { compartment: phase.compartment, step },
        }
      }
      case 'checking':
        return {
          name: 'offListDoor',
          door: { compartment: phase.row.compartment, step: 'opening' },
          dossierCode: phase.row.code,
        }
      case 'result':
        return {
          name: 'offListDoor',
          door: {
            compartment: phase.row.compartment,
            step: phase.actor.getSnapshot().context.step,
          },
          dossierCode: phase.row.code,
        }
      case 'problem':
        return { name: 'staffDoorProblem', compartment: phase.compartment, reason: phase.reason }
    }
  }

  const isDoorClosed = () => !['look', 'checking', 'result'].includes(phase.name)

  return {
    screen,
    intend,
    read,
    isDoorClosed,
    canBack: () => isDoorClosed() && phase.name !== 'problem',
    stop() {
      stopped = true
      if (phase.name === 'result') phase.actor.stop()
      if (phase.name === 'look') phase.look.stop()
      if (phase.name === 'second') phase.person.stop()
    },
  }
}
