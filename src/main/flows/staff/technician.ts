import type { DeviceTest } from '../../../contract/diagnosis.ts'
import type { Intent } from '../../../contract/intent.ts'
import type { Screen, ScreenProblem } from '../../../contract/screen.ts'
import type { Activity, ActivityHost } from '../activity.ts'
import type { ScannedCode } from '../reading.ts'
import { inputOf } from '../typed-field.ts'
import { type LookDoor, type Lookers, type LookPorts, lookInto } from './look-door.ts'
import { createSecondPerson, type SecondPerson } from './second-person.ts'
import type { SignedIn, StaffAccess } from './staff-port.ts'
import type { TechnicianPort } from './technician-port.ts'

export interface TechnicianPorts extends LookPorts {
  readonly access: StaffAccess
  readonly devices: TechnicianPort
}

type Phase =
  | { readonly name: 'list' }
  | { readonly name: 'device'; readonly id: string; readonly running: DeviceTest | null }
  | { readonly name: 'doors' }
  | { readonly name: 'second'; readonly compartment: number; readonly person: SecondPerson }
  | { readonly name: 'door'; readonly compartment: number; readonly look: LookDoor }
  | { readonly name: 'code' }
  | {
      readonly name: 'bundle'
      readonly state: 'writing' | 'safeToRemove' | 'failed'
      readonly file: string | null
      readonly bytes: number
    }

/** The devices move by themselves: the screen looks again so often. */
const lookAgainMs = 1_000
const shownExchanges = 12

/**
 * A technician at the machine: looks, tests, and opens empty compartments alone, any other only with an officer
 * beside.
 */
