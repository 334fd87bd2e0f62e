import type { ScreenName } from '../../../src/contract/screen.ts'
import type { Snapshot } from '../../../src/contract/snapshot.ts'
import { demoProcedure, eventually } from '../../support/journeys.ts'
import type { Machine } from '../../support/machine.ts'
import { cards, phones } from '../../support/people.ts'
import { demoOfficer } from '../../support/province.ts'

/** What the people at this machine have with them. */
export interface Belongings {
  /** The one-time QR of a result whose code alone opens. */
  readonly qr: string
  /** The same of a result that needs the slip as well. */
  readonly qrNeedingProof: string
  /** Codes of results that may still be stocked. */
  readonly toStock: readonly string[]
}

type Screen = Snapshot['screen']

const journeyOf = (name: ScreenName): 'intake' | 'collection' | 'staff' | 'none' => {
  if (name === 'idle' || name === 'outOfService') return 'none'
  if (name.startsWith('collect')) return 'collection'
  return /^(staff|stock|empty|return|handOver|offList|look)/.test(name) ? 'staff' : 'intake'
}

const stepLimit = 60

/**
 * Walks to a screen from wherever the machine is, as its people would: touches what is shown, holds cards and
 * codes to the reader, serves the doors.
 */
export async function reachScreen(
  machine: Machine,
  target: ScreenName,
  belongings: Belongings,
): Promise<void> {
  const { core } = machine
  let last = ''
  for (let step = 0; step < stepLimit; step += 1) {
    const { screen } = await core.until((next) => JSON.stringify(next.screen) !== last, target)
    if (screen.name === target && isReady(screen)) return
    last = JSON.stringify(screen)
    await act(machine, screen, target, belongings)
  }
  throw new Error(`no way to ${target}, ended at ${last}`)
}

/** A door's screen is of interest when the door stands open. */
function isReady(screen: Screen): boolean {
  return !('door' in screen) || screen.door.step === 'open' || screen.door.step === 'closeDoor'
}

