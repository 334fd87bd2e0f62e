import type { Snapshot } from '../../../src/contract/snapshot.ts'
import { demoProcedure } from '../../support/journeys.ts'
import type { Chance } from './chance.ts'
import type { Door, Wall } from './wall.ts'

/** Somebody who stands before the machine with a wish, and does one thing at a time. */
export interface Person {
  readonly what: string
  /** Why no door may open at this number for them; a sentence, or undefined when it may. */
  forbids(door: Door): string | undefined
  step(snapshot: Snapshot): Promise<'again' | 'done'>
}

/** What a person can do here. */
export interface Hands {
  readonly wall: Wall
  readonly chance: Chance
  touch(path: string, input?: Readonly<Record<string, unknown>>): void
  type(value: string): void
  hold(text: string): void
  /** The newest six digits that came to this phone. */
  phoneCode(phone: string): Promise<string | undefined>
}

export interface Citizen {
  readonly card: string
  readonly phone: string
}

type Moving = { readonly compartment: number; readonly step: string }

/** What everybody does with the door that the screen shows. */
function atDoor({ wall }: Hands, { compartment }: Moving, item: string, want: 'in' | 'out'): void {
  const door = wall.door(compartment)
  if (!door.open) return
  if (want === 'in' && wall.placeOf(item) === undefined && door.item === undefined) {
    wall.put(compartment, item)
  } else if (want === 'out' && door.item === item) wall.take(compartment)
  else wall.close(compartment)
}

export function handsIn(hands: Hands, who: Citizen, bag: string): Person {
  const { wall, chance } = hands
  const inside = () => wall.placeOf(bag)
  let began = false
  return {
    what: 'hands in',
    forbids(door) {
      if (door.kind !== 'drop') return 'a citizen with a bag gets a result compartment'
      if (door.item !== undefined && !door.blind) return 'somebody else’s bag lies there'
      return inside() === undefined ? undefined : 'the bag is inside already'
    },
    async step({ screen }) {
      const touch = (path: string, input?: Readonly<Record<string, unknown>>) => {
        hands.touch(path, input)
        return 'again' as const
      }
      switch (screen.name) {
        case 'idle': {
          const place = inside()
          if (place?.open) {
            wall.close(place.compartment)
            return 'again'
          }
          if (place) {
            // "Hold your card or bag to the reader to go on."
            if (screen.hint !== 'holdCardOrBag' || chance.happens(0.3)) return 'done'
            hands.hold(chance.pick([who.card, bag]))
            return 'again'
          }
          if (began && chance.happens(0.3)) return 'done'
          began = true
          return touch('session.start', { journey: 'intake' })
        }
        case 'notice':
          return touch('intake.acceptNotice')
        case 'identify':
          hands.hold(who.card)
          return 'again'
        case 'identity':
          return touch('intake.confirmIdentity')
        case 'relation':
          return touch('intake.chooseRelation', { relation: 'self' })
        case 'phone':
        case 'phoneAgain':
          hands.type(who.phone)
          return 'again'
        case 'phoneCode': {
          if (screen.sending) return 'again'
          const code = await hands.phoneCode(who.phone)
          if (code === undefined) return touch('intake.withoutPhoneCode')
          hands.type(code)
          return 'again'
        }
        case 'procedures':
          return touch('intake.chooseProcedure', { code: demoProcedure })
        case 'procedure':
          return touch('intake.acceptProcedure')
        case 'papers':
          return touch('intake.confirmPapers')
        case 'bag':
          hands.hold(bag)
          return 'again'
        case 'summary':
          return touch('intake.confirmSummary')
        case 'depositDoor':
          atDoor(hands, screen.door, bag, 'in')
          return 'again'
        case 'depositMissing':
          return touch('intake.answerMissing', { inside: inside() !== undefined })
        case 'slipFailed':
          return touch(
            screen.canPrintAgain && chance.happens(0.7) ? 'intake.printAgain' : 'intake.finish',
          )
        case 'intakeDone':
        case 'intakeIncident':
          hands.touch('intake.finish')
          return 'done'
        case 'intakeAbandoned':
          hands.touch('intake.finish')
          return chance.happens(0.5) ? 'done' : 'again'
        default:
          return leaveWhatIsNotMine(hands, screen.name)
      }
    },
  }
}

