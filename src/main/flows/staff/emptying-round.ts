import type { ActorRefFrom } from 'xstate'
import type { Intent } from '../../../contract/intent.ts'
import type { Screen, ScreenProblem } from '../../../contract/screen.ts'
import type { ScannedCode } from '../reading.ts'
import { doubtCompartment } from './doubt-compartment.ts'
import type { HandOverTally } from './hand-over.ts'
import { type LookDoor, type Looked, lookInto } from './look-door.ts'
import type { OfficerPorts } from './officer.ts'
import { type HandOverPrint, printHandOver } from './print-hand-over.ts'
import { noCode, recordSurplus } from './record-surplus.ts'
import { type EmptyingSettlement, settleEmptying } from './settle-staff-door.ts'
import type { StaffDoor, StaffDoorOutput } from './staff-door.ts'
import type { StaffMember } from './staff-port.ts'
import type { StaffTask, StaffTaskHost } from './staff-task.ts'
import { visitDoor } from './visit-door.ts'
import { type BagWork, type ReturnWork, type Work, workList } from './work-list.ts'

type Phase =
  | { readonly name: 'list' }
  | {
      readonly name: 'bag'
      readonly work: BagWork
      readonly actor: ActorRefFrom<StaffDoor>
      /** Its barcode cannot be read: accounted for by the officer's word. */
      readonly unreadable: boolean
    }
  | {
      readonly name: 'return'
      readonly work: ReturnWork
      readonly actor: ActorRefFrom<StaffDoor>
      /** The officer found nothing inside. */
      readonly gone: boolean
    }
  | { readonly name: 'look'; readonly compartment: number; readonly look: LookDoor }
  | {
      readonly name: 'problem'
      readonly compartment: number
      readonly reason: 'doorJammed' | 'unknown'
    }
  | { readonly name: 'handOver'; readonly print: HandOverPrint }

/**
 * What lies in the machine and goes to the office: one door at a time, each accounted for before the next opens.
 * In a round the next opens by itself.
 */