async function act(
  machine: Machine,
  screen: Screen,
  target: ScreenName,
  belongings: Belongings,
): Promise<void> {
  const { core } = machine
  const touch = core.tryTouch
  const type = async (value: string) => {
    await touch('input.set', { value })
    await touch('input.submit')
  }
  const onTheWay = journeyOf(screen.name) === journeyOf(target)
  switch (screen.name) {
    case 'idle':
      switch (journeyOf(target)) {
        case 'intake':
          await touch('session.start', { journey: 'intake' })
          return
        case 'staff':
          return machine.hold(demoOfficer.badge)
        case 'collection':
          if (target === 'collectRefused') return machine.hold(foreignQr)
          if (target === 'collectProof') return machine.hold(belongings.qrNeedingProof)
          if (target === 'collect' || target === 'collectTyped') {
            await touch('session.start', { journey: 'collection' })
            return
          }
          return machine.hold(belongings.qr)
        case 'none':
          return
      }
      return
    case 'outOfService':
      return
    case 'notice':
      await (onTheWay ? touch('intake.acceptNotice') : touch('session.leave'))
      return
    case 'identify':
      if (!onTheWay) await touch('session.leave')
      else if (target === 'identifyTyped') {
        await touch('intake.typeIdentity', { method: 'idNumber' })
      } else await machine.hold(cards.an)
      return
    case 'identifyTyped':
      await (onTheWay ? machine.hold(cards.an) : touch('session.leave'))
      return
    case 'identity':
      await (onTheWay ? touch('intake.confirmIdentity') : touch('session.leave'))
      return
    case 'relation': {
      const relation = target === 'owner' || target === 'ownerTyped' ? 'child' : 'self'
      await (onTheWay ? touch('intake.chooseRelation', { relation }) : touch('session.leave'))
      return
    }
    case 'owner':
      if (!onTheWay || screen.relation === 'organisation') await touch('session.leave')
      else if (target === 'ownerTyped') await touch('intake.typeOwner')
      else await machine.hold(cards.binh)
      return
    case 'ownerTyped':
      await (onTheWay && screen.relation !== 'organisation'
        ? machine.hold(cards.binh)
        : touch('session.leave'))
      return
    case 'phone':
      if (!onTheWay) await touch('session.leave')
      else if (target === 'phoneCode' || target === 'phoneAgain') {
        // The other client may have emptied the field under the fingers.
        await eventually(async () => {
          await type(phones.an)
          return core.current().screen.name !== 'phone'
        })
      } else await touch('intake.noPhone')
      return
    case 'phoneCode':
      if (screen.sending) return
      await (onTheWay ? touch('intake.withoutPhoneCode') : touch('session.leave'))
      return
    case 'phoneAgain':
      await (onTheWay ? touch('session.back') : touch('session.leave'))
      return
    case 'secret':
      if (!onTheWay) await touch('session.leave')
      // Somebody else has typed the first one.
      else if (screen.problem === 'secretDiffers') await touch('session.back')
      else await type('135246')
      return
    case 'procedures':
      await (onTheWay
        ? touch('intake.chooseProcedure', { code: demoProcedure })
        : touch('session.leave'))
      return
    case 'procedure':
      await (onTheWay && screen.procedure.takeIn === 'paper'
        ? touch('intake.acceptProcedure')
        : touch('session.leave'))
      return
    case 'papers': {
      const paper = screen.papers.find(({ handling }) => handling === 'handIn')
      if (!onTheWay || !paper) await touch('session.leave')
      else {
        const [kind = paper.kind] = paper.allowedKinds
        await touch('intake.setPaper', { paperId: paper.id, kind, count: 1 })
        await touch('intake.confirmPapers')
      }
      return
    }
    case 'scanOffer':
      if (!onTheWay) await touch('session.leave')
      else if (target.startsWith('scan')) {
        await machine.atScanner('insert', { sheets: [{ kind: 'form' }] })
        await touch('scan.start')
      } else await touch('scan.skip')
      return
    case 'scanReview': {
      const pageId = screen.pages.find(({ state }) => state !== 'arriving')?.pageId
      if (pageId === undefined) return
      await (target === 'scanPage' ? touch('scan.choosePage', { pageId }) : touch('scan.skip'))
      return
    }
    case 'scanPage':
      await (onTheWay ? touch('session.back') : touch('session.leave'))
      return
    case 'scanTrouble':
      await (onTheWay ? touch('scan.skip') : touch('session.leave'))
      return
    case 'scanLeftover':
      await machine.atScanner('takeOut')
      await touch('scan.originalTaken')
      return
    case 'scanning':
    case 'scanSaving':
      return
    case 'bag':
      await (onTheWay ? machine.hold(machine.newBag()) : touch('session.leave'))
      return
    case 'summary':
      await (onTheWay ? touch('intake.confirmSummary') : touch('session.leave'))
      return
    case 'depositDoor':
      return serveOpenDoor(machine, screen.door, target === 'intakeDone' ? 'in' : 'leave')
    case 'depositMissing':
      await touch('intake.answerMissing', { inside: false })
      return
    case 'slipFailed':
    case 'intakeDone':
    case 'intakeIncident':
    case 'intakeAbandoned':
      await touch('intake.finish')
      return
    case 'slipPrinting':
      return
    case 'collect':
      if (!onTheWay || target !== 'collectTyped') await touch('session.leave')
      else await touch('collection.typeCode')
      return
    case 'collectTyped':
    case 'collectProof':
      await touch('session.leave')
      return
    case 'collectNotTaken':
    case 'collectRefused':
    case 'collectDone':
    case 'collectIncident':
      await touch('collection.finish')
      return
    case 'collectDoor':
      return serveOpenDoor(machine, screen.door, target === 'collectDone' ? 'out' : 'leave')
    case 'staffPin':
      if (!onTheWay) await touch('session.leave')
      // After wrong PINs there is a wait, in which nothing on the screen changes.
      else {
        await eventually(async () => {
          await type(demoOfficer.pin)
          return core.current().screen.name !== 'staffPin'
        })
      }
      return
    case 'staffMenu':
      if (!onTheWay) await touch('session.leave')
      else if (target.startsWith('stock')) await touch('officer.startStocking')
      else await touch('officer.startEmptying')
      return
    case 'stockScan': {
      const [code] = belongings.toStock
      if (target === 'stockDoor' && code !== undefined) await machine.hold(code)
      else await touch(onTheWay ? 'session.back' : 'session.leave')
      return
    }
    case 'emptyList':
      if (target === 'emptyDoor' && screen.bags.length > 0) await touch('officer.openNext')
      else await touch(onTheWay ? 'session.back' : 'session.leave')
      return
    case 'handOver':
      await touch('officer.handOverDone')
      return
    case 'offListDoors':
    case 'offListReason':
    case 'offListSecond':
    case 'offListSecondPin':
      await touch('session.leave')
      return
    case 'offListDoor':
    case 'lookDoor':
    case 'returnDoor':
      return serveOpenDoor(machine, screen.door, 'leave')
    case 'emptyDoor':
      if (screen.door.step === 'checking') await touch('officer.bagMissing')
      return serveOpenDoor(machine, screen.door, 'leave')
    case 'stockDoor':
      return serveOpenDoor(machine, screen.door, 'leave')
    case 'staffDoorProblem':
      await touch('officer.continueAfterProblem')
      return
  }
}

/** A code of the right shape that this machine never gave out. */
const foreignQr = 'MCR1*K07*AAAAAAAAAAAAAAAAAAAAAA'

async function serveOpenDoor(
  machine: Machine,
  door: { readonly compartment: number },
  item: 'in' | 'out' | 'leave',
): Promise<void> {
  const physical = (await machine.doors()).find(
    ({ compartment }) => compartment === door.compartment,
  )
  if (!physical?.open) return
  if (item === 'in' && physical.items.length === 0) {
    await machine.putItem(door.compartment, `bag-in-${door.compartment}`)
  }
  if (item === 'out' && physical.items.length > 0) await machine.takeItem(door.compartment)
  await machine.closeDoor(door.compartment)
}
