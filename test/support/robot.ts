import type { Snapshot } from '../../src/contract/snapshot.ts'
import { demoProcedure } from './journeys.ts'
import type { Machine } from './machine.ts'
import { cards, phones } from './people.ts'
import { demoOfficer } from './province.ts'

/**
 * Somebody with a wish at the machine who does what the screen asks, whatever happened before: after a crash
 * they are still standing there with what is in their hands. They know the world, not core's tables.
 */
export interface Robot {
  /** Hands a bag in; returns when they would walk away content, or with an incident note. */
  handIn(bag: string): Promise<'handedIn' | 'incident'>
  /** As an officer: puts the envelope in for that code; returns when nothing is left in the hand. */
  stock(dossierCode: string, envelope: string): Promise<void>
  /** As the owner: takes the envelope out by the QR on the phone. */
  collect(qr: string, envelope: string): Promise<void>
  /** As an officer: empties every drop compartment. */
  empty(): Promise<void>
  /** Openings that were asked for, each of which may cost one pulse. */
  asked(): number
}

/** More steps than any journey needs: a robot that goes on for longer is caught in a loop. */
const stepLimit = 120

type Step = (snapshot: Snapshot) => Promise<'again' | 'done'>

/** All that a person goes by: after a restart a service may be away for a moment. */
const keyOf = ({ coreId, screen, role, services }: Snapshot): string =>
  JSON.stringify([coreId, screen, role, services])