export function collects(hands: Hands, qr: string, envelope: string): Person {
  const { wall } = hands
  return {
    what: 'collects',
    forbids: (door) =>
      door.item === envelope || (wall.placeOf(envelope) === undefined && door.item === undefined)
        ? undefined
        : 'a door that is not of this result',
    async step({ screen }) {
      switch (screen.name) {
        case 'idle':
          if (wall.placeOf(envelope) === undefined) return 'done'
          hands.hold(qr)
          return 'again'
        case 'collectDoor':
          atDoor(hands, screen.door, envelope, 'out')
          return 'again'
        case 'collectNotTaken':
          hands.touch(wall.placeOf(envelope) ? 'collection.openAgain' : 'collection.finish')
          return 'again'
        case 'collectDone':
        case 'collectRefused':
        case 'collectIncident':
          hands.touch('collection.finish')
          return 'done'
        default:
          return leaveWhatIsNotMine(hands, screen.name)
      }
    },
  }
}

export interface StaffMember {
  readonly badge: string
  readonly pin: string
}

/** Badge and PIN; answers whether they have got further than that. */
function isIn(hands: Hands, who: StaffMember, name: string): boolean {
  if (name === 'idle') hands.hold(who.badge)
  else if (name === 'staffPin') hands.type(who.pin)
  else return true
  return false
}

export function empties(hands: Hands, officer: StaffMember): Person {
  const { wall, chance } = hands
  let last = 0
  return {
    what: 'empties',
    forbids: () => undefined,
    async step({ screen }) {
      const touch = (path: string) => {
        hands.touch(path)
        return 'again' as const
      }
      if (!isIn(hands, officer, screen.name)) return 'again'
      switch (screen.name) {
        case 'staffMenu':
          if (screen.bagsToEmpty === 0) {
            hands.touch('session.leave')
            return 'done'
          }
          return touch('officer.startEmptying')
        case 'emptyList':
          if (screen.bags.length + screen.returns.length + screen.looks.length === 0) {
            if (screen.mayHandOver && chance.happens(0.5)) return touch('officer.handOver')
            hands.touch('session.leave')
            return 'done'
          }
          return touch(chance.happens(0.5) ? 'officer.openNext' : 'officer.startRound')
        case 'emptyDoor': {
          const { compartment } = screen.door
          const door = wall.door(compartment)
          if (!door.open) return 'again'
          const found = wall.take(compartment)
          if (found !== undefined) hands.hold(found)
          else if (screen.strangeCode !== null) hands.touch('officer.recordSurplus')
          else if (screen.bagSettled) wall.close(compartment)
          // Nothing lies there, or it was read and the machine did not hear it.
          else if (last === compartment && chance.happens(0.5)) hands.touch('officer.bagMissing')
          else hands.hold(screen.bagCode)
          last = compartment
          return 'again'
        }
        case 'returnDoor': {
          const { compartment } = screen.door
          const door = wall.door(compartment)
          if (door.open && wall.take(compartment) === undefined) {
            if (last !== compartment) hands.touch('officer.nothingInside')
            wall.close(compartment)
          } else last = compartment
          return 'again'
        }
        case 'lookDoor': {
          const { compartment } = screen.door
          if (!wall.door(compartment).open) return 'again'
          if (wall.take(compartment) !== undefined) hands.touch('officer.recordSurplus')
          else wall.close(compartment)
          return 'again'
        }
        case 'handOver':
          return touch(screen.printed === 'printing' ? 'session.stay' : 'officer.handOverDone')
        case 'staffDoorProblem':
          return touch('officer.continueAfterProblem')
        default:
          return leaveWhatIsNotMine(hands, screen.name)
      }
    },
  }
}

