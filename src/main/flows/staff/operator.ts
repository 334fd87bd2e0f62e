import type { Intent } from '../../../contract/intent.ts'
import type { Screen, ScreenProblem } from '../../../contract/screen.ts'
import {
  notKeptAnswer,
  parkReasons,
  type QueueAction,
  type QueueFilter,
  type QueueReason,
  type QueueRow,
  releaseReasons,
} from '../../../contract/screens/operator.ts'
import type { Activity, ActivityHost } from '../activity.ts'
import type { FlowClock } from '../clock.ts'
import type { ScannedCode } from '../reading.ts'
import { cleanTyped, inputOf } from '../typed-field.ts'
import type { QueuePort } from './queue-port.ts'
import { createSecondPerson, type SecondPerson } from './second-person.ts'
import type { SignedIn, StaffAccess } from './staff-port.ts'

export interface OperatorPorts {
  readonly clock: FlowClock
  readonly access: StaffAccess
  readonly queue: QueuePort
}

type Phase =
  | { readonly name: 'list' }
  | { readonly name: 'message'; readonly key: string }
  | { readonly name: 'reason'; readonly key: string; readonly action: 'park' | 'release' }
  | { readonly name: 'code'; readonly key: string; readonly typed: string }
  | {
      readonly name: 'second'
      readonly key: string
      readonly officialCode: string
      readonly person: SecondPerson
    }

const rowsPerPage = 12
/** The queue moves by itself: the screen looks again so often. */
const lookAgainMs = 1_000
const shortestCode = 4