export function createTechnician(
  ports: TechnicianPorts,
  host: ActivityHost,
  { badge, staff }: SignedIn,
): Activity {
  const { devices, clock } = ports
  let phase: Phase = { name: 'list' }
  let problem: ScreenProblem | null = null
  let stopped = false
  let cancelLook = clock.setTimer(lookAgainMs, lookAgain)

  function lookAgain(): void {
    cancelLook = clock.setTimer(lookAgainMs, lookAgain)
    if (phase.name === 'list' || phase.name === 'device') host.changed()
  }

  const isDoorClosed = () => phase.name !== 'door'

  function startTest(id: string, test: DeviceTest): boolean {
    if (!devices.testsOf(id).includes(test)) return false
    switch (test) {
      case 'openCompartment':
        phase = { name: 'doors' }
        return true
      case 'readCode':
        phase = { name: 'code' }
        return true
      case 'sound':
        // The page plays it; whether it was heard is the technician's to say.
        devices.record(id, test, { outcome: 'good', detail: '' }, staff.staffId)
        return true
      case 'testSlip':
      case 'readDoors':
      case 'scanPage':
        void run(id, test)
        return true
    }
  }

  async function run(
    id: string,
    test: Extract<DeviceTest, 'testSlip' | 'readDoors' | 'scanPage'>,
  ): Promise<void> {
    phase = { name: 'device', id, running: test }
    const result = await devices.run(test)
    devices.record(id, test, result, staff.staffId)
    if (stopped) return
    if (phase.name === 'device' && phase.id === id) phase = { ...phase, running: null }
    host.changed()
  }

  function openCompartment(compartment: number): boolean {
    if (devices.emptyCompartments().includes(compartment)) {
      look(compartment, { staffId: staff.staffId })
      return true
    }
    if (!devices.heldCompartments().includes(compartment)) return false
    const person = createSecondPerson(
      {
        access: ports.access,
        roles: ['officer'],
        changed: host.changed,
        confirmed({ staffId: secondStaffId }) {
          // Where nobody stood before the door it may have changed hands meanwhile.
          phase = { name: 'doors' }
          if (!devices.heldCompartments().includes(compartment)) return
          look(compartment, { staffId: staff.staffId, secondStaffId })
        },
      },
      { badge, staff },
    )
    phase = { name: 'second', compartment, person }
    return true
  }

  function look(compartment: number, by: Lookers): void {
    if (!ports.access.mayOpen(staff.staffId)) {
      problem = 'tooManyOpenings'
      return
    }
    const look = lookInto(ports, compartment, by, {
      changed: host.changed,
      done(looked) {
        const outcome = looked === 'empty' || looked === 'asRecorded' ? 'good' : 'bad'
        const detail = `${compartment}: ${looked}`
        devices.record('locker', 'openCompartment', { outcome, detail }, staff.staffId)
        phase = { name: 'doors' }
        host.changed()
      },
    })
    phase = { name: 'door', compartment, look }
  }

  async function writeBundle(): Promise<void> {
    phase = { name: 'bundle', state: 'writing', file: null, bytes: 0 }
    try {
      phase = { name: 'bundle', state: 'safeToRemove', ...(await devices.writeBundle()) }
    } catch {
      phase = { name: 'bundle', state: 'failed', file: null, bytes: 0 }
    }
    if (!stopped) host.changed()
  }

  function intend(intent: Intent): boolean {
    if (intent.path === 'session.setLanguage') return false
    problem = null
    if (!isDoorClosed()) return false
    if (intent.path === 'session.leave' || !ports.access.knowsBadge(badge)) {
      host.end()
      return true
    }
    switch (intent.path) {
      case 'session.back':
        return back()
      case 'technician.inspect':
        if (devices.exchanges(intent.input.device) === undefined) return false
        phase = { name: 'device', id: intent.input.device, running: null }
        return true
      case 'technician.runTest':
        if (phase.name !== 'device' || phase.running !== null) return false
        return startTest(phase.id, intent.input.test)
      case 'technician.openCompartment':
        return openCompartment(intent.input.compartment)
      case 'input.set':
      case 'input.submit':
        return phase.name === 'second' && phase.person.intend(intent)
      case 'technician.writeBundle':
        void writeBundle()
        return true
      default:
        return false
    }
  }

  function back(): boolean {
    if (!mayGoBack()) return false
    if (phase.name === 'doors') phase = { name: 'device', id: 'locker', running: null }
    else if (phase.name === 'second') {
      phase.person.stop()
      phase = { name: 'doors' }
    } else if (phase.name === 'code') phase = { name: 'device', id: 'reader', running: null }
    else phase = { name: 'list' }
    return true
  }

  function mayGoBack(): boolean {
    if (phase.name === 'bundle') return phase.state !== 'writing'
    if (phase.name === 'device') return phase.running === null
    return phase.name !== 'list' && phase.name !== 'door'
  }

  function read(code: ScannedCode): void {
    problem = null
    if (phase.name === 'second') phase.person.read(code)
    if (phase.name !== 'code') return
    // That it was read, and as what; never what it says.
    devices.record('reader', 'readCode', { outcome: 'good', detail: code.kind }, staff.staffId)
    phase = { name: 'device', id: 'reader', running: null }
  }

  function screen(): Screen {
    switch (phase.name) {
      case 'list': {
        const { fit, findings, devices: reports } = devices.diagnose()
        return { name: 'devices', fit, findings, devices: reports, problem }
      }
      case 'device': {
        const { id, running } = phase
        const device = devices.diagnose().devices.find((report) => report.id === id)
        if (!device) throw new Error(`no device ${id}`)
        const exchanges = (devices.exchanges(id) ?? []).slice(-shownExchanges)
        const tests = [...devices.testsOf(id)]
        return { name: 'device', device, exchanges: [...exchanges], tests, running, problem }
      }
      case 'doors':
        return {
          name: 'testDoors',
          empty: [...devices.emptyCompartments()],
          held: [...devices.heldCompartments()],
          problem,
        }
      case 'second': {
        const { compartment, person } = phase
        const asked = { compartment, problem: person.problem }
        if (person.step === 'badge') return { name: 'testDoorSecond', ...asked }
        return { name: 'testDoorSecondPin', ...asked, input: inputOf('pin', person.typed) }
      }
      case 'door': {
        const { step } = phase.look.actor.getSnapshot().context
        return {
          name: 'lookDoor',
          door: { compartment: phase.compartment, step },
          held: phase.look.held,
          inRound: false,
        }
      }
      case 'code':
        return { name: 'testCode' }
      case 'bundle': {
        const { state, file, bytes } = phase
        return { name: 'supportBundle', state, file, bytes }
      }
    }
  }

  return {
    role: staff.role,
    screen,
    can: () => ({ back: mayGoBack(), leave: isDoorClosed() }),
    intend,
    read,
    expire() {
      if (isDoorClosed()) host.end()
    },
    stop() {
      stopped = true
      cancelLook()
      if (phase.name === 'door') phase.look.stop()
      if (phase.name === 'second') phase.person.stop()
    },
  }
}