export function stocks(hands: Hands, officer: StaffMember, code: string, envelope: string): Person {
  const { wall } = hands
  return {
    what: 'stocks',
    forbids(door) {
      if (door.kind !== 'result') return 'an officer who stocks gets a drop compartment'
      return door.item === undefined || door.blind ? undefined : 'a result lies there already'
    },
    async step({ screen }) {
      const placed = wall.placeOf(envelope)
      if (screen.name === 'idle' && placed) {
        if (!placed.open) return 'done'
        wall.close(placed.compartment)
        return 'again'
      }
      if (!isIn(hands, officer, screen.name)) return 'again'
      switch (screen.name) {
        case 'staffMenu':
          hands.touch(placed ? 'session.leave' : 'officer.startStocking')
          return placed ? 'done' : 'again'
        case 'stockScan':
          if (!placed && screen.waiting.some(({ dossierCode }) => dossierCode === code)) {
            hands.hold(code)
            return 'again'
          }
          hands.touch('session.leave')
          return 'done'
        case 'stockDoor':
          atDoor(hands, screen.door, envelope, 'in')
          return 'again'
        case 'staffDoorProblem':
          hands.touch('officer.continueAfterProblem')
          return 'again'
        default:
          return leaveWhatIsNotMine(hands, screen.name)
      }
    },
  }
}

/** Looks into one compartment that is empty, and at the devices. */
export function looks(hands: Hands, technician: StaffMember): Person {
  const { wall, chance } = hands
  let looked = false
  return {
    what: 'looks into the machine',
    forbids: (door) =>
      door.item === undefined || door.blind ? undefined : 'a technician opens what holds something',
    async step({ screen }) {
      const touch = (path: string, input?: Readonly<Record<string, unknown>>) => {
        hands.touch(path, input)
        return 'again' as const
      }
      if (screen.name === 'idle' && looked) return 'done'
      if (!isIn(hands, technician, screen.name)) return 'again'
      switch (screen.name) {
        case 'devices':
          if (looked) {
            hands.touch('session.leave')
            return 'done'
          }
          return touch('technician.inspect', { device: 'locker' })
        case 'device':
          return touch(looked ? 'session.back' : 'technician.runTest', {
            test: chance.pick(['openCompartment', 'readDoors']),
          })
        case 'testDoors':
          if (looked || screen.empty.length === 0) {
            looked = true
            return touch('session.back')
          }
          return touch('technician.openCompartment', { compartment: chance.pick(screen.empty) })
        case 'lookDoor':
          looked = true
          wall.close(screen.door.compartment)
          return 'again'
        case 'staffDoorProblem':
          looked = true
          return touch('officer.continueAfterProblem')
        default:
          return leaveWhatIsNotMine(hands, screen.name)
      }
    },
  }
}

/** Looks at the queue and sends everything again. */
export function operates(hands: Hands, operator: StaffMember): Person {
  let touches = 0
  return {
    what: 'operates the queue',
    forbids: () => 'an operator opens no door',
    async step({ screen }) {
      if (!isIn(hands, operator, screen.name)) return 'again'
      if (screen.name !== 'queue') return leaveWhatIsNotMine(hands, screen.name)
      touches += 1
      if (touches === 1) hands.touch('operator.retryAll')
      else if (touches === 2) hands.touch('operator.filter', { filter: 'all' })
      else {
        hands.touch('session.leave')
        return 'done'
      }
      return 'again'
    },
  }
}

/** Somebody else's matter on the screen: what waits by itself is waited for, the rest is left. */
function leaveWhatIsNotMine(hands: Hands, screen: string): 'again' {
  if (!/Door$|Printing$|^outOfService$/.test(screen)) hands.touch('session.leave')
  return 'again'
}