/** An operator at the sync queue: looks, and settles what does not go by itself. */
export function createOperator(
  { clock, access, queue }: OperatorPorts,
  host: ActivityHost,
  { badge, staff }: SignedIn,
): Activity {
  let phase: Phase = { name: 'list' }
  let filter: QueueFilter = 'open'
  let page = 1
  let exported: { file: string; rows: number } | null = null
  let problem: ScreenProblem | null = null
  let stopped = false
  let cancelLook = clock.setTimer(lookAgainMs, lookAgain)

  function lookAgain(): void {
    cancelLook = clock.setTimer(lookAgainMs, lookAgain)
    if (phase.name === 'list' || phase.name === 'message') host.changed()
  }

  const pages = () => Math.max(1, Math.ceil(queue.store.count(filter) / rowsPerPage))

  /** Acted on meanwhile by the worker: say so and show what is. */
  function done(taken: boolean, key: string): true {
    if (taken) queue.wake(false)
    else problem = 'queueMoved'
    phase = { name: 'message', key }
    return true
  }

  async function exportNow(): Promise<void> {
    try {
      exported = await queue.exportCsv()
    } catch {
      problem = 'exportFailed'
    }
    if (!stopped) host.changed()
  }

  function askSecond(key: string, officialCode: string): void {
    const person = createSecondPerson(
      {
        access,
        roles: ['officer', 'operator'],
        changed: host.changed,
        confirmed({ staffId: secondStaffId }) {
          const by = { officialCode, staffId: staff.staffId, secondStaffId }
          done(queue.store.deliverByHand(key, by), key)
        },
      },
      { badge, staff },
    )
    phase = { name: 'second', key, officialCode, person }
  }

  function intendList(intent: Intent): boolean {
    exported = null
    switch (intent.path) {
      case 'operator.filter':
        filter = intent.input.filter
        page = 1
        return true
      case 'operator.turnPage': {
        const next = page + (intent.input.to === 'later' ? 1 : -1)
        if (next < 1 || next > pages()) return false
        page = next
        return true
      }
      case 'operator.inspect':
        if (!queue.store.message(intent.input.key)) return false
        phase = { name: 'message', key: intent.input.key }
        return true
      case 'operator.retryAll':
        queue.store.retryNow(undefined, staff.staffId)
        queue.wake(true)
        return true
      case 'operator.exportCsv':
        void exportNow()
        return true
      default:
        return false
    }
  }

  function intendMessage(key: string, intent: Intent): boolean {
    const row = queue.store.message(key)?.row
    const mayNot = (action: QueueAction) => row === undefined || !actionsOn(row).includes(action)
    switch (intent.path) {
      case 'session.back':
        phase = { name: 'list' }
        return true
      case 'operator.retry':
        if (mayNot('retry')) return false
        queue.store.retryNow(key, staff.staffId)
        // "Send now" waits neither for the pause of a province that was away nor behind a stop.
        queue.wake(true)
        return true
      case 'operator.park':
        if (mayNot('park')) return false
        phase = { name: 'reason', key, action: 'park' }
        return true
      case 'operator.release':
        if (mayNot('release')) return false
        phase = { name: 'reason', key, action: 'release' }
        return true
      case 'operator.handOver':
        if (mayNot('handOver')) return false
        phase = { name: 'code', key, typed: '' }
        return true
      default:
        return false
    }
  }

  function giveReason(key: string, action: 'park' | 'release', reason: QueueReason): boolean {
    if (!reasonsFor(action).includes(reason)) return false
    const taken =
      action === 'park'
        ? queue.store.parkByHand(key, reason, staff.staffId)
        : queue.store.releaseParked(key, reason, staff.staffId)
    return done(taken, key)
  }

  function intendTyped(intent: Intent): boolean {
    if (phase.name === 'code') {
      if (intent.path === 'input.set') {
        phase = { ...phase, typed: cleanTyped('officialCode', intent.input.value) }
        return true
      }
      if (intent.path !== 'input.submit' || phase.typed.length < shortestCode) return false
      askSecond(phase.key, phase.typed)
      return true
    }
    return phase.name === 'second' && phase.person.intend(intent)
  }

  function intend(intent: Intent): boolean {
    if (intent.path === 'session.setLanguage') return false
    problem = null
    if (intent.path === 'session.leave' || !access.knowsBadge(badge)) {
      host.end()
      return true
    }
    switch (phase.name) {
      case 'list':
        return intendList(intent)
      case 'message':
        return intendMessage(phase.key, intent)
      case 'reason':
        if (intent.path === 'operator.giveReason') {
          return giveReason(phase.key, phase.action, intent.input.reason)
        }
        break
      case 'code':
      case 'second':
        if (intent.path !== 'session.back') return intendTyped(intent)
        break
    }
    if (intent.path !== 'session.back') return false
    if (phase.name === 'second') phase.person.stop()
    phase = { name: 'message', key: phase.key }
    return true
  }

  function read(code: ScannedCode): void {
    problem = null
    if (phase.name === 'second') phase.person.read(code)
    else problem = 'readNotWanted'
  }

  function screen(): Screen {
    const { store } = queue
    if (phase.name === 'list') {
      page = Math.min(page, pages())
      return {
        name: 'queue',
        counts: { ...store.counts() },
        oldestOpenAt: store.oldestOpenAt(),
        ...queue.status(),
        filter,
        page,
        pages: pages(),
        rows: [...store.rows(filter, (page - 1) * rowsPerPage, rowsPerPage)],
        exported,
        problem,
      }
    }
    const message = store.message(phase.key)
    if (!message) throw new Error('a message left the outbox')
    const { sequence, lane } = message.row
    switch (phase.name) {
      case 'message':
        return {
          name: 'queueMessage',
          ...message,
          facts: [...message.facts],
          actions: [...actionsOn(message.row)],
          problem,
        }
      case 'reason':
        return {
          name: 'queueReason',
          action: phase.action,
          sequence,
          reasons: [...reasonsFor(phase.action)],
        }
      case 'code':
        return {
          name: 'queueHandOver',
          sequence,
          lane,
          input: inputOf('officialCode', phase.typed),
          problem,
        }
      case 'second': {
        const { officialCode, person } = phase
        const asked = { sequence, officialCode, problem: person.problem }
        if (person.step === 'badge') return { name: 'queueSecond', ...asked }
        return { name: 'queueSecondPin', ...asked, input: inputOf('pin', person.typed) }
      }
    }
  }

  return {
    role: staff.role,
    screen,
    can: () => ({ back: phase.name !== 'list', leave: true }),
    intend,
    read,
    expire: () => host.end(),
    stop() {
      stopped = true
      cancelLook()
      if (phase.name === 'second') phase.person.stop()
    },
  }
}

/** What a person may do with a message; one on its way is the worker's. */
function actionsOn({ state, answer }: QueueRow): readonly QueueAction[] {
  switch (state) {
    case 'pending':
      return ['retry', 'park', 'handOver']
    case 'parked':
      return answer === notKeptAnswer ? ['handOver'] : ['release', 'handOver']
    case 'sending':
    case 'acknowledged':
    case 'deliveredByHand':
      return []
  }
}

function reasonsFor(action: 'park' | 'release'): readonly QueueReason[] {
  return action === 'park' ? parkReasons : releaseReasons
}