export function createEmptyingRound(
  ports: OfficerPorts,
  host: StaffTaskHost,
  staff: StaffMember,
  tally: HandOverTally,
): StaffTask {
  const { store } = ports
  let phase: Phase = { name: 'list' }
  let problem: ScreenProblem | null = null
  let inRound = false
  /** Looked at in this round: what stayed inside is not opened again and again. */
  let visited = new Set<number>()
  /** A code that was read at the open door and belongs to another bag, or to nobody. */
  let strange: string | null = null
  let stopped = false

  const work = () => workList(store)
  const next = () => work().find(({ compartment }) => !inRound || !visited.has(compartment))

  function openNext(): boolean {
    const item = next()
    if (!item) {
      inRound = false
      return false
    }
    if (!ports.access.mayOpen(staff.staffId)) {
      problem = 'tooManyOpenings'
      inRound = false
      return true
    }
    visited.add(item.compartment)
    strange = null
    open(item)
    return true
  }

  function open(item: Work): void {
    const { compartment } = item
    if (item.kind === 'look') {
      const done = (looked: Looked) => afterLook(compartment, looked)
      const look = lookInto(ports, compartment, staff, { changed: host.changed, done })
      phase = { name: 'look', compartment, look }
      return
    }
    if (item.kind === 'bag') store.recordEmptyingUnlock(compartment, staff.staffId)
    else store.recordReturnUnlock(compartment, staff.staffId)
    const actor = visitDoor(
      ports,
      { compartment, want: 'itemOut', needsBag: item.kind === 'bag' },
      {
        changed: host.changed,
        done(output) {
          if (stopped) return
          if (phase.name === 'bag') afterBag(phase.work, phase.unreadable, output)
          else if (phase.name === 'return') afterReturn(phase.work, phase.gone, output)
          host.changed()
        },
      },
    )
    phase =
      item.kind === 'bag'
        ? { name: 'bag', work: item, actor, unreadable: false }
        : { name: 'return', work: item, actor, gone: false }
    actor.start()
  }

  function afterBag(bag: BagWork, unreadable: boolean, output: StaffDoorOutput): void {
    const settlement = settleEmptying(output)
    const { intakeId, bagCode, compartment } = bag
    switch (settlement.record) {
      case 'collected':
        store.recordBagCollected(intakeId, staff.staffId, ports.nowIso(), { unreadable })
        tally.add(unreadable ? 'unreadable' : 'collected', bagCode)
        break
      case 'missing':
        store.recordBagMissing(intakeId, staff.staffId, ports.nowIso())
        tally.add('missing', bagCode)
        break
      case 'stillInside':
        store.cancelEmptying(compartment)
        break
      case 'nothing':
        break
    }
    goOn(compartment, settlement)
  }

  function afterLook(compartment: number, looked: Looked): void {
    const problem = looked === 'notClosed' ? 'doorJammed' : undefined
    goOn(compartment, { record: 'nothing', mark: undefined, problem })
    host.changed()
  }

  function afterReturn(item: ReturnWork, gone: boolean, output: StaffDoorOutput): void {
    const { resultId, dossierCode, compartment, reason } = item
    // An envelope has no code of its own: taken out, or found to be gone, is the officer's word.
    const settlement = settleEmptying({ ...output, bag: gone ? 'missing' : bagOf(output) })
    switch (settlement.record) {
      case 'collected':
      case 'missing':
        store.withdrawResult(resultId, staff, gone ? 'gone' : reason, ports.nowIso())
        if (!gone) tally.add('returned', dossierCode)
        else if (reason === 'expired') tally.add('missing', dossierCode)
        break
      case 'stillInside':
        store.cancelEmptying(compartment)
        break
      case 'nothing':
        break
    }
    goOn(compartment, settlement)
  }

  function goOn(compartment: number, { mark, problem: doorProblem }: EmptyingSettlement): void {
    if (mark) doubtCompartment(ports, compartment, mark)
    phase = doorProblem ? { name: 'problem', compartment, reason: doorProblem } : { name: 'list' }
    if (doorProblem) inRound = false
    else if (inRound) openNext()
  }

  function surplus(bagCode: string, compartment: number): true {
    recordSurplus(ports, tally, { bagCode, compartment, staffId: staff.staffId })
    strange = null
    return true
  }

  function startHandOver(): boolean {
    if (tally.isEmpty()) return false
    const done = () => {
      phase = { name: 'list' }
    }
    const print = printHandOver(ports, staff, tally, { changed: host.changed, done })
    phase = { name: 'handOver', print }
    return true
  }

  function intendAtBag(at: Extract<Phase, { name: 'bag' }>, intent: Intent): boolean {
    const isOpen = at.actor.getSnapshot().context.bag === 'open'
    switch (intent.path) {
      case 'officer.bagMissing':
        // Once scanned, the bag is known to be in the officer's hand.
        if (!isOpen) return false
        at.actor.send({ type: 'BAG', bag: 'missing' })
        return true
      case 'officer.bagUnreadable':
        if (!isOpen) return false
        phase = { ...at, unreadable: true }
        at.actor.send({ type: 'BAG', bag: 'scanned' })
        return true
      case 'officer.recordSurplus':
        return surplus(strange ?? noCode, at.work.compartment)
      case 'officer.stopRound':
        inRound = false
        return true
      default:
        return false
    }
  }

  function intend(intent: Intent): boolean {
    problem = null
    switch (phase.name) {
      case 'list':
        switch (intent.path) {
          case 'session.back':
            host.leave()
            return true
          case 'officer.openNext':
            inRound = false
            return openNext()
          case 'officer.startRound':
            inRound = true
            visited = new Set()
            return openNext()
          case 'officer.handOver':
            return startHandOver()
          default:
            return false
        }
      case 'bag':
        return intendAtBag(phase, intent)
      case 'return':
        if (intent.path === 'officer.nothingInside') phase = { ...phase, gone: true }
        else if (intent.path === 'officer.stopRound') inRound = false
        else return false
        return true
      case 'look':
        if (intent.path === 'officer.recordSurplus') {
          return surplus(strange ?? noCode, phase.compartment)
        }
        if (intent.path !== 'officer.stopRound') return false
        inRound = false
        return true
      case 'problem':
        if (intent.path !== 'officer.continueAfterProblem') return false
        phase = { name: 'list' }
        return true
      case 'handOver':
        return phase.print.intend(intent)
    }
  }

  function read(code: ScannedCode): void {
    problem = null
    if (phase.name === 'look' && code.kind === 'bag') {
      // Nothing was known to lie here: whatever bag it is, it is a surplus one, by its code.
      if (!tally.current().surplus.includes(code.code)) surplus(code.code, phase.compartment)
      return
    }
    if (phase.name !== 'bag') return
    if (code.kind !== 'bag') problem = 'notABag'
    else if (code.code === phase.work.bagCode) phase.actor.send({ type: 'BAG', bag: 'scanned' })
    else {
      problem = 'bagNotExpected'
      strange = code.code
    }
  }

  function screen(): Screen {
    switch (phase.name) {
      case 'list': {
        const items = work()
        return {
          name: 'emptyList',
          returns: items.flatMap((item) =>
            item.kind === 'return'
              ? [
                  {
                    compartment: item.compartment,
                    dossierCode: item.dossierCode,
                    reason: item.reason,
                  },
                ]
              : [],
          ),
          bags: items.flatMap((item) =>
            item.kind === 'bag'
              ? [{ compartment: item.compartment, bagCode: item.bagCode, state: item.state }]
              : [],
          ),
          looks: items.flatMap((item) => (item.kind === 'look' ? [item.compartment] : [])),
          mayHandOver: !tally.isEmpty(),
          problem,
        }
      }
      case 'bag': {
        const { step, bag } = phase.actor.getSnapshot().context
        return {
          name: 'emptyDoor',
          door: { compartment: phase.work.compartment, step },
          bagCode: phase.work.bagCode,
          bagSettled: bag !== 'open',
          strangeCode: strange,
          inRound,
          problem,
        }
      }
      case 'return':
        return {
          name: 'returnDoor',
          door: {
            compartment: phase.work.compartment,
            step: phase.actor.getSnapshot().context.step,
          },
          dossierCode: phase.work.dossierCode,
          reason: phase.work.reason,
          gone: phase.gone,
          inRound,
        }
      case 'look': {
        const { step } = phase.look.actor.getSnapshot().context
        return {
          ...{ name: 'lookDoor', held: false, inRound },
          door: { compartment: phase.compartment, step },
        }
      }
      case 'problem':
        return { name: 'staffDoorProblem', compartment: phase.compartment, reason: phase.reason }
      case 'handOver':
        return phase.print.screen()
    }
  }

  return {
    screen,
    intend,
    read,
    isDoorClosed: () => phase.name !== 'bag' && phase.name !== 'return' && phase.name !== 'look',
    canBack: () => phase.name === 'list',
    stop() {
      stopped = true
      if (phase.name === 'bag' || phase.name === 'return') phase.actor.stop()
      if (phase.name === 'look') phase.look.stop()
      if (phase.name === 'handOver') phase.print.stop()
    },
  }
}

/** The sensor saw the envelope leave, or there is no sensor and the door was open: it is in the hand. */
function bagOf({ door }: StaffDoorOutput): 'scanned' | 'open' {
  const stays = door.result === 'closed' && door.item === 'present'
  return stays ? 'open' : 'scanned'
}
