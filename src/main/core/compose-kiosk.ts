import { sign as edSign } from 'node:crypto'
import type { DeviceReport, Diagnosis } from '../../contract/diagnosis.ts'
import type { Locker, Printer, Reader, Scanner } from '../../devices/contract.ts'
import { createSignIn } from '../access/sign-in.ts'
import {
  chooseCompartment,
  countFreeCompartments,
  reachLimitMm,
} from '../domain/choose-compartment.ts'
import { encodeCollectionQr } from '../domain/collection-qr.ts'
import type { Activity, ActivityHost } from '../flows/activity.ts'
import { agreeEmptyCompartments } from '../flows/agree-empty.ts'
import type { ChoicesMark } from '../flows/choices.ts'
import type { FlowClock } from '../flows/clock.ts'
import { createCollectDoor } from '../flows/collection/collect-door.ts'
import { type CollectionStart, createCollection } from '../flows/collection/collection.ts'
import { guardDoors } from '../flows/door-guard.ts'
import { createDoorVisit } from '../flows/door-visit.ts'
import { createDeposit, type DepositInput } from '../flows/intake/deposit.ts'
import { createIntake } from '../flows/intake/intake.ts'
import { limitedPhoneCodes } from '../flows/intake/limited-phone-codes.ts'
import { createSealDossier } from '../flows/intake/seal-dossier.ts'
import { slipViews } from '../flows/intake/slip-view.ts'
import { createUnconfirmedLimits } from '../flows/intake/unconfirmed-limits.ts'
import type { ScannedCode } from '../flows/reading.ts'
import { type Recovery, recover } from '../flows/recovery.ts'
import type { PhoneCodePort, SealPort } from '../flows/secrets-port.ts'
import { createSession, type Session } from '../flows/session.ts'
import { createOfficer } from '../flows/staff/officer.ts'
import { createOperator } from '../flows/staff/operator.ts'
import { createStaffDoor } from '../flows/staff/staff-door.ts'
import type { SignedIn } from '../flows/staff/staff-port.ts'
import { createStaffSignIn } from '../flows/staff/staff-sign-in.ts'
import { mintRight } from '../flows/staff/stocking.ts'
import { createTechnician } from '../flows/staff/technician.ts'
import type { ReturnWork } from '../flows/staff/work-list.ts'
import type { Journal, ResultRow } from '../flows/store-port.ts'
import type { SlipRenderer } from '../printing/slip-renderer.ts'
import type { Store } from '../store/open-store.ts'
import { doorAdapter } from './adapters/door-adapter.ts'
import { formRules } from './adapters/form-rules.ts'
import { handOverAdapter } from './adapters/hand-over-adapter.ts'
import { originalWatch } from './adapters/original-watch.ts'
import { procedureAdapter } from './adapters/procedure-adapter.ts'
import { exportQueue } from './adapters/queue-export.ts'
import { scanAdapter } from './adapters/scan-adapter.ts'
import { ownSlipChecker, scannedCode } from './adapters/scanned-code.ts'
import { secretsAdapter } from './adapters/secrets-adapter.ts'
import { slipAdapter } from './adapters/slip-adapter.ts'
import { smsText } from './adapters/sms-text.ts'
import { staffAccess } from './adapters/staff-access.ts'
import { surroundings } from './adapters/surroundings.ts'
import type { KeptPages } from './compose-pages.ts'
import type { ComposedSync } from './compose-sync.ts'
import { composeTechnician } from './compose-technician.ts'
import type { Catalogue } from './config/catalogue.ts'
import type { KioskConfig } from './config/kiosk-config.ts'
import type { KioskKeys } from './keys/kiosk-keys.ts'
import type { DiskWatch } from './process/disk-watch.ts'
import type { ScreenMark } from './process/screen-mark.ts'

