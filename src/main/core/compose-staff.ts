import { createSignIn } from '../access/sign-in.ts'
import { encodeCollectionQr } from '../domain/collection-qr.ts'
import type { Activity, ActivityHost } from '../flows/activity.ts'
import { createOfficer } from '../flows/staff/officer.ts'
import { createOperator } from '../flows/staff/operator.ts'
import { createStaffDoor } from '../flows/staff/staff-door.ts'
import type { SignedIn } from '../flows/staff/staff-port.ts'
import { createStaffSignIn } from '../flows/staff/staff-sign-in.ts'
import { mintRight } from '../flows/staff/stocking.ts'
import { createTechnician } from '../flows/staff/technician.ts'
import type { TechnicianPort } from '../flows/staff/technician-port.ts'
import type { CompartmentRow, ResultRow } from '../flows/store-port.ts'
import { handOverAdapter } from './adapters/hand-over-adapter.ts'
import { exportQueue } from './adapters/queue-export.ts'
import { staffAccess } from './adapters/staff-access.ts'
import type { KioskBasics } from './kiosk-basics.ts'
import type { KioskParts } from './kiosk-parts.ts'

/** Officer, operator and technician: who signs in with a badge, and what each may do. */
export function composeStaff(parts: KioskParts, basics: KioskBasics, technician: TechnicianPort) {
  const { config, store, clock } = parts
  const { limits } = config
  const { flow, secrets, compartments, nowIso } = basics
  const staffDoor = createStaffDoor(basics.doorVisit)
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
  const officerPorts = {
    clock,
    access,
    store: flow,
    staffDoor,
    mint,
    handOver: handOverAdapter(parts),
    itemIn: (compartment: number) => basics.doors.sensors(compartment).item,
    freeResultCompartment: ({ resultId, size }: ResultRow) =>
      compartments.freeResult(size, {
        near: flow.compartmentsOfSamePerson(resultId),
        low: flow.wantsLowDoor(resultId),
      }),
    freeResultCompartments: () => compartments.countFree('result'),
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
  const technicianPorts = {
    ...{ clock, access, store: flow, staffDoor, nowIso, report: store.enqueue },
    devices: technician,
  }

  function begin(host: ActivityHost, signedIn: SignedIn): Activity {
    switch (signedIn.staff.role) {
      case 'operator':
        return createOperator(operatorPorts, host, signedIn)
      case 'officer':
        return createOfficer(officerPorts, host, signedIn)
      case 'technician':
        return createTechnician(technicianPorts, host, signedIn)
    }
  }

  return {
    staffDoor,
    /** Asks for the PIN of a badge that is known here. */
    signIn: (host: ActivityHost, badge: string) =>
      access.knowsBadge(badge) ? createStaffSignIn({ access, begin }, host, badge) : undefined,
    /** Takes up the stocking that an officer had begun: the envelope lies inside, the door is closed. */
    async finishStocking({ number, resultId }: CompartmentRow) {
      const result = resultId === null ? undefined : flow.result(resultId)
      if (result) await mintRight(mint, result, number, 'restart')
    },
  }
}