export function createRobot(machine: Machine): Robot {
  const { core } = machine
  let asked = 0

  /** Does one step a snapshot until the wish is fulfilled. Core may die and come back meanwhile. */
  async function act(step: Step): Promise<void> {
    let last = ''
    for (let count = 0; count < stepLimit; count += 1) {
      const snapshot = await core.until((next) => {
        return keyOf(next) !== last
      }, 'anything to happen')
      last = keyOf(snapshot)
      if ((await step(snapshot)) === 'done') return
    }
    throw new Error(`no end in sight: ${last}`)
  }

  const touch = core.tryTouch
  const type = async (value: string): Promise<void> => {
    await touch('input.set', { value })
    await touch('input.submit')
  }
  const open = async (ask: () => Promise<unknown>): Promise<void> => {
    asked += 1
    await ask()
  }
  const hold = async (text: string): Promise<void> => {
    try {
      await machine.hold(text)
    } catch {
      // Nobody was reading: core is away for a moment.
    }
  }
  const whereIs = async (item: string) =>
    (await machine.doors()).find(({ items }) => items.includes(item))

  const look = () => {
    try {
      return JSON.stringify(core.current().screen)
    } catch {
      return 'core is away'
    }
  }

  /** A person who holds a card or badge to the reader until the machine has noticed. */
  const holdUntilNoticed = async (text: string): Promise<void> => {
    const before = look()
    for (let tries = 0; tries < 40; tries += 1) {
      await hold(text)
      await new Promise((resolve) => setTimeout(resolve, 100))
      if (look() !== before) return
    }
  }

  /** What everybody does with a door that stands open and asks for it. */
  async function serveDoor(
    door: { compartment: number; step: string },
    item: string,
    want: 'in' | 'out',
  ): Promise<void> {
    const place = await whereIs(item)
    const real = (await machine.doors()).find(({ compartment }) => compartment === door.compartment)
    if (!real?.open) return
    if (want === 'in' && !place) await machine.putItem(door.compartment, item)
    else if (want === 'out' && place?.compartment === door.compartment) {
      await machine.takeItem(door.compartment)
    } else if (door.step === 'closeDoor' || door.step === 'leftOpen') {
      await machine.closeDoor(door.compartment)
    }
  }

  async function closeWhatIsOpen(): Promise<void> {
    for (const { compartment, open: isOpen } of await machine.doors()) {
      if (isOpen) await machine.closeDoor(compartment)
    }
  }

  async function signIn(snapshot: Snapshot): Promise<boolean> {
    switch (snapshot.screen.name) {
      case 'idle':
        await closeWhatIsOpen()
        await holdUntilNoticed(demoOfficer.badge)
        return false
      case 'staffPin':
        if (snapshot.screen.input.length === 0) await type(demoOfficer.pin)
        return false
      case 'staffDoorProblem':
        await touch('officer.continueAfterProblem')
        return false
      case 'handOver':
        await touch('officer.handOverDone')
        return false
      default:
        return true
    }
  }

  return {
    asked: () => asked,

    async handIn(bag) {
      let outcome: 'handedIn' | 'incident' = 'handedIn'
      let phoneCode = ''
      let askedForSlip = false
      const slipsBefore = slipCount(machine)
      await act(async ({ screen }) => {
        switch (screen.name) {
          case 'idle': {
            const place = await whereIs(bag)
            if (machine.scanner) await machine.atScanner('takeOut')
            if (!place) await touch('session.start', { journey: 'intake' })
            else if (place.open) await machine.closeDoor(place.compartment)
            else if (outcome === 'incident' || askedForSlip || slipCount(machine) > slipsBefore) {
              return 'done'
            } else {
              // "Hold your card or bag to the reader to go on."
              askedForSlip = true
              await holdUntilNoticed(cards.an)
            }
            return 'again'
          }
          case 'notice':
            await touch('intake.acceptNotice')
            return 'again'
          case 'identify':
            await holdUntilNoticed(cards.an)
            return 'again'
          case 'identity':
            await touch('intake.confirmIdentity')
            return 'again'
          case 'relation':
            await touch('intake.chooseRelation', { relation: 'self' })
            return 'again'
          case 'phone':
          case 'phoneAgain':
            if (screen.input.length === 0) await type(phones.an)
            return 'again'
          case 'phoneCode': {
            if (screen.sending || screen.input.length > 0) return 'again'
            phoneCode = await newestPhoneCode(machine, phoneCode)
            await type(phoneCode)
            return 'again'
          }
          case 'procedures':
            await touch('intake.chooseProcedure', { code: demoProcedure })
            return 'again'
          case 'procedure':
            await touch('intake.acceptProcedure')
            return 'again'
          case 'papers':
            await touch('intake.confirmPapers')
            return 'again'
          case 'scanOffer':
            // One sheet for each bag; what a crash kept is not scanned again.
            if (screen.pages > 0) await touch('scan.skip')
            else {
              await machine.atScanner('insert', { sheets: [{ kind: 'form' }] })
              await touch('scan.start')
            }
            return 'again'
          case 'scanReview':
            await touch('scan.accept')
            return 'again'
          case 'scanTrouble':
            await touch(screen.pages > 0 ? 'scan.showPages' : 'scan.skip')
            return 'again'
          case 'scanLeftover':
            await machine.atScanner('takeOut')
            await touch('scan.originalTaken')
            return 'again'
          case 'bag':
            await holdUntilNoticed(bag)
            return 'again'
          case 'summary':
            await open(() => touch('intake.confirmSummary'))
            return 'again'
          case 'depositDoor':
            await serveDoor(screen.door, bag, 'in')
            return 'again'
          case 'depositMissing':
            await touch('intake.answerMissing', { inside: (await whereIs(bag)) !== undefined })
            return 'again'
          case 'slipFailed':
            await touch(screen.canPrintAgain ? 'intake.printAgain' : 'intake.finish')
            return 'again'
          case 'intakeIncident':
            outcome = 'incident'
            await touch('intake.finish')
            return 'again'
          case 'intakeAbandoned':
            await touch('intake.finish')
            return 'again'
          case 'intakeDone':
            await touch('intake.finish')
            return 'done'
          case 'staffPin':
          case 'staffMenu':
          case 'stockScan':
          case 'emptyList':
            await touch('session.leave')
            return 'again'
          default:
            return 'again'
        }
      })
      return outcome
    },

    async stock(dossierCode, envelope) {
      await act(async (snapshot) => {
        if ((await whereIs(envelope)) && snapshot.screen.name === 'idle') {
          const place = await whereIs(envelope)
          if (place && !place.open) return 'done'
        }
        if (!(await signIn(snapshot))) return 'again'
        const { screen } = snapshot
        switch (screen.name) {
          case 'staffMenu':
            if (await whereIs(envelope)) {
              await touch('session.leave')
              return 'done'
            }
            await touch('officer.startStocking')
            return 'again'
          case 'stockScan':
            if (await whereIs(envelope)) {
              await touch('session.leave')
              return 'done'
            }
            if (screen.waiting.some((one) => one.dossierCode === dossierCode)) {
              await open(() => holdUntilNoticed(dossierCode))
            }
            return 'again'
          case 'stockDoor':
            await serveDoor(screen.door, envelope, 'in')
            return 'again'
          default:
            return 'again'
        }
      })
    },

    async collect(qr, envelope) {
      let inHand = false
      await act(async ({ screen }) => {
        inHand = (await whereIs(envelope)) === undefined
        switch (screen.name) {
          case 'idle':
            await closeWhatIsOpen()
            if (inHand) return 'done'
            asked += 1
            await holdUntilNoticed(qr)
            return 'again'
          case 'collectProof':
            // Nobody confirmed the phone: the code alone opens nothing.
            await holdUntilNoticed(cards.an)
            return 'again'
          case 'collectDoor':
            await serveDoor(screen.door, envelope, 'out')
            return 'again'
          case 'collectNotTaken':
            if (inHand) await touch('collection.finish')
            else await open(() => touch('collection.openAgain'))
            return 'again'
          case 'collectDone':
          case 'collectRefused':
          case 'collectIncident':
            await touch('collection.finish')
            return inHand ? 'done' : 'again'
          default:
            return 'again'
        }
      })
    },

    async empty() {
      await act(async (snapshot) => {
        if (!(await signIn(snapshot))) return 'again'
        const { screen } = snapshot
        switch (screen.name) {
          case 'staffMenu':
            if (screen.bagsToEmpty === 0) {
              await touch('session.leave')
              return 'done'
            }
            await touch('officer.startEmptying')
            return 'again'
          case 'emptyList':
            if (screen.bags.length === 0) {
              await touch('session.leave')
              return 'done'
            }
            await open(() => touch('officer.openNext'))
            return 'again'
          case 'emptyDoor': {
            const { compartment } = screen.door
            const real = (await machine.doors()).find((door) => door.compartment === compartment)
            // Whatever lies there comes out, also what nobody expected.
            for (const _ of real?.open ? real.items : []) await machine.takeItem(compartment)
            if (!screen.bagSettled) await holdUntilNoticed(screen.bagCode)
            await serveDoor(screen.door, screen.bagCode, 'out')
            return 'again'
          }
          default:
            return 'again'
        }
      })
    },
  }
}

function slipCount(machine: Machine): number {
  return machine.printerLog().filter(({ event }) => event === 'printed').length
}

async function newestPhoneCode(machine: Machine, notThis: string): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const codes = (await machine.province.sms())
      .filter(({ purpose, phone }) => purpose === 'phoneCode' && phone === phones.an)
      .map(({ text }) => /\b(\d{6})\b/.exec(text)?.[1] ?? '')
    const newest = codes.at(-1)
    if (newest && newest !== notThis) return newest
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return '000000'
}