export interface KioskParts {
  readonly config: KioskConfig
  readonly catalogue: Catalogue
  readonly keys: KioskKeys
  readonly store: Store
  readonly journal: Journal
  readonly printer: Printer | undefined
  readonly locker: Locker | undefined
  readonly reader: Reader | undefined
  readonly scanner: Scanner | undefined
  readonly pages: KeptPages
  readonly sync: Pick<ComposedSync, 'status' | 'notify' | 'resume'>
  /** A device that was left out because core crashed over it. */
  readonly suspect: string | undefined
  readonly renderer: SlipRenderer
  readonly seal: SealPort
  readonly phoneCodes: PhoneCodePort
  readonly disk: Pick<DiskWatch, 'takesIntakeAway'>
  /** What has a state and remedies without a wire: disk, database, backups. */
  readonly conditions: () => readonly DeviceReport[]
  readonly clock: FlowClock
  readonly clockSynchronised: () => boolean
  /** Last moment of the certificate that is shown to the province. */
  readonly certificateNotAfter: string | undefined
  readonly coreId: string
  readonly screenMark: ScreenMark
  readonly choicesMark: ChoicesMark
  /** The machine did not reboot, and core was gone for less than the limit. */
  readonly mayResumeScreen: boolean
}

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
  const { limits, timeouts } = config
  const flow = store.flow
  const nowIso = () => clock.now().toISOString()
  const doors = doorAdapter(parts.locker, config.compartments)
  const secrets = secretsAdapter(keys)
  const procedures = procedureAdapter(parts.catalogue, () => store.overrides.catalogue())
  const slips = slipAdapter({
    clock,
    printer: parts.printer,
    renderer: parts.renderer,
    config,
    keyId: keys.slip.keyId,
    sign: (text) => new Uint8Array(edSign(null, text, keys.slip.privateKey)),
  })
  const knowledge = {
    kioskId: config.kioskId,
    formats: { bag: config.bags },
    isOwnSlip: ownSlipChecker(keys.slip),
  }

  const candidates = () => {
    const rows = new Map(flow.compartments().map((row) => [row.number, row]))
    return config.compartments.map((compartment) => ({
      ...compartment,
      state: rows.get(compartment.number)?.state ?? ('unknown' as const),
      sensors: doors.sensors(compartment.number),
    }))
  }
  const freeOf = (kind: 'drop' | 'result', size: 'small' | 'large', not: readonly number[] = []) =>
    chooseCompartment(candidates(), {
      ...{ kind, size, not },
      ...(session.display().reach && { reachMm: reachLimitMm }),
    })
  const countFree = (kind: 'drop' | 'result') =>
    countFreeCompartments(candidates(), { kind, size: 'small' })
  const sizeOf = (number: number) =>
    config.compartments.find((compartment) => compartment.number === number)?.size ?? 'large'

  const mayResume = parts.mayResumeScreen ? parts.screenMark.last : undefined
  if (mayResume === undefined) parts.screenMark.clear()

  const doorVisit = createDoorVisit(doors, {
    doorOpenMs: timeouts.doorOpenMs,
    doorCallMs: timeouts.doorCallMs,
    blindMs: timeouts.doorBlindMs,
    settleMs: timeouts.doorSettleMs,
  })
  const deposit = createDeposit({
    store: flow,
    journal: parts.journal,
    slips,
    doorVisit,
    anotherCompartment: (notThis) => freeOf('drop', sizeOf(notThis), [notThis]),
    nowIso,
    seenEmpty(compartment) {
      const { door, item } = doors.sensors(compartment)
      return door === 'closed' && item === 'absent'
    },
    maxMoves: 2,
  })
  const doorReady = (compartment: number) => {
    const { door, item } = doors.sensors(compartment)
    const { state } = flow.compartment(compartment)
    return door === 'closed' && item === 'present' && state === 'stocked'
  }
  const collectDoor = createCollectDoor({
    store: flow,
    doorVisit,
    nowIso,
    mayOpen(rightId, compartment) {
      const right = flow.rightById(rightId)
      return right?.state === 'valid' && !right.isOver && doorReady(compartment)
    },
    maxOpenings: 3,
  })
  const originals = originalWatch({
    scanner: parts.scanner,
    clock,
    lookMs: timeouts.feederLookMs,
    onLeft() {
      store.flow.audit.record('scanner.originalLeft', {})
      store.enqueue({
        kind: 'fault',
        lane: 'kiosk',
        body: {
          device: 'scanner',
          reason: 'ORIGINAL_LEFT',
          state: 'needsAttendant',
          at: nowIso(),
        },
      })
    },
  })
  const scan = scanAdapter({
    scanner: parts.scanner,
    pages: parts.pages,
    originalLeft: originals.isLeft,
  })
  const unconfirmed = createUnconfirmedLimits({
    store: flow,
    secrets,
    limits: {
      perPersonPerDay: limits.unconfirmedPerPersonPerDay,
      perPhonePerDay: limits.unconfirmedPerPhonePerDay,
      perHour: limits.unconfirmedPerHour,
      compartmentsForConfirmed: limits.compartmentsForConfirmed,
    },
  })
  const intakePorts = {
    clock,
    rules: formRules({
      procedures,
      isBagUsed: flow.isBagUsed,
      isScanOffered: scan.isOffered,
      mayGoOnUnconfirmed: unconfirmed.mayGoOn,
      limits,
    }),
    scan,
    secrets,
    phoneCodes: limitedPhoneCodes(parts.phoneCodes, {
      store: flow,
      secrets,
      perNumberPerDay: limits.phoneCodesPerNumberPerDay,
    }),
    sealDossier: createSealDossier({
      kioskId: config.kioskId,
      store: flow,
      seal: parts.seal,
      secrets,
      procedures,
      freeCompartment: (size, kept) =>
        kept === 0 || countFree('drop') > kept ? freeOf('drop', size) : undefined,
      unconfirmed,
      wantsLowDoor: () => session.display().reach,
      now: () => ({ iso: nowIso(), synchronised: parts.clockSynchronised() }),
      smsText: (intakeId, language) => smsText(config, intakeId, language),
    }),
    deposit,
    slipViews: slipViews(flow, slips),
    onScreen: parts.screenMark.note,
    limits: {
      phoneCodeMs: 300_000,
      bagsPerSession: limits.bagsPerSession,
      pagesPerDossier: limits.pagesPerDossier,
      feederSenseMs: timeouts.feederSenseMs,
    },
  }
  const collectionPorts = {
    kioskId: config.kioskId,
    clock,
    store: flow,
    secrets,
    collectDoor,
    limits: {
      triesPerRight: limits.codeAttempts,
      triesPerPerson: limits.codeAttemptsPerPerson,
      triesPerHour: limits.codeAttemptsPerHour,
    },
    doorReady,
    onScreen: parts.screenMark.note,
  }
  const mint = {
    kioskId: config.kioskId,
    placeName: config.place.name,
    store: flow,
    secrets,
    seal: parts.seal,
    codeDigits: limits.collectionCodeDigits,
    now: () => clock.now(),
    collectionQr: () => encodeCollectionQr(config.kioskId, secrets.randomBytes16()),
  }
  const access = staffAccess({
    signIn: createSignIn(
      {
        staffByBadgeHash: flow.staffByBadgeHash,
        beginTry: flow.beginTry,
        clearTries: flow.clearTries,
        knownTime: () => ({
          now: nowIso(),
          synchronised: parts.clockSynchronised(),
          notEarlierThan: store.epoch.epoch().startedAt,
        }),
      },
      {
        firstTechnician: config.firstTechnician,
        lockout: { attempts: limits.pinAttempts, firstWaitMs: limits.pinLockoutMs },
      },
    ),
    store: flow,
    openingsPerHour: limits.staffOpeningsPerHour,
  })
  const staffDoor = createStaffDoor(doorVisit)
  const officerPorts = {
    clock,
    access,
    store: flow,
    staffDoor,
    mint,
    handOver: handOverAdapter(parts),
    reportReturned({ resultId, dossierCode, reason }: ReturnWork, staffId: string) {
      const body = { resultId, dossierCode, reason, at: nowIso(), staffId }
      store.enqueue({ kind: 'resultReturned', lane: resultId, body })
    },
    freeResultCompartment: ({ resultId, size }: ResultRow) =>
      chooseCompartment(candidates(), {
        kind: 'result',
        size,
        near: flow.compartmentsOfSamePerson(resultId),
        ...(flow.wantsLowDoor(resultId) && { reachMm: reachLimitMm }),
      }),
    freeResultCompartments: () => countFree('result'),
    supplies: store.supplies,
    nowIso,
    report: store.enqueue,
  }

  const operatorPorts = {
    clock,
    access,
    queue: {
      store: store.queue,
      status: () => {
        const { province, worker } = parts.sync.status()
        return { province: { ...province }, worker: { ...worker } }
      },
      wake: (resume: boolean) => (resume ? parts.sync.resume() : parts.sync.notify()),
      async exportCsv() {
        const rows = store.queue.rows('all', 0, Number.MAX_SAFE_INTEGER)
        return {
          file: await exportQueue(config.exportFolder, rows, clock.now()),
          rows: rows.length,
        }
      },
    },
  }

  const startCollection = (host: ActivityHost, start: CollectionStart) =>
    createCollection(collectionPorts, host, start)
  const surround = surroundings({
    ...parts,
    freeDropCompartments: () => countFree('drop'),
    noBags: () =>
      store.supplies.supplies().some((view) => view.supply === 'bags' && view.left === 0),
    restored: () => store.restoration.unsettled().some(({ kind }) => kind === 'result'),
    nowIso,
  })

  const technician = composeTechnician(parts, {
    doors,
    services: () => surround('vi').services,
    freeDropCompartments: () => countFree('drop'),
    nowIso,
  })
  const technicianPorts = {
    ...{ clock, access, store: flow, staffDoor, nowIso, report: store.enqueue },
    devices: technician,
  }

  const session = createSession({
    clock,
    languages: config.languages,
    coreId: parts.coreId,
    choices: parts.choicesMark,
    screenTimeoutsMs: timeouts.screens,
    warningMs: timeouts.warningMs,
    surroundings: surround,
    freeCompartments: () => countFree('drop'),
    idleHint: () => (flow.unfinishedDossiers().length > 0 ? 'holdCardOrBag' : 'none'),
    startIntake: (host) => createIntake(intakePorts, host),
    startCollection: (host) => startCollection(host, { from: 'touch' }),
    startFromCode,
    onOccupied(occupied) {
      if (occupied) return
      parts.screenMark.clear()
      originals.look()
    },
  })

  function beginAsStaff(host: ActivityHost, signedIn: SignedIn): Activity {
    switch (signedIn.staff.role) {
      case 'operator':
        return createOperator(operatorPorts, host, signedIn)
      case 'officer':
        return createOfficer(officerPorts, host, signedIn)
      case 'technician':
        return createTechnician(technicianPorts, host, signedIn)
    }
  }

  function startFromCode(host: ActivityHost, code: ScannedCode) {
    switch (code.kind) {
      case 'collectionQr':
      case 'slip':
        return startCollection(host, { from: 'code', code })
      case 'badge':
        return access.knowsBadge(code.payload)
          ? createStaffSignIn({ access, begin: beginAsStaff }, host, code.payload)
          : undefined
      case 'card':
      case 'bag': {
        const open = unfinishedOf(code)
        return open && createIntake(intakePorts, host, open)
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

  const refresh = () => session.refresh()
  const numbers = config.compartments.map(({ number }) => number)
  const stops = [
    parts.reader?.onReading((reading) => session.read(scannedCode(reading.text, knowledge))),
    parts.printer?.onStatus(refresh),
    parts.locker?.onStatus(refresh),
    parts.reader?.onStatus(refresh),
    guardDoors({ doors, store: flow, nowIso, report: store.enqueue }, numbers),
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
        deposit,
        collectDoor,
        staffDoor,
        onSettled: refresh,
        mayResume,
        resumeDeposit: (input) => session.resume((host) => createIntake(intakePorts, host, input)),
        resumeCollection: (door) =>
          session.resume((host) => startCollection(host, { from: 'restart', door })),
        async finishStocking({ number, resultId }) {
          const result = resultId === null ? undefined : flow.result(resultId)
          if (result) await mintRight(mint, result, number, 'restart')
        },
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
