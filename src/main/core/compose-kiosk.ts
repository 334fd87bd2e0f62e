import type { Diagnosis } from '../../contract/diagnosis.ts'
import type { ActivityHost } from '../flows/activity.ts'
import { agreeEmptyCompartments } from '../flows/agree-empty.ts'
import { guardDoors } from '../flows/door-guard.ts'
import type { DepositInput } from '../flows/intake/deposit.ts'
import type { ScannedCode } from '../flows/reading.ts'
import { type Recovery, recover } from '../flows/recovery.ts'
import { createSession, type Session } from '../flows/session.ts'
import { originalWatch } from './adapters/original-watch.ts'
import { ownSlipChecker, scannedCode } from './adapters/scanned-code.ts'
import { surroundings } from './adapters/surroundings.ts'
import { composeCollection } from './compose-collection.ts'
import { composeIntake } from './compose-intake.ts'
import { composeStaff } from './compose-staff.ts'
import { composeTechnician } from './compose-technician.ts'
import { kioskBasics } from './kiosk-basics.ts'
import type { KioskParts } from './kiosk-parts.ts'

export interface Kiosk {
  readonly session: Session
  /** Takes up what a restart left unfinished; call once, when the doors have been read or are known silent. */
  recover(): Recovery
  /** How the machine is: for who asks over SSH. */
  diagnose(): Diagnosis
  /** Forgets scanned pages that nobody came back for, unless somebody is being served. */
  tidyPages(): void
  stop(): void
}

/** Wires the journeys to the parts. Every decision is in `flows` and `domain`; here is only who meets whom. */
export function composeKiosk(parts: KioskParts): Kiosk {
  const { config, store, clock, keys } = parts
  const basics = kioskBasics(parts)
  const { flow, doors, secrets, compartments, nowIso } = basics
  const countFreeDrop = () => compartments.countFree('drop')
  const mayResume = parts.mayResumeScreen ? parts.screenMark.last : undefined
  if (mayResume === undefined) parts.screenMark.clear()

  const originals = originalWatch({
    scanner: parts.scanner,
    clock,
    lookMs: config.timeouts.feederLookMs,
    onLeft() {
      flow.audit.record('scanner.originalLeft', {})
      const body = { device: 'scanner', reason: 'ORIGINAL_LEFT', state: 'needsAttendant' } as const
      store.enqueue({ kind: 'fault', lane: 'kiosk', body: { ...body, at: nowIso() } })
    },
  })
  const surround = surroundings({
    ...parts,
    freeDropCompartments: countFreeDrop,
    noBags: () =>
      store.supplies.supplies().some((view) => view.supply === 'bags' && view.left === 0),
    restored: () => store.restoration.unsettled().some(({ kind }) => kind === 'result'),
    nowIso,
  })
  const technician = composeTechnician(parts, {
    doors,
    services: () => surround('vi').services,
    freeDropCompartments: countFreeDrop,
    nowIso,
  })
  const intake = composeIntake(parts, basics, {
    wantsLowDoor: () => session.display().reach,
    originalLeft: originals.isLeft,
  })
  const collection = composeCollection(parts, basics)
  const staff = composeStaff(parts, basics, technician)

  const session = createSession({
    clock,
    languages: config.languages,
    coreId: parts.coreId,
    choices: parts.choicesMark,
    screenTimeoutsMs: config.timeouts.screens,
    warningMs: config.timeouts.warningMs,
    surroundings: surround,
    freeCompartments: countFreeDrop,
    idleHint: () => (flow.unfinishedDossiers().length > 0 ? 'holdCardOrBag' : 'none'),
    startIntake: (host) => intake.start(host),
    startCollection: (host) => collection.start(host, { from: 'touch' }),
    startFromCode,
    onOccupied(occupied) {
      if (occupied) return
      parts.screenMark.clear()
      originals.look()
    },
  })

  function startFromCode(host: ActivityHost, code: ScannedCode) {
    switch (code.kind) {
      case 'collectionQr':
      case 'slip':
        return collection.start(host, { from: 'code', code })
      case 'badge':
        return staff.signIn(host, code.payload)
      case 'card':
      case 'bag': {
        const open = unfinishedOf(code)
        return open && intake.start(host, open)
      }
      default:
        return undefined
    }
  }

  /** "Hold your card or bag to the reader to go on": a deposit without a slip, for its own person. */
  function unfinishedOf(code: ScannedCode): DepositInput | undefined {
    const mine = flow.unfinishedDossiers().find((dossier) => {
      if (dossier.state !== 'deposited' || recovery?.watches(dossier.compartment ?? 0)) return false
      if (code.kind === 'bag') return dossier.bagCode === code.code
      if (code.kind !== 'card') return false
      return flow.isPersonOf(dossier.intakeId, secrets.personHash(code.person.idNumber))
    })
    if (mine?.compartment == null) return undefined
    const { intakeId, compartment } = mine
    return { intakeId, compartment, enter: 'offer', silent: false }
  }

  const knowledge = {
    kioskId: config.kioskId,
    formats: { bag: config.bags },
    isOwnSlip: ownSlipChecker(keys.slip),
  }
  const refresh = () => session.refresh()
  const numbers = config.compartments.map(({ number }) => number)
  const stops = [
    parts.reader?.onReading((reading) => session.read(scannedCode(reading.text, knowledge))),
    parts.printer?.onStatus(refresh),
    parts.locker?.onStatus(refresh),
    parts.reader?.onStatus(refresh),
    guardDoors({ doors, store: flow, clock, nowIso, report: store.enqueue }, numbers),
    agreeEmptyCompartments({
      doors,
      compartments: store.restoration.unsettled().map(({ number }) => number),
      agree: store.restoration.agreeEmpty,
    }),
    // After the guard: what a sensor changed is on record before the screen shows it.
    ...numbers.map((number) => doors.onSensors(number, refresh)),
  ]
  let recovery: Recovery | undefined
  originals.look()

  return {
    session,
    recover() {
      recovery = recover({
        clock,
        store: flow,
        journal: parts.journal,
        deposit: intake.deposit,
        collectDoor: collection.collectDoor,
        staffDoor: staff.staffDoor,
        finishStocking: staff.finishStocking,
        onSettled: refresh,
        mayResume,
        resumeDeposit: (input) => session.resume((host) => intake.start(host, input)),
        resumeCollection: (door) =>
          session.resume((host) => collection.start(host, { from: 'restart', door })),
      })
      return recovery
    },
    diagnose: technician.diagnose,
    tidyPages() {
      if (session.current().screen.name === 'idle') void parts.pages.tidy()
    },
    stop() {
      originals.stop()
      for (const stop of stops) stop?.()
      recovery?.stop()
      session.stop()
    },
  }
}
