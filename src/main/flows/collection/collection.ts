import { type ActorRefFrom, createActor } from 'xstate'
import type { Intent } from '../../../contract/intent.ts'
import type { Screen, ScreenProblem } from '../../../contract/screen.ts'
import { readTypedIntakeId } from '../../domain/intake-id.ts'
import type { Activity, ActivityHost } from '../activity.ts'
import { actorClock, type FlowClock } from '../clock.ts'
import type { ScannedCode } from '../reading.ts'
import { cleanTyped, inputOf } from '../typed-field.ts'
import { type CheckPorts, checkRight, type Given } from './check-right.ts'
import type { CollectDoor, CollectDoorInput } from './collect-door.ts'
import { collectDoorScreen } from './collect-door-screen.ts'

export interface CollectionPorts extends CheckPorts {
  readonly kioskId: string
  readonly clock: FlowClock
  readonly collectDoor: CollectDoor
  /** Seen closed with the item inside, and the locker answers: else nothing is opened. */
  doorReady(compartment: number): boolean
  /** This right is on the screen from now on. */
  onScreen(rightId: string): void
}

type Refusal = Extract<Screen, { name: 'collectRefused' }>['refusal']
type Field = 'collectionCode' | 'intakeNumber'

type Phase =
  | { readonly name: 'asking' }
  | { readonly name: 'typing'; readonly field: Field; readonly typed: string }
  | { readonly name: 'proof' }
  | { readonly name: 'refused'; readonly refusal: Refusal }
  | { readonly name: 'door'; readonly actor: ActorRefFrom<CollectDoor> }

export type CollectionStart =
  | { readonly from: 'touch' }
  | { readonly from: 'code'; readonly code: ScannedCode }
  | { readonly from: 'restart'; readonly door: CollectDoorInput }

/** Taking a result out: what is given is added up until a door opens or the answer is no. */
export function createCollection(
  ports: CollectionPorts,
  host: ActivityHost,
  start: CollectionStart,
): Activity {
  let phase: Phase = { name: 'asking' }
  let given: Given = {}
  let problem: ScreenProblem | null = null
  let stopped = false

  if (start.from === 'code') read(start.code)
  if (start.from === 'restart') openDoor(start.door)

  function refuse(refusal: Refusal) {
    given = {}
    phase = { name: 'refused', refusal }
  }

  function decide() {
    const check = checkRight(given, ports)
    switch (check.verdict) {
      case 'needCode':
        phase = given.intakeId === undefined ? { name: 'asking' } : typing('collectionCode')
        return
      case 'needProof':
        phase = { name: 'proof' }
        return
      case 'refused':
        return refuse(check.refusal)
      case 'open': {
        const { rightId, compartment } = check.right
        if (!ports.doorReady(compartment)) return refuse('outOfService')
        given = {}
        openDoor({ rightId, compartment, enter: 'unlock', openedRecorded: false, silent: false })
      }
    }
  }

  function openDoor(input: CollectDoorInput): void {
    ports.onScreen(input.rightId)
    const actor = createActor(ports.collectDoor, { input, clock: actorClock(ports.clock) })
    phase = { name: 'door', actor }
    actor.subscribe({
      next: () => host.changed(),
      complete: () => {
        if (!stopped) host.end()
      },
    })
    actor.start()
  }

  function read(code: ScannedCode) {
    if (phase.name === 'door' || phase.name === 'refused') return
    problem = null
    switch (code.kind) {
      case 'collectionQr':
        if (!code.thisKiosk) return refuse('otherKiosk')
        given = { ...given, qr: code.payload }
        return decide()
      case 'slip':
        if (!code.thisKiosk) return refuse('otherKiosk')
        if (!code.valid) return refuse('codeNotValid')
        given = { ...given, intakeId: code.intakeId, slipShown: true }
        return decide()
      case 'card':
        given = { ...given, idNumber: code.person.idNumber }
        // A card is a proof, never a right: without a code there is nothing to decide.
        if (given.qr !== undefined || given.code !== undefined) decide()
        return
      default:
        problem = code.kind === 'garbage' ? 'unreadable' : 'readNotWanted'
    }
  }

  function submit(field: Field, typed: string): boolean {
    if (field === 'intakeNumber') {
      const intakeId = readTypedIntakeId(typed, ports.kioskId)
      if (intakeId === undefined) {
        problem = 'intakeNumberShape'
        return true
      }
      given = { ...given, intakeId, slipShown: false }
    } else {
      if (!/^\d{6,12}$/.test(typed)) {
        problem = 'codeShape'
        return true
      }
      given = { ...given, code: typed }
    }
    decide()
    return true
  }

  function intend(intent: Intent): boolean {
    if (phase.name === 'door') return intendDoor(phase.actor, intent)
    if (intent.path === 'session.setLanguage') return false
    problem = null
    switch (intent.path) {
      case 'session.leave':
      case 'collection.finish':
        host.end()
        return true
      case 'session.back':
        if (phase.name === 'asking' || phase.name === 'refused') return false
        phase = { name: 'asking' }
        given = {}
        return true
      case 'collection.typeCode':
        phase = typing('collectionCode')
        return true
      case 'collection.typeIntakeNumber':
        phase = typing('intakeNumber')
        return true
      case 'input.set':
        if (phase.name !== 'typing') return false
        phase = { ...phase, typed: cleanTyped(phase.field, intent.input.value) }
        return true
      case 'input.submit':
        return phase.name === 'typing' && submit(phase.field, phase.typed)
      default:
        return false
    }
  }

  return {
    role: 'citizen',
    screen(): Screen {
      const slip = given.intakeId !== undefined
      const card = given.idNumber !== undefined
      const code = given.code !== undefined || given.qr !== undefined
      switch (phase.name) {
        case 'asking':
          return { name: 'collect', slip, card, code, problem }
        case 'typing':
          return {
            name: 'collectTyped',
            input: inputOf(phase.field, phase.typed),
            slip,
            card,
            problem,
          }
        case 'proof':
          return { name: 'collectProof', problem }
        case 'refused':
          return { name: 'collectRefused', refusal: phase.refusal }
        case 'door':
          return collectDoorScreen(phase.actor.getSnapshot())
      }
    },
    can: () => ({
      back: phase.name === 'typing' || phase.name === 'proof',
      leave: phase.name !== 'door' && phase.name !== 'refused',
    }),
    intend,
    read,
    expire() {
      if (phase.name === 'door') phase.actor.send({ type: 'EXPIRE' })
      else host.end()
    },
    stop() {
      stopped = true
      if (phase.name === 'door') phase.actor.stop()
    },
  }
}

function typing(field: Field): Phase {
  return { name: 'typing', field, typed: '' }
}

function intendDoor(actor: ActorRefFrom<CollectDoor>, intent: Intent): boolean {
  switch (intent.path) {
    case 'collection.openAgain':
      actor.send({ type: 'OPEN_AGAIN' })
      return true
    case 'collection.finish':
      actor.send({ type: 'FINISH' })
      return true
    default:
      return false
  }
}
